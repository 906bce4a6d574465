"""What the captioner makes of the shared test pictures: photographs, rotated ones, HEIF, and files meant to do harm."""

import re
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PIL import Image
from tests.captions import judged
from tests.photographs import SHARED, labelled, needs_model, needs_shared

from caption.classifier import Classification, Classifier, classifier, labels_of
from caption.compile import compile_model
from caption.examine import Examination, Rejected, examine
from caption.sentence import sentence
from caption.source import Source, default_source, parse_source
from gallery import limits
from gallery.pictures.model import FailureCode
from gallery.vocabulary.classes import ImageClass, image_classes

pytestmark = needs_shared


def files(folder: str) -> list[Path]:
    """The pictures of a folder of the shared test data."""
    found = sorted((SHARED / "data" / folder).rglob("*")) if SHARED else []
    return [each for each in found if each.is_file() and not each.name.startswith("LICENSE")]


@cache
def examined() -> list[Examination]:
    return [examine(each.bytes) for each in labelled()]


@cache
def classified() -> list[Classification]:
    model = classifier()
    assert model
    return [model.classify(each.tensor) for each in examined()]


def true_classes() -> list[ImageClass]:
    return [image_classes()[each.class_index or 0] for each in labelled()]


@needs_model
def test_the_true_class_is_among_the_first_five_labels_of_94_in_100() -> None:
    found = [[image_class for image_class, _ in each.best[:5]] for each in classified()]
    hits = sum(true in five for true, five in zip(true_classes(), found, strict=True))
    assert hits >= 94


def caption(classification: Classification) -> str | None:
    return sentence(labels_of(classification))


@needs_model
def test_85_pictures_in_100_get_a_caption_and_95_in_100_captions_are_right() -> None:
    found = judged(zip(map(caption, classified()), true_classes(), strict=True))
    assert found.given >= 0.85
    assert found.right >= 0.95


@needs_model
def test_captions_are_sentences() -> None:
    for text in filter(None, map(caption, classified())):
        assert re.fullmatch(r"[A-Z][^_.]+", text)


@pytest.mark.slow
@needs_model
def test_the_compiled_model_agrees_with_keras_on_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Top-1 equal on 95 in 100, pooled features at a cosine of 0.99 or more on each."""
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    source = parse_source(default_source())
    compile_model(source, "dynamic", tmp_path)
    ours = [Classifier(tmp_path).classify(each.tensor) for each in examined()]
    probabilities, features = as_keras_has_it(source, np.stack([each.tensor for each in examined()]))
    same = sum(np.argmax(a.probabilities) == np.argmax(b) for a, b in zip(ours, probabilities, strict=True))
    assert same >= 95
    assert min(cosine(a.features, b) for a, b in zip(ours, features, strict=True)) >= 0.99


def as_keras_has_it(source: Source, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities and pooled features that Keras itself computes."""
    import keras  # type: ignore[import-untyped]  # noqa: PLC0415 (ships no types; takes seconds to load)

    from caption.conversion import load  # noqa: PLC0415

    model = load(source)
    whole = keras.Model(model.inputs, [model.outputs[0], model.layers[-1].input])
    prepared = keras.applications.resnet.preprocess_input(pictures.astype(np.float32))
    probabilities, features = whole.predict(prepared, verbose=0)
    return probabilities, features


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
def test_all_nine_orientations_of_a_picture_look_the_same(shape: str) -> None:
    found = [examine(each.read_bytes()) for each in files("orientation") if each.name.startswith(shape)]
    assert len(found) == 9
    assert len({(each.width, each.height) for each in found}) == 1
    assert (found[0].width > found[0].height) is (shape == "Landscape")
    seen = [small_and_grey(each.large) for each in found]
    assert all(np.abs(each - seen[0]).mean() < 6 for each in seen)


def small_and_grey(body: bytes) -> np.ndarray:
    with Image.open(BytesIO(body)) as image:
        return np.asarray(image.convert("L").resize((32, 32))).astype(int)


def test_every_heif_picture_is_read() -> None:
    for each in files("heif"):
        found = examine(each.read_bytes())
        assert found.media_type in {"image/heic", "image/heif"}
        assert min(found.width, found.height) > 0


def verdict(path: Path) -> str:
    """The failure code of a file, or `captioned`; anything else raised is a failure of ours."""
    try:
        examine(path.read_bytes())
    except Rejected as rejected:
        return rejected.code
    return "captioned"


@pytest.mark.timeout(600)
def test_no_hostile_file_crashes_hangs_or_exhausts_memory() -> None:
    hostile = files("hostile")
    started = time.monotonic()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        verdicts = list(pool.map(verdict, hostile))
        peak = pool.submit(peak_bytes).result()
    assert len(verdicts) >= 300
    assert set(verdicts) <= {"captioned", *get_args(FailureCode)}
    assert peak < limits.MAX_DECODE_MEMORY_BYTES
    assert time.monotonic() - started < len(hostile)


def peak_bytes() -> int:
    """The most memory that this process, and any child of it that has ended, ever held together."""
    return own_peak_bytes() + UNIT * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def own_peak_bytes() -> int:
    """The most memory this process ever held; Linux counts what its parent held into ru_maxrss."""
    status = Path("/proc/self/status")
    if not status.exists():
        return UNIT * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (peak,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak) * 1024


UNIT = 1 if sys.platform == "darwin" else 1024
