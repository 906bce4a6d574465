"""The sentence encoder in int8, as the search function runs it, against the published precision; and that function.

Time from a process's start to its first answer, time per query after, size on disk, and how much the embeddings of what
the concepts mean agree. The function answers from a table of 60 pictures. `python -m tests.benchmarks.encoder` prints
the table.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import httpx
import numpy as np
import numpy.typing as npt
from tests.benchmarks._gallery import as_a_function, cloud, eventually, output_of
from tests.benchmarks._size import sized
from tests.local_cloud import ROOT
from tests.photographs import some

from compiler.product import MODEL
from search.compile import CONCEPTS, SOURCE
from search.encoder import MODEL_FOLDER

QUERIES = [each["query"] for each in json.loads(Path(__file__).with_name("queries.json").read_text())]
PICTURES = sized(60)
STARTS = sized(4)
"""The first of them compiles bytecode."""


class Timing(NamedTuple):
    """Seconds from the start of the process to its first answer, and milliseconds for each query after."""

    first_s: float
    warm_ms: float


def measure(contender: str, **more: str) -> Timing:
    """Run a contender in processes of its own and return the fastest of its times."""
    runs = [_run(contender, **more) for _ in range(STARTS)]
    return Timing(min(each.first_s for each in runs), min(each.warm_ms for each in runs))


def _run(contender: str, **more: str) -> Timing:
    started = time.time()
    first, warm = map(float, output_of("tests.benchmarks._encoder", contender, *QUERIES, **more))
    return Timing(first - started, warm)


def whole_function() -> Timing:
    """Measure the search function with all that it reads from a local cloud's table."""
    with cloud() as gallery:
        ids = [gallery.upload(name, body) for name, body in some(PICTURES)]
        with gallery.http() as http:
            assert eventually(lambda: _captioned(http, ids), 120)
        return measure("function", **as_a_function(gallery, "SearchFunctionName"))


def _captioned(http: httpx.Client, ids: Sequence[str]) -> bool:
    found = http.get("/api/images", params={"ids": ",".join(ids)}).raise_for_status().json()["images"]
    return all(each["status"] == "captioned" for each in found)


def agreement(folder: Path) -> tuple[float, float]:
    """Return the mean and the smallest cosine between our and a folder's embeddings of the same concept."""
    cosines = (_embeddings(MODEL_FOLDER) * _embeddings(folder)).sum(axis=1)
    return float(cosines.mean()), float(cosines.min())


def _embeddings(folder: Path) -> npt.NDArray[np.float32]:
    rows = np.load(folder / CONCEPTS).astype(np.float32)
    unit: npt.NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _print_row(name: str, found: Timing, size: str) -> None:
    sys.stdout.write(f"{name:20}{found.first_s:>22.2f} s{found.warm_ms:>14.1f} ms{size:>10}\n")


def main() -> None:
    """Print the comparison; says so where there is no encoder."""
    if not (MODEL_FOLDER / "manifest.json").exists() or not SOURCE.exists():
        sys.stdout.write("encoder: no sentence encoder has been compiled; run `make model` first\n")
        return
    exact = ROOT / "build" / "bench-encoder"
    output_of("search.compile", "--precision", "fp32", "--output", str(exact))
    sys.stdout.write(f"{'one thread':20}{'process start to first':>24}{'warm, per query':>17}{'on disk':>10}\n")
    for name, folder in (("fp32", exact), ("int8 (ours)", MODEL_FOLDER)):
        size = (folder / MODEL).stat().st_size
        _print_row(name, measure("encoder", FOLDER=str(folder)), f"{size / 1e6:.1f} MB")
    _print_row("the whole function", whole_function(), "")
    mean, least = agreement(exact)
    sys.stdout.write(f"cosine of both embeddings of a concept: {mean:.4f} in the mean, {least:.4f} at least\n")


if __name__ == "__main__":
    main()
