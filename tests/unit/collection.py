"""Pictures of real classes in a gallery in memory, as the captioner leaves them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.test_catalogue import CONTENT, ticket

from caption.sentence import sentence
from gallery import catalogue
from gallery.classes import ImageClass, image_classes
from gallery.pictures import Label, Picture, Reading, captioned
from search.encoder import MODEL_FOLDER

needs_encoder = pytest.mark.skipif(
    not (MODEL_FOLDER / "manifest.json").exists(), reason="needs a compiled encoder: run `make model`"
)


def class_named(name: str) -> ImageClass:
    """The class of a name."""
    (found,) = (each for each in image_classes() if each.name == name)
    return found


def reading(seen: str | Mapping[str, float], features: bytes = b"", model: str = "resnet50") -> Reading:
    """What a model says that sees classes with some probabilities, or surely one."""
    likeliest = sorted((seen if isinstance(seen, Mapping) else {seen: 0.9}).items(), key=lambda each: -each[1])
    labels = tuple(Label(name, class_named(name).wnid, p) for name, p in likeliest)
    return Reading(model, labels, sentence(labels), "2026-01-01T00:00:00.000Z", 12.5, features)


def shown(seen: str | Mapping[str, float], **said: Any) -> Picture:  # noqa: ANN401 - any field of a picture
    """A captioned picture that is in no table."""
    return captioned(Picture(id="0" * 26, visibility="public", created_at="t", **said), CONTENT, reading(seen))


def showing(
    seen: str | Mapping[str, float],
    features: bytes = b"",
    model: str = "resnet50",
    **said: Any,  # noqa: ANN401 - any field of a picture
) -> Picture:
    """Put a picture into the gallery and have it captioned."""
    picture = ticket(**said)
    content = replace(CONTENT, sha256=f"{int(picture.id[-10:], 36):064x}")
    return catalogue.change(picture, captioned(picture, content, reading(seen, features, model)))
