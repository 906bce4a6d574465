"""Pictures that are there already get renditions of the present sizes, and nothing else of them changes.

The row is literal on purpose: it is as the version before wrote it.
"""

import time
import zlib
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import killed_before_write

from caption import pipeline
from caption import recaption as recaptioning
from caption.recaption import recaption
from gallery.aws.table import Conflict
from gallery.captioning.events import arrivals
from gallery.captioning.recaptions import RecaptionTask
from gallery.pictures import catalogue, storage, takedowns
from gallery.pictures.model import Picture
from gallery.vocabulary.classes import image_classes
from sweep.sweeping import sweep

ID = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"
FORMER = {f"media/{ID}/77-small.jpg", f"media/{ID}/77-large.jpg"}


def photograph(width: int = 3000, height: int = 2000) -> bytes:
    file = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def row(etag: str) -> dict[str, Any]:
    """The row of a captioned picture of 3000 by 2000 pixels, in the form 3."""
    return {
        "pk": {"S": f"IMAGE#{ID}"}, "sk": {"S": "IMAGE"}, "schema": {"N": "3"}, "id": {"S": ID}, "owner": {"S": "anna"},
        "visibility": {"S": "public"}, "created_at": {"S": "2026-03-01T08:00:00.000Z"}, "status": {"S": "captioned"},
        "version": {"N": "2"}, "filename": {"S": "pug.jpg"}, "title": {"S": "Otto"}, "caption_hidden": {"BOOL": False},
        "content": {"M": {
            "etag": {"S": etag}, "media_type": {"S": "image/jpeg"}, "size": {"N": "48213"}, "sha256": {"S": "f" * 64},
            "width": {"N": "3000"}, "height": {"N": "2000"}, "color": {"S": "#a1b2c3"}, "placeholder": {"S": "3OcR"},
            "rendition": {"N": "77"}, "extension": {"S": "jpg"},
        }},
        "reading": {"M": {
            "model": {"S": "ResNet50"}, "caption": {"S": "A pug"}, "captioned_at": {"S": "2026-03-01T08:00:01.000Z"},
            "inference_time_ms": {"N": "25.1"}, "features": {"B": zlib.compress(bytes(8))},
            "labels": {"L": [
                {"M": {"label": {"S": "pug"}, "wnid": {"S": "n02110958"}, "probability": {"N": "0.97"}}},
            ]},
        }},
    }  # fmt: skip


@pytest.fixture(params=[pytest.param(photograph(), id="a photograph")])
def former(gallery: Gallery, request: pytest.FixtureRequest) -> Picture:
    """A picture as it was stored when renditions went by the longer side."""
    gallery.put_original(ID, request.param)
    original = storage.read_original(ID)
    assert original
    gallery.dynamodb.put_item(TableName="gallery-test", Item=row(original.etag))
    for key in FORMER:
        storage.write_rendition(key, b"former", "image/jpeg")
    picture = catalogue.find(ID)
    assert picture
    storage.write_record(picture)
    return picture


def renditions(gallery: Gallery) -> set[str]:
    return {key for key in gallery.objects() if key.startswith(("media/", "private/"))}


def test_until_then_the_large_one_stands_in_for_the_medium_one(api: Api, former: Picture) -> None:
    shown = api("GET", f"/api/images/{former.id}").json
    assert shown["urls"]["medium"] == shown["urls"]["large"] == f"/media/{ID}/77-large.jpg"
    assert shown["sizes"] == {
        "small": {"width": 400, "height": 267},
        "medium": {"width": 1600, "height": 1067},
        "large": {"width": 1600, "height": 1067},
    }


