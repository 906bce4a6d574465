"""Pictures that failed, and those the captioner gave up on."""

from typing import Literal

from pydantic import BaseModel

from gallery.api.image import Image, present
from gallery.api.paging import id_in
from gallery.captioning import dead_letters
from gallery.captioning.dead_letters import DeadLetter
from gallery.captioning.tasks import enqueue_captioning
from gallery.pictures import catalogue, rows
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture


class FailureReport(BaseModel):
    """One picture without a caption: `failed` for what it is, a `dead_letter` for trouble of ours."""

    kind: Literal["failed", "dead_letter"]
    image_id: str
    image: Image | None
    code: str | None
    detail: str
    at: str


class FailuresAnswer(BaseModel):
    """Dead letters first, all on the first page, then failed pictures, newest first."""

    failures: list[FailureReport]
    next_cursor: str | None


class RedriveAnswer(BaseModel):
    """How many pictures the captioner was sent again."""

    redriven: int


def failures(limit: int, cursor: str | None) -> FailuresAnswer:
    """Return one page of failures; raises the 400 for a cursor that is not ours."""
    after = id_in(cursor)
    dead = [] if after else _unsettled()
    page = catalogue.page(rows.FAILURES, limit, after)
    listed = [_dead(letter, picture) for letter, picture in dead] + [_failed(picture) for picture in page.pictures]
    return FailuresAnswer(failures=listed, next_cursor=page.next_id)


def redrive() -> RedriveAnswer:
    """Send what the captioner gave up on to it again; a crash in between sends it twice, which changes nothing."""
    ids = dead_letters.ids_of(dead_letters.listed())
    redriven = enqueue_captioning(ids)
    dead_letters.discard(ids)
    return RedriveAnswer(redriven=redriven)


def _unsettled() -> list[tuple[DeadLetter, Picture | None]]:
    """Return the dead letters whose pictures have not come to an end some other way."""
    listed = dead_letters.listed()
    pictures = {picture.id: picture for picture in catalogue.find_all(dead_letters.ids_of(listed))}
    pairs = [(letter, pictures.get(letter.image_id)) for letter in listed]
    return [(letter, picture) for letter, picture in pairs if dead_letters.is_undone(letter, picture)]


def _dead(letter: DeadLetter, picture: Picture | None) -> FailureReport:
    image = present(picture, Caller(admin=True)) if picture else None
    return FailureReport(
        kind="dead_letter", image_id=letter.image_id, image=image, code=None, detail=letter.reason, at=letter.at
    )


def _failed(picture: Picture) -> FailureReport:
    code, detail = (picture.failure.code, picture.failure.detail) if picture.failure else (None, "")
    return FailureReport(
        kind="failed",
        image_id=picture.id,
        image=present(picture, Caller(admin=True)),
        code=code,
        detail=detail,
        at=picture.created_at,
    )
