"""The sentence encoder in int8, as the search function runs it, against the published precision.

Time from a process's start to its first embedding, time per query after, size on disk, and how much the embeddings of
what the concepts mean agree. `python -m tests.benchmarks.encoder` prints the table.
"""

import json
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tests.benchmarks._gallery import output_of
from tests.local_cloud import ROOT

from compiler.product import MODEL
from search.compile import CLASSES, SOURCE
from search.encoder import MODEL_FOLDER

EXACT = ROOT / "build" / "bench-encoder"
QUERIES = Path(__file__).with_name("queries.json")
STARTS = 4
"""The first of them compiles bytecode."""


class Timing(NamedTuple):
    """Seconds from the start of the process to its first embedding, and milliseconds for each query after."""

    first_s: float
    warm_ms: float


def measure(folder: Path) -> Timing:
    """Run an encoder in processes of its own and return the fastest of its times."""
    runs = [_run(folder) for _ in range(STARTS)]
    return Timing(min(each.first_s for each in runs), min(each.warm_ms for each in runs))


def _run(folder: Path) -> Timing:
    queries = [each["query"] for each in json.loads(QUERIES.read_text())]
    started = time.time()
    first, warm = map(float, output_of("tests.benchmarks._encoder", str(folder), *queries))
    return Timing(first - started, warm)


def agreement() -> tuple[float, float]:
    """Return the mean and the smallest cosine between both precisions' embeddings of the same concept."""
    ours, exact = _embeddings(MODEL_FOLDER), _embeddings(EXACT)
    cosines = (ours * exact).sum(axis=1)
    return float(cosines.mean()), float(cosines.min())


def _embeddings(folder: Path) -> npt.NDArray[np.float32]:
    rows = np.load(folder / CLASSES).astype(np.float32)
    unit: npt.NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def main() -> None:
    """Print the comparison; says so where there is no encoder."""
    if not (MODEL_FOLDER / "manifest.json").exists() or not SOURCE.exists():
        sys.stdout.write("encoder: no sentence encoder has been compiled; run `make model` first\n")
        return
    output_of("search.compile", "--precision", "fp32", "--output", str(EXACT))
    sys.stdout.write(f"{'one thread':14}{'process start to first':>24}{'warm, per query':>17}{'on disk':>10}\n")
    for name, folder in (("fp32", EXACT), ("int8 (ours)", MODEL_FOLDER)):
        found, size = measure(folder), (folder / MODEL).stat().st_size
        sys.stdout.write(f"{name:14}{found.first_s:>22.2f} s{found.warm_ms:>14.1f} ms{size / 1e6:>7.1f} MB\n")
    mean, least = agreement()
    sys.stdout.write(
        f"cosine of both precisions' embeddings of a concept: {mean:.4f} in the mean, {least:.4f} at least\n"
    )


if __name__ == "__main__":
    main()