def test_the_sweeper_has_renditions_made_in_three_sizes_and_nothing_else_changes(
    gallery: Gallery, former: Picture
) -> None:
    assert sweep(lambda: 300_000)["reminded"] == 1
    (told,) = {image_id for body in gallery.queued() for image_id in arrivals(body)}
    outcome = pipeline.attend(told)
    new = outcome.picture
    assert new
    assert new.content
    assert former.content
    assert (outcome.looked, outcome.renewed) == (True, True)
    assert new.content.sizes == {"large": (2250, 1500), "medium": (1200, 800), "small": (540, 360)}
    assert new.content.rendition != former.content.rendition
    assert (new.reading, new.title, new.captions, new.status) == (
        former.reading, former.title, former.captions, former.status,
    )  # fmt: skip
    keys = storage.rendition_keys(new)
    assert renditions(gallery) == set(keys.values())
    for size, extent in new.content.sizes.items():
        assert Image.open(BytesIO(storage.read_rendition(keys[size]))).size == extent


def test_done_again_it_changes_nothing(gallery: Gallery, former: Picture) -> None:
    first = pipeline.attend(former.id)
    before = renditions(gallery)
    assert pipeline.attend(former.id) == pipeline.Outcome(first.picture)
    assert renditions(gallery) == before
    assert sweep(lambda: 300_000)["reminded"] == 0


def test_who_loses_against_another_change_leaves_none_of_its_renditions(
    gallery: Gallery, former: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, others = catalogue.change, iter([True])

    def after_another(old: Picture, new: Picture, *rest: Any, **more: Any) -> Picture:  # noqa: ANN401
        if next(others, False):
            change(old, replace(old, title="Another"))
        return change(old, new, *rest, **more)

    monkeypatch.setattr(catalogue, "change", after_another)
    new = pipeline.caption(former.id)
    assert new
    assert new.title == "Another"
    assert renditions(gallery) == set(storage.rendition_keys(new).values())


@pytest.mark.fault(
    "the captioner is killed while it makes renditions anew", "shown whole all the time, finished by the next call"
)
@pytest.mark.parametrize("write", range(10))
def test_killed_anywhere_the_picture_is_shown_whole_and_the_next_one_finishes(
    write: int, gallery: Gallery, former: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed_before_write(write):
        pipeline.caption(former.id)
    between = catalogue.find(former.id)
    assert between
    assert set(storage.rendition_keys(between).values()) <= gallery.objects()
    assert between.content
    assert write > 0 or between.content.is_outdated
    new = pipeline.caption(former.id)
    assert new
    assert new.content
    assert not new.content.is_outdated
    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + takedowns.LONGEST_SECONDS + 1)
    sweep(lambda: 300_000)
    assert renditions(gallery) == set(storage.rendition_keys(new).values())


@pytest.mark.parametrize("former", [pytest.param(b"no picture any more", id="unreadable")], indirect=True)
def test_what_cannot_be_read_any_more_keeps_the_renditions_it_has_and_is_not_tried_again(
    gallery: Gallery, former: Picture
) -> None:
    new = pipeline.caption(former.id)
    assert new
    assert (new.status, new.failure, new.captions) == ("captioned", None, former.captions)
    assert renditions(gallery) == FORMER == set(storage.rendition_keys(new).values())
    assert sweep(lambda: 300_000)["reminded"] == 0


def test_captioning_again_makes_them_at_once(
    gallery: Gallery, former: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = SimpleNamespace(best=[(image_classes()[254], 0.9)], features=np.ones(8), inference_time_ms=1.0)
    model = SimpleNamespace(name="resnet50", input_size=224, classify=lambda _: seen)
    monkeypatch.setattr(recaptioning, "classifier_named", lambda _: model)
    task = RecaptionTask("job", former.id, "resnet50", "2026-11-01T00:00:00.000Z")
    assert recaption(task) == "captioned"
    new = catalogue.find(former.id)
    assert new
    assert new.content
    assert new.reading
    assert (new.reading.model, set(new.content.sizes)) == ("resnet50", {"small", "medium", "large"})
    assert renditions(gallery) == set(storage.rendition_keys(new).values())


def test_it_gives_up_where_others_are_first_each_time(former: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> Picture:  # noqa: ANN401
        raise Conflict(former.id)

    monkeypatch.setattr(catalogue, "change", never)
    with pytest.raises(Conflict):
        pipeline.caption(former.id)
