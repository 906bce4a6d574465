"""Any two acts on a picture, one in the midst of the other: what is not public has no byte under media/ in the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.conftest import Gallery
from tests.unit.faults import empty, photograph
from tests.unit.test_catalogue import ticket
from tests.unit.test_deaths import SeesAPug

from caption import pipeline
from gallery import catalogue, removal, storage, table
from gallery.pictures import Picture
from gallery.problems import Problem
from gallery.revision import hide, restore, revise
from gallery.table import Conflict

PHOTO = photograph()
Act = Callable[[str], object]


def current(image_id: str) -> Picture:
    found = catalogue.find(image_id)
    if found is None or found.status == "deleted":
        raise Conflict(image_id)
    return found


def changing(**said: Any) -> Act:  # noqa: ANN401
    def act(image_id: str) -> object:
        old = current(image_id)
        allowed = said.get("visibility") != "public" or not old.hidden
        return revise(old, replace(old, **said)) if allowed else None

    return act


ACTS: dict[str, Act] = {
    "caption": pipeline.caption,
    "edit": changing(title="Rex"),
    "publish": changing(visibility="public"),
    "unpublish": changing(visibility="private"),
    "hide": lambda image_id: hide(lambda: current(image_id)),
    "restore": lambda image_id: restore(lambda: current(image_id)),
    "delete": lambda image_id: removal.bury(current(image_id)),
}


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "classifier", SeesAPug)


@contextmanager
def interrupted(number: int, by: Callable[[], object]) -> Iterator[list[str]]:
    """Do something else before the call `number` to S3 or DynamoDB, counted from 0."""
    calls: list[str] = []

    def before(model: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's hook
        calls.append(model.name)
        if len(calls) - 1 == number:
            unregister()
            by()

    clients: list[Any] = [storage.client(), table.client()]

    def unregister() -> None:
        for client in clients:
            client.meta.events.unregister("before-call.*.*", before, unique_id="race")

    for client in clients:
        client.meta.events.register("before-call.*.*", before, unique_id="race")
    try:
        yield calls
    finally:
        unregister()


def begun(gallery: Gallery, start: str) -> str:
    """Return a picture that was sent and not looked at yet, or is public, private or hidden."""
    empty("gallery-test-media", "gallery-test")
    picture = ticket(owner="anna", visibility="private" if start == "private" else "public")
    gallery.upload(picture.id, PHOTO)
    if start != "sent":
        pipeline.caption(picture.id)
    if start == "hidden":
        hide(lambda: current(picture.id))
    return picture.id


def nothing_is_public_that_should_not_be(gallery: Gallery, image_id: str) -> None:
    picture = catalogue.find(image_id)
    assert picture
    shown = set(storage.rendition_keys(picture).values())
    public = {each for each in gallery.objects() if each.startswith(storage.MEDIA)}
    assert public <= (shown if picture.visibility == "public" else set())
    assert shown <= gallery.objects(), "and what is to be seen is there"


STARTS = {
    "sent": ("caption", "edit", "unpublish", "hide", "delete"),
    "public": ("caption", "edit", "unpublish", "hide", "delete"),
    "private": ("edit", "publish", "hide", "delete"),
    "hidden": ("edit", "publish", "restore", "delete"),
}
PAIRS = [(start, one, other) for start, acts in STARTS.items() for one in acts for other in acts]
QUICK = {
    ("sent", "caption", "unpublish"), ("sent", "caption", "hide"), ("sent", "caption", "delete"),
    ("private", "publish", "edit"), ("private", "publish", "hide"), ("private", "publish", "delete"),
    ("public", "unpublish", "hide"), ("public", "hide", "edit"),
}  # fmt: skip


@pytest.mark.fault(
    "two acts on a picture at once, each in the midst of the other", "only what is public has public bytes"
)
@pytest.mark.parametrize(
    ("start", "one", "other", "stride"),
    [pytest.param(*each, 4, id="-".join(each)) for each in sorted(QUICK)]
    + [pytest.param(*each, 1, marks=pytest.mark.slow, id="-".join((*each, "everywhere"))) for each in PAIRS],
)
def test_in_whatever_order_what_is_not_public_has_no_public_bytes(
    gallery: Gallery, start: str, one: str, other: str, stride: int
) -> None:
    number = 0
    while True:
        image_id = begun(gallery, start)

        def meanwhile(image_id: str = image_id) -> None:
            with suppress(Conflict, Problem):
                ACTS[other](image_id)

        with interrupted(number, meanwhile) as calls, suppress(Conflict, Problem):
            ACTS[one](image_id)
        nothing_is_public_that_should_not_be(gallery, image_id)
        if len(calls) <= number:
            break
        number += stride
    assert number > 0
