"""What each model of keras.applications costs: `python -m tests.benchmarks._applications [NAME…]`, an hour for all 40.

Weights are random, since size and time do not depend on them and nothing has to be downloaded.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import keras  # type: ignore[import-untyped]  # ships no types
import numpy as np

from caption import conversion
from caption.classifier import Classifier
from caption.source import Source

RUNS = 5


def measure(name: str, folder: Path) -> Sequence[str]:
    """Compile an application in int8; return side, features, megabytes, and milliseconds a picture on one thread."""
    conversion.load = lambda source: getattr(keras.applications, source.application)(weights=None)
    converted = conversion.convert(Source(name), "dynamic", folder / "model.tflite")
    side = converted.input_size
    (folder / "manifest.json").write_text(json.dumps({"name": name, "input_size": side}))
    model, random = Classifier(folder), np.random.default_rng(1)
    pictures = [random.integers(0, 256, (side, side, 3), np.uint8) for _ in range(RUNS)]
    fastest = min(model.classify(each).inference_time_ms for each in pictures)
    size = (folder / "model.tflite").stat().st_size / 1e6
    return str(side), str(converted.feature_size), f"{size:.0f}", f"{fastest:.0f}"


def main() -> None:
    """Print a row of docs/models.md for each name."""
    for name in sys.argv[1:] or conversion.applications():
        began = time.monotonic()
        with TemporaryDirectory() as folder:
            cells = measure(name, Path(folder))
        sys.stdout.write(f"| {' | '.join([name, *cells, f'{time.monotonic() - began:.0f}'])} |\n")
        sys.stdout.flush()
        keras.backend.clear_session()


if __name__ == "__main__":
    main()
