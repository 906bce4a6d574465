"""Our classifier against plain Keras on the same weights: the time to the first labels, and the time per picture.

Each runs in a process of its own with one thread and does the same work: a file's bytes to its five best labels.
`python -m tests.benchmarks.classifier` prints the table.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.photographs import MODEL, Photograph, free, labelled

from caption.source import default_source

PICTURES = 25
STARTS = 3
SINGLE = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}


class Timing(NamedTuple):
    """Seconds from the start of the process to its first labels, and milliseconds for each picture after."""

    first_s: float
    warm_ms: float


def ours(paths: Sequence[str]) -> None:
    """Classify as the captioner does: reduced decoding, resizing and cropping in one step, LiteRT."""
    import numpy as np  # noqa: PLC0415 (loading is part of what is measured)

    from caption.classifier import MODEL_FOLDER, Classifier  # noqa: PLC0415
    from caption.decoding import decode, open_picture  # noqa: PLC0415
    from caption.renditions import LARGE, tensor  # noqa: PLC0415

    model = Classifier(MODEL_FOLDER)

    def label(path: str) -> list[str]:
        image = decode(open_picture(Path(path).read_bytes()), LARGE).image
        side = model.input_size
        pixels = np.frombuffer(tensor(image, side), np.uint8).reshape(side, side, 3)
        return [each.name for each, _ in model.classify(pixels).best[:5]]

    _report(label, paths)


def keras(paths: Sequence[str]) -> None:
    """Classify as Keras's documentation shows it."""
    import keras  # type: ignore[import-untyped]  # noqa: PLC0415 (ships no types)
    import numpy as np  # noqa: PLC0415

    from caption.conversion import load  # noqa: PLC0415
    from caption.source import parse_source  # noqa: PLC0415
    from gallery.classes import image_classes  # noqa: PLC0415

    model = load(parse_source(default_source()))
    prepare = keras.applications.resnet50.preprocess_input

    def label(path: str) -> list[str]:
        picture = keras.utils.img_to_array(keras.utils.load_img(path, target_size=model.input_shape[1:3]))
        probabilities = model.predict(prepare(picture[None]), verbose=0)[0]
        return [image_classes()[index].name for index in np.argsort(probabilities)[:-6:-1]]

    _report(label, paths)


def _report(label: Callable[[str], list[str]], paths: Sequence[str]) -> None:
    label(paths[0])
    first = time.time()
    took = []
    for path in paths:
        started = time.perf_counter()
        label(path)
        took.append(time.perf_counter() - started)
    sys.stdout.write(f"{first} {median(took) * 1000}\n")


def measure(contender: str, pictures: Sequence[Photograph]) -> Timing:
    """Run a contender in processes of its own and return the medians."""
    paths = [str(each.path) for each in pictures]
    runs = [_run(contender, paths) for _ in range(STARTS)]
    return Timing(median(each.first_s for each in runs), median(each.warm_ms for each in runs))


def _run(contender: str, paths: Sequence[str]) -> Timing:
    command = [sys.executable, "-m", __spec__.name if __spec__ else __name__, contender, *paths]
    environment = os.environ | SINGLE | QUIET | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with tempfile.TemporaryFile() as log:
        started = time.time()
        output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=log, check=True).stdout
    first, warm = output.decode().splitlines()[-1].split()
    return Timing(float(first) - started, float(warm))


def main() -> None:
    """Print the comparison; says so where there is no model."""
    if not MODEL.exists():
        sys.stdout.write("classifier: no model has been compiled; run `make model` first\n")
        return
    pictures = (labelled() if os.environ.get("GALLERY_SHARED") else free())[:PICTURES]
    litert, plain = measure("ours", pictures), measure("keras", pictures)
    rows = [
        ("one thread, same weights", "process start to first labels", "warm, per picture"),
        ("Keras, model.predict", f"{plain.first_s:.2f} s", f"{plain.warm_ms:.1f} ms"),
        ("ours, LiteRT", f"{litert.first_s:.2f} s", f"{litert.warm_ms:.1f} ms"),
        ("times faster", f"{plain.first_s / litert.first_s:.1f}", f"{plain.warm_ms / litert.warm_ms:.1f}"),
    ]
    for row in rows:
        sys.stdout.write("{:28}{:>32}{:>20}\n".format(*row))


if __name__ == "__main__":
    contenders = {"ours": ours, "keras": keras}
    contenders[sys.argv[1]](sys.argv[2:]) if sys.argv[1:] else main()
