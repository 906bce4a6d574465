"""What benchmarks of the captioner share: a local cloud, photographs of any size, and processes of their own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from itertools import cycle, product
from pathlib import Path

from PIL import Image, ImageOps
from tests.local_cloud import ROOT, LocalCloud, eventually, running
from tests.photographs import free, labelled

SINGLE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1"}
QUIET = {"TF_NUM_INTEROP_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
TILE = (500, 375)
BYTECODE = ROOT / "build" / "bytecode"
"""Compiled once and kept, as in the container image; or every start would compile all packages anew."""


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a measured process: one thread, and bytecode that is kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    places = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONPYCACHEPREFIX": str(BYTECODE)}
    return kept | SINGLE | QUIET | places | more


def output_of(module: str, *arguments: str, **more: str) -> list[str]:
    """Run a module in a process of its own and return the last line it prints, in words."""
    command = [sys.executable, "-m", module, *arguments]
    with tempfile.TemporaryFile() as log:
        done = subprocess.run(command, env=environment(**more), stdout=subprocess.PIPE, stderr=log, check=False)
        log.seek(0)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed: {log.read().decode()[-2000:]}")
    lines = done.stdout.decode().splitlines()
    return lines[-1].split() if lines else []


@contextmanager
def cloud() -> Iterator[LocalCloud]:
    """A local cloud in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as started:
        yield started


def let_arrivals_wait(cloud: LocalCloud) -> None:
    """Keep the cloud's own captioner from the queue, so that it neither takes pictures nor processor time."""
    _switch(cloud, on=False)


def let_arrivals_in(cloud: LocalCloud) -> None:
    """Let the cloud's own captioner have what is in the queue, and what will be."""
    _switch(cloud, on=True)


def _switch(cloud: LocalCloud, *, on: bool) -> None:
    functions = cloud.client("lambda")
    listed = functions.list_event_source_mappings(FunctionName=cloud.outputs["CaptionFunctionName"])
    for mapping in listed["EventSourceMappings"]:
        functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=on)


def as_the_captioner(cloud: LocalCloud) -> dict[str, str]:
    """Return the environment that the cloud gives its captioner, with the cloud's address and a key."""
    return as_a_function(cloud, "CaptionFunctionName")


def as_a_function(cloud: LocalCloud, output: str) -> dict[str, str]:
    """Return the same for the function that one of the stack's outputs names; it is called without the distribution."""
    function = cloud.client("lambda").get_function_configuration(FunctionName=cloud.outputs[output])
    return {
        **function["Environment"]["Variables"],
        "ORIGIN_SECRETS": "",
        "AWS_ENDPOINT_URL": cloud.endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": cloud.key["id"],
        "AWS_SECRET_ACCESS_KEY": cloud.key["secret"],
    }


@cache
def _sheet(megapixels: float) -> Image.Image:
    """Return real photographs side by side: enlarging one would leave it too smooth, and too quick to decode."""
    sources = labelled() if os.environ.get("GALLERY_SHARED") else free()
    tiles = [ImageOps.fit(Image.open(each.path).convert("RGB"), TILE) for each in sources]
    unit = (megapixels * 1e6 / 12) ** 0.5
    sheet = Image.new("RGB", (round(4 * unit), round(3 * unit)))
    corners = product(range(0, sheet.height, TILE[1]), range(0, sheet.width, TILE[0]))
    for (top, left), tile in zip(corners, cycle(tiles), strict=False):
        sheet.paste(tile, (left, top))
    return sheet


def photograph(megapixels: float, turn: int = 0) -> bytes:
    """Return a JPEG of so many megapixels, with as much detail as cameras give; no two turns give the same bytes."""
    file = BytesIO()
    _sheet(megapixels).save(file, "JPEG", quality=85, comment=json.dumps({"turn": turn}))
    return file.getvalue()


__all__ = [
    "as_a_function",
    "as_the_captioner",
    "cloud",
    "environment",
    "eventually",
    "let_arrivals_in",
    "let_arrivals_wait",
    "output_of",
    "photograph",
]
