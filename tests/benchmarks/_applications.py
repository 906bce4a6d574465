"""What each model of keras.applications costs: `python -m tests.benchmarks._applications [NAME…]`, an hour for all 40.

Weights are random, since size and time do not depend on them and nothing has to be downloaded. Time is processor time
on one thread, as a multiple of ResNet50's, which takes turns with each model: so it hardly depends on the machine, nor
on what else that does meanwhile.
"""

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import keras  # type: ignore[import-untyped]  # ships no types
import numpy as np

from caption import conversion
from caption.classifier import Classifier
from caption.source import DEFAULT_APPLICATION, Source

TURNS = 20


def compiled(name: str, folder: Path) -> Sequence[str]:
    """Compile an application in int8 into a folder; return side, features, millions of weights, and megabytes."""
    folder.mkdir()
    model = getattr(keras.applications, name)(weights=None)
    conversion.load = lambda source: model  # noqa: ARG005 (as the original is called)
    converted = conversion.convert(Source(name), "dynamic", folder / "model.tflite")
    (folder / "manifest.json").write_text(json.dumps({"name": name, "input_size": converted.input_size}))
    weights, size = model.count_params() / 1e6, (folder / "model.tflite").stat().st_size / 1e6
    return str(converted.input_size), str(converted.feature_size), f"{weights:.1f}", f"{size:.0f}"


def multiple_of(reference: Path, folder: Path) -> str:
    """Return how many times as long as the reference a model takes, each at the fastest of its turns."""
    models = [Classifier(each) for each in (folder, reference)]
    turns = [[_seconds(model) for model in models] for _ in range(TURNS)]
    fastest, references = (min(each) for each in zip(*turns, strict=True))
    return f"{fastest / references:.2f}"


def _seconds(model: Classifier) -> float:
    """Return the processor time that a model takes for a picture of noise."""
    picture = np.random.default_rng(1).integers(0, 256, (model.input_size, model.input_size, 3), np.uint8)
    began = time.process_time()
    model.classify(picture)
    return time.process_time() - began


def main() -> None:
    """Print a row of docs/models.md for each name, each measured in a process of its own, since some take gigabytes."""
    with (
        TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as another_process,
    ):
        reference = Path(folder, "reference")
        another_process.submit(compiled, DEFAULT_APPLICATION, reference).result()
        for name in sys.argv[1:] or conversion.applications():
            model = Path(folder, name)
            cells = another_process.submit(compiled, name, model).result()
            time_taken = another_process.submit(multiple_of, reference, model).result()
            sys.stdout.write(f"| {' | '.join([name, *cells, time_taken])} |\n")
            sys.stdout.flush()
            (model / "model.tflite").unlink()


if __name__ == "__main__":
    main()
