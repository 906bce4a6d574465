"""ResNet50 (or whichever model was compiled) at run time: loaded once per process, on LiteRT."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-untyped]  # ships no types

from gallery.pictures.model import Label
from gallery.vocabulary.classes import ImageClass, image_classes
from gallery.vocabulary.sensitive import may_be_named

MODEL_FOLDER = Path(__file__).with_name("model")
MORE_MODELS_FOLDER = Path(__file__).with_name("models")
"""Holds a folder for each further model, for captioning pictures again; see gallery.captioning.recaptions."""
BEST = 10

Tensor = npt.NDArray[np.uint8]
"""A picture for the model: RGB, (side, side, 3)."""
Values = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Classification:
    """What the model says of a picture.

    `probabilities` has one value for each of the 1000 classes, `features` the pooled values they are made of (2048 in
    ResNet50), `best` the ten likeliest classes, likeliest first.
    """

    probabilities: Values
    features: Values
    best: Sequence[tuple[ImageClass, float]]
    inference_time_ms: float


class Classifier:
    """A compiled model; safe to share between threads, which then take turns."""

    def __init__(self, folder: Path) -> None:
        """Load the model a folder holds, to run on one thread: pictures of a batch share the processors as it is."""
        manifest = json.loads((folder / "manifest.json").read_text())
        self.name: str = manifest["name"]
        self.input_size: int = manifest["input_size"]
        self._turn = Lock()
        interpreter = Interpreter(str(folder / "model.tflite"), num_threads=1)
        interpreter.allocate_tensors()  # packs the weights, which otherwise the first picture waits for
        self._run = interpreter.get_signature_runner()

    def classify(self, tensor: Tensor) -> Classification:
        """Return what the model sees in a uint8 RGB picture of (input_size, input_size, 3)."""
        with self._turn:
            started = time.perf_counter()
            answer = self._run(picture=tensor[np.newaxis])
            took_ms = (time.perf_counter() - started) * 1000
        probabilities: Values = answer["probabilities"][0]
        best = np.argsort(probabilities)[: -BEST - 1 : -1]
        classes = image_classes()
        ranking = [(classes[index], float(probabilities[index])) for index in best]
        return Classification(probabilities, answer["features"][0], ranking, took_ms)


def labels_of(classification: Classification) -> Sequence[Label]:
    """Return the best classes as a picture's labels."""
    return tuple(
        Label(image_class.name, image_class.wnid, round(probability, 6))
        for image_class, probability in classification.best
    )


def named(classification: Classification, most: int) -> Sequence[Label]:
    """Return so many of the likeliest classes, likeliest first, without those that must not be guessed."""
    labels: list[Label] = []
    for index in np.argsort(classification.probabilities)[::-1]:
        image_class, probability = image_classes()[index], float(classification.probabilities[index])
        if may_be_named(image_class.wnid, probability):
            labels.append(Label(image_class.name, image_class.wnid, round(probability, 6)))
        if len(labels) == most:
            break
    return labels


def as_int8(features: Values) -> bytes:
    """Return features as int8, the largest magnitude as 127; their cosines stay what they were to two digits."""
    largest = float(np.abs(features).max()) or 1.0
    return np.round(features * (127 / largest)).astype(np.int8).tobytes()


@cache
def classifier() -> Classifier | None:
    """Return this process's classifier, loading it at the first call; None where no model has been compiled."""
    if not (MODEL_FOLDER / "manifest.json").exists():
        return None
    return Classifier(MODEL_FOLDER)


@lru_cache(maxsize=1)
def classifier_named(name: str) -> Classifier | None:
    """Return the model of a name, this process's own or a further one; None where none of that name was compiled."""
    own = classifier()
    if own is not None and own.name == name:
        return own
    folders = (manifest.parent for manifest in MORE_MODELS_FOLDER.glob("*/manifest.json"))
    folder = next((folder for folder in folders if folder.name == name), None)
    return Classifier(folder) if folder else None
