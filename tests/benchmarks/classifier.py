"""Our classifier against plain Keras on the same weights: the time to the first labels, and the time per picture.

Each runs in a process of its own with one thread and does the same work: a file's bytes to its five best labels.
`python -m tests.benchmarks.classifier` prints the table.
"""

import os
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from tests.benchmarks._gallery import as_the_captioner, cloud, let_arrivals_wait, output_of
from tests.benchmarks._size import sized
from tests.photographs import MODEL, Photograph, free, labelled

PICTURES = sized(25, 2)
STARTS = sized(4)
"""The first of them compiles bytecode."""


class Timing(NamedTuple):
    """Seconds from the start of the process to its first labels, and milliseconds for each picture after."""

    first_s: float
    warm_ms: float


def measure(contender: str, pictures: Sequence[Photograph]) -> Timing:
    """Run a contender in processes of its own and return the fastest."""
    paths = [str(each.path) for each in pictures]
    runs = [_run("tests.benchmarks._classifiers", contender, *paths) for _ in range(STARTS)]
    return Timing(min(each.first_s for each in runs), min(each.warm_ms for each in runs))


def whole_function(picture: Photograph) -> float:
    """Return the seconds from the start of the function's process to a picture's caption in the table.

    That is everything: clients of AWS, fetching, examining in a child process, renditions, postings, row.
    """
    with cloud() as gallery:
        let_arrivals_wait(gallery)
        ids = [gallery.upload(f"{turn}.jpg", _distinct(picture, turn)) for turn in range(STARTS)]
        caption = [("tests.benchmarks._captioner", "first", each) for each in ids]
        return min(_run(*each, **as_the_captioner(gallery)).first_s for each in caption)


def _distinct(picture: Photograph, turn: int) -> bytes:
    return picture.bytes + bytes([turn])  # what follows a JPEG's end is no part of the picture


def _run(module: str, *arguments: str, **more: str) -> Timing:
    started = time.time()
    first, *warm = output_of(module, *arguments, **more)
    return Timing(float(first) - started, float(warm[0]) if warm else 0)


def main() -> None:
    """Print the comparison; says so where there is no model."""
    if not MODEL.exists():
        sys.stdout.write("classifier: no model has been compiled; run `make model` first\n")
        return
    pictures = (labelled() if os.environ.get("GALLERY_SHARED") else free())[:PICTURES]
    litert, plain = measure("ours", pictures), measure("keras", pictures)
    whole = whole_function(pictures[0])
    rows = [
        ("one thread, same weights", "process start to first result", "warm, per picture"),
        ("Keras, model.predict", f"{plain.first_s:.2f} s", f"{plain.warm_ms:.1f} ms"),
        ("ours, file to labels", f"{litert.first_s:.2f} s", f"{litert.warm_ms:.1f} ms"),
        ("times faster", f"{plain.first_s / litert.first_s:.1f}", f"{plain.warm_ms / litert.warm_ms:.1f}"),
        ("ours, the whole function", f"{whole:.2f} s", ""),
        ("times faster, nonetheless", f"{plain.first_s / whole:.1f}", ""),
    ]
    for row in rows:
        sys.stdout.write("{:28}{:>32}{:>20}\n".format(*row))


if __name__ == "__main__":
    main()
