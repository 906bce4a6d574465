"""A captioner in a process of its own, of whichever build is on its path: `python tests/benchmarks/_side.py`.

For each id on a line of its input it issues a ticket, captions its original, and answers on a line the
milliseconds of processor time that both of its processes and that its decoding child alone used, and the most megabytes
they held.
"""

import sys
import time
from pathlib import Path
from typing import Any

import psutil

from caption import handler  # noqa: F401 - warms its clients, the model and a decoding child
from caption.pipeline import caption

try:
    from gallery.pictures import catalogue, storage
    from gallery.pictures.model import Picture
except ImportError:  # the build of before has other modules
    from gallery import catalogue, storage  # type: ignore[attr-defined,no-redef]
    from gallery.pictures import Picture  # type: ignore[attr-defined,no-redef]


def _high_water(pid: int) -> int:
    (line,) = (each for each in Path(f"/proc/{pid}/status").read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1])


def _processor_ms(child: Any) -> tuple[float, float]:  # noqa: ANN401 - a psutil.Process, if there are types
    """Return what this process and its child have used; the child has one thread."""
    nanoseconds = int(Path(f"/proc/{child.pid}/schedstat").read_text().split()[0])
    return time.process_time() * 1000, nanoseconds / 1e6


def main() -> None:
    """Caption until the input ends."""
    (child,) = psutil.Process().children()
    for image_id in map(str.strip, sys.stdin):
        ticket = Picture(
            id=image_id, visibility="public", created_at="2026-01-01T00:00:00.000Z", filename="a photo.jpg"
        )
        storage.write_record(ticket)
        catalogue.issue([ticket])
        before = _processor_ms(child)
        picture = caption(image_id)
        assert picture is not None
        assert picture.status == "captioned", picture
        parent, decoding = (now - then for now, then in zip(_processor_ms(child), before, strict=True))
        peak = (_high_water(psutil.Process().pid) + _high_water(child.pid)) / 1000
        sys.stdout.write(f"\n=> {parent + decoding} {decoding} {peak}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
