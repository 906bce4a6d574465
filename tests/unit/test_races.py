"""Any two acts on a picture, one in the midst of the other: no byte is public before its row says so, nor afterwards.

What lies under `media/` is public once its address, which is random, was told. So at every step of both acts whatever
was told must be named still, or an intent says that it is being taken down; in the end nothing else is left there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Lock
from typing import Any

import pytest
from tests.unit.captioning import SeesAPug
from tests.unit.conftest import Gallery
from tests.unit.faults import each_death, empty, killed_before_write, photograph, some_deaths
from tests.unit.pictures import ticket

from caption import pipeline
from gallery.aws import table
from gallery.aws.items import decode, encode
from gallery.aws.table import Conflict
from gallery.lifecycle import removal
from gallery.lifecycle.revision import hide, restore, revise
from gallery.mosaics import mosaics
from gallery.mosaics.mosaics import Design
from gallery.pictures import catalogue, rows, storage, takedowns
from gallery.pictures.model import Picture
from gallery.problems import Problem
from mosaic.making import make
from sweep.rules import take_down

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


def with_a_mosaic(image_id: str) -> object:
    picture = current(image_id)
    if picture.content is None:
        return None
    job = mosaics.begin(picture, DESIGN, b"", mosaics.find(image_id, DESIGN))
    return make(job) if job else None


DESIGN = Design("gallery", 64, 0.5, 320)

ACTS: dict[str, Act] = {
    "caption": pipeline.caption,
    "edit": changing(title="Rex"),
    "publish": changing(visibility="public"),
    "unpublish": changing(visibility="private"),
    "hide": lambda image_id: hide(lambda: current(image_id)),
    "restore": lambda image_id: restore(lambda: current(image_id)),
    "delete": lambda image_id: removal.soft_delete(current(image_id)),
    "mosaic": with_a_mosaic,
}


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "classifier", SeesAPug)


TELLING = {"PutObject", "CopyObject", "DeleteObjects", "PutItem", "TransactWriteItems"}
"""What changes what is public, or which row names it."""


class Watch:
    """Whoever looks at the gallery all the time, and keeps every address that a row has told.

    It has clients of its own, so that its looking is no step of an act.
    """

    def __init__(self, gallery: Gallery, image_id: str) -> None:
        self._gallery, self._id = gallery, image_id
        self._told: set[str] = set()

    def look(self) -> None:
        """Fail where something that was told is there, though no row names it and it is not being taken down."""
        found = self._gallery.s3.list_objects_v2(Bucket="gallery-test-media", Prefix=storage.MEDIA).get("Contents", [])
        public = {each["Key"] for each in found}
        named = self._named(with_mosaics=any(map(mosaics.is_mosaic, public)))
        self._told |= named
        assert not public & (self._told - named) or self._is_taken_down(), "public, though its row says otherwise"

    def _named(self, *, with_mosaics: bool) -> set[str]:
        row = self._row("IMAGE")
        if row is None or row["visibility"] != "public":
            return set()
        picture = rows.from_row(row)
        if picture.content is None:
            return set()
        begins = storage.mosaic_prefix(picture.id, "public", picture.content.rendition)
        made = self._row("MOSAICS", DESIGN.name) if with_mosaics else None
        ready = {made["key"]} if made and made["status"] == "ready" else set()
        return {*storage.rendition_keys(picture).values(), *(each for each in ready if each.startswith(begins))}

    def _row(self, kind: str, sk: str = "IMAGE") -> dict[str, Any] | None:
        key = encode(table.key(f"{kind}#{self._id}", sk))
        found: dict[str, Any] = self._gallery.dynamodb.get_item(TableName="gallery-test", Key=key, ConsistentRead=True)
        return decode(found["Item"]) if "Item" in found else None

    def _is_taken_down(self) -> bool:
        return any(row["pk"] == "TAKEDOWNS" for row in self._gallery.rows())


@contextmanager
def interrupted(number: int, by: Callable[[], object], look: Callable[[], object]) -> Iterator[list[str]]:
    """Do something else before the call `number` to S3 or DynamoDB, counted from 0; look after each that may tell."""
    calls: list[str] = []
    steps = Lock()

    def before(model: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's hook
        with steps:
            if not calls or calls[-1] in TELLING:
                look()
            calls.append(model.name)
            now = len(calls) - 1 == number
        if now:  # without the lock, since an act has threads
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
    made = mosaics.shown_keys(picture) if picture.content else set()
    public = {each for each in gallery.objects() if each.startswith(storage.MEDIA)}
    assert public <= (shown | made if picture.visibility == "public" else set())
    assert shown <= gallery.objects(), "and what is to be seen is there"


STARTS = {
    "sent": ("caption", "edit", "unpublish", "hide", "delete"),
    "public": ("caption", "edit", "unpublish", "hide", "delete", "mosaic"),
    "private": ("edit", "publish", "hide", "delete", "mosaic"),
    "hidden": ("edit", "publish", "restore", "delete"),
}
PAIRS = [(start, one, other) for start, acts in STARTS.items() for one in acts for other in acts]
QUICK = {
    ("sent", "caption", "unpublish"), ("sent", "caption", "hide"), ("sent", "caption", "delete"),
    ("private", "publish", "edit"), ("private", "publish", "hide"), ("private", "publish", "delete"),
    ("public", "unpublish", "hide"), ("public", "hide", "edit"), ("public", "mosaic", "hide"),
    ("public", "mosaic", "delete"), ("public", "unpublish", "mosaic"), ("public", "mosaic", "unpublish"),
}  # fmt: skip


@pytest.mark.fault(
    "two acts on a picture at once, each in the midst of the other", "only what is public has public bytes"
)
@pytest.mark.parametrize(
    ("start", "one", "other", "stride"),
    [pytest.param(*each, 6, id="-".join(each)) for each in sorted(QUICK)]
    + [pytest.param(*each, 1, marks=pytest.mark.slow, id="-".join((*each, "everywhere"))) for each in PAIRS],
)
def test_in_whatever_order_what_is_not_public_has_no_public_bytes(
    gallery: Gallery, start: str, one: str, other: str, stride: int
) -> None:
    number = 0
    while True:
        image_id = begun(gallery, start)
        watch = Watch(gallery, image_id)

        def meanwhile(image_id: str = image_id) -> None:
            with suppress(Conflict, Problem):
                ACTS[other](image_id)

        with interrupted(number, meanwhile, watch.look) as calls, suppress(Conflict, Problem):
            ACTS[one](image_id)
        watch.look()
        nothing_is_public_that_should_not_be(gallery, image_id)
        if len(calls) <= number:
            break
        number += stride
    assert number > 0


TAKEDOWNS = [(start, act) for start, acts in STARTS.items() for act in acts if act not in {"caption", "edit"}]
TAKEDOWNS.remove(("hidden", "publish"))  # which is refused before anything is written


@pytest.mark.fault(
    "publishing, hiding or deleting is killed before any of its writes",
    "no byte is public that no row names, once the sweeper has looked for takedowns alone",
)
@pytest.mark.parametrize(("start", "act"), TAKEDOWNS, ids=["-".join(each) for each in TAKEDOWNS])
@some_deaths
def test_killed_anywhere_nothing_stays_public_until_the_next_sweep(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, start: str, act: str, stride: int
) -> None:
    for death in each_death(stride):
        image_id = begun(gallery, start)
        if start == "public" and act != "mosaic":
            with_a_mosaic(image_id)
        watch = Watch(gallery, image_id)
        watch.look()
        with killed_before_write(death) as deaths:
            ACTS[act](image_id)
        watch.look()
        with monkeypatch.context() as later:
            later.setattr("time.time", lambda clock=time.time: clock() + takedowns.LONGEST_SECONDS + 1)
            take_down()
        assert not [row for row in gallery.rows() if row["pk"] == "TAKEDOWNS"]
        watch.look()
        if len(deaths.writes) <= death:
            break
    assert death > 0


def test_an_address_is_told_by_nothing_but_its_row(gallery: Gallery) -> None:
    """Neither the id nor the version, which others may know, nor an earlier address leads to it."""
    picture = current(begun(gallery, "public"))
    content = picture.content
    assert content
    assert content.rendition.bit_length() > 64
    ACTS["unpublish"](picture.id)
    ACTS["publish"](picture.id)
    again = current(picture.id).content
    assert again
    assert again.rendition.bit_length() > 64
    assert again.rendition != content.rendition
