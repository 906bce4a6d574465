"""Pictures of real classes in a gallery in memory, as the captioner leaves them, and ways to search them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.pictures import CONTENT, ticket

from caption.sentence import sentence
from gallery.pictures import catalogue, storage
from gallery.pictures.model import Label, Picture, Prediction, captioned
from gallery.vocabulary.classes import ImageClass, image_classes
from search.encoder import MODEL_FOLDER

needs_encoder = pytest.mark.skipif(
    not (MODEL_FOLDER / "manifest.json").exists(), reason="needs a compiled encoder: run `make model`"
)


def class_named(name: str) -> ImageClass:
    """The class of a name."""
    (found,) = (each for each in image_classes() if each.name == name)
    return found


def reading(seen: str | Mapping[str, float], features: bytes = b"", model: str = "resnet50") -> Prediction:
    """What a model says that sees classes with some probabilities, or surely one."""
    likeliest = sorted((seen if isinstance(seen, Mapping) else {seen: 0.9}).items(), key=lambda each: -each[1])
    labels = tuple(Label(name, class_named(name).wnid, p) for name, p in likeliest)
    return Prediction(model, labels, sentence(labels), "2026-01-01T00:00:00.000Z", 12.5, features)


def shown(seen: str | Mapping[str, float], **said: Any) -> Picture:  # noqa: ANN401 - any field of a picture
    """A captioned picture that is in no table."""
    picture = Picture(id="0" * 26, visibility="public", created_at="2026-01-01T00:00:00.000Z", **said)
    return captioned(picture, CONTENT, reading(seen))


def showing(
    seen: str | Mapping[str, float],
    features: bytes = b"",
    model: str = "resnet50",
    **said: Any,  # noqa: ANN401 - any field of a picture
) -> Picture:
    """Put a picture into the gallery in which a model sees classes with some probabilities, or surely one."""
    return put(reading(seen, features, model), **said)


def put(seen: Prediction, **said: Any) -> Picture:  # noqa: ANN401 - any field of a picture
    """Put a captioned picture into the gallery."""
    picture = ticket(**said)
    content = replace(CONTENT, sha256=f"{int(picture.id[-10:], 36):064x}")
    picture = catalogue.change(picture, captioned(picture, content, seen))
    for key in storage.rendition_keys(picture).values():
        storage.write_rendition(key, b"pixels", "image/jpeg")
    return picture


def index_rows(gallery: Gallery) -> set[tuple[str, str]]:
    """The postings of the search index."""
    keys = {(row["pk"], row["sk"]) for row in gallery.rows()}
    return {each for each in keys if each[0].startswith(("CLASS#", "WORD#"))}


def ask(api: Api, query: str, headers: dict[str, str] | None = None, **more: object) -> Answer:
    """Search; whatever comes must be an answer in the contract's form."""
    asked = {"query": query, **{name: str(value) for name, value in more.items() if value is not None}}
    answer = api("GET", "/api/search", asked, headers=headers)
    if answer.status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json["status"] == answer.status
    return answer


def results(api: Api, query: str, headers: dict[str, str] | None = None, **more: object) -> list[dict[str, Any]]:
    """What a search finds."""
    answer = ask(api, query, headers, **more)
    assert answer.status == 200, answer.text
    listed: list[dict[str, Any]] = answer.json["results"]
    return listed


def found(api: Api, query: str, headers: dict[str, str] | None = None, **more: object) -> list[str]:
    """The ids of what a search finds."""
    return [each["image"]["id"] for each in results(api, query, headers, **more)]
