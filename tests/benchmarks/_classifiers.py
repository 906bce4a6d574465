"""What `classifier` compares, each as a process: `python -m tests.benchmarks._classifiers ours|keras FILE…`.

It loads nothing but what is measured. The last line of its output is the time of the first labels, in seconds since the
epoch, and the median of the milliseconds for each picture after.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def ours(paths: Sequence[str]) -> None:
    """Classify as the captioner does: reduced decoding, resizing and cropping in one step, LiteRT."""
    import numpy as np  # noqa: PLC0415 (loading is part of what is measured)

    from caption.classifier import MODEL_FOLDER, Classifier  # noqa: PLC0415
    from caption.decoding import decode  # noqa: PLC0415
    from caption.opening import open_picture  # noqa: PLC0415
    from caption.renditions import tensor  # noqa: PLC0415

    model = Classifier(MODEL_FOLDER)

    def label(path: str) -> list[str]:
        image = decode(open_picture(Path(path).read_bytes())).image
        side = model.input_size
        pixels = np.frombuffer(tensor(image, side), np.uint8).reshape(side, side, 3)
        return [each.name for each, _ in model.classify(pixels).best[:5]]

    _report(label, paths)


def keras(paths: Sequence[str]) -> None:
    """Classify as Keras's documentation shows it."""
    import keras  # type: ignore[import-untyped]  # noqa: PLC0415 (ships no types)
    import numpy as np  # noqa: PLC0415

    from caption.conversion import load  # noqa: PLC0415
    from caption.source import default_source, parse_source  # noqa: PLC0415
    from gallery.vocabulary.classes import image_classes  # noqa: PLC0415

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
    sys.stdout.write(f"\n{first} {sorted(took)[len(took) // 2] * 1000}\n")


if __name__ == "__main__":
    {"ours": ours, "keras": keras}[sys.argv[1]](sys.argv[2:])
