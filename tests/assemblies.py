"""Synthesized templates that outlive a run of the tests: each is made once, and anew where a source has changed."""

import fcntl
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from infra.local.assembly import made_of, stamp, synthesize
from infra.local.settings import STACK, LocalSettings
from infra.settings import ROOT

KEPT = ROOT / "build/assemblies"
DAY = 86_400
"""Seconds after which an assembly that no run of the tests has asked for is removed."""

_ANY = LocalSettings(port=8080, cloud_port=4566, data=KEPT)
"""The local cloud whose template the others take over; no process listens there."""


def kept(name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of a name, which `make` fills where no process has yet, in this run or one before.

    The first of the processes that run the tests at once makes it, and the others wait for its lock.
    """
    folder = KEPT / name
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _remove_old()
            with tempfile.TemporaryDirectory(dir=KEPT) as unfinished:
                made = Path(unfinished) / "assembly"
                make(made)
                made.rename(folder)
        folder.touch()
    return folder


def _remove_old() -> None:
    for each in KEPT.iterdir():
        if each.is_dir() and each.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(each)


def lend(settings: LocalSettings) -> None:
    """Put the assembly into a local cloud's new folder that it would make itself: the same but for its addresses.

    A cloud with a language model makes its own.
    """
    if settings.llm_endpoint or settings.assembly.exists():
        return
    made = kept(f"local-{made_of(_ANY)[:32]}", lambda folder: synthesize(replace(_ANY, data=folder.parent)))
    settings.assembly.mkdir(parents=True)
    for each in made.iterdir():
        if each.is_dir():
            (settings.assembly / each.name).symlink_to(each)
        else:
            shutil.copy2(each, settings.assembly)
    template = settings.assembly / f"{STACK}.template.json"
    template.write_text(readdressed(template.read_text(), settings))
    stamp(settings).write_text(made_of(settings))


def readdressed(template: str, settings: LocalSettings) -> str:
    """Return the template for another cloud's addresses."""
    for known, own in ((_ANY.site_url, settings.site_url), (_ANY.browser_endpoint, settings.browser_endpoint)):
        template = template.replace(known, own)
    json.loads(template)
    return template
