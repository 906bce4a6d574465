"""Changing what is said of a picture or who may see it, stored objects included."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any, TypeVar

from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.mosaics import mosaics
from gallery.pictures import catalogue, storage, takedowns
from gallery.pictures.model import Picture, restricted
from gallery.problems import Problem

Done = TypeVar("Done")


def revise(old: Picture, new: Picture, *, extra_writes: Sequence[Any] = ()) -> Picture:
    """Put the renditions where the new visibility wants them, then the picture, then take the old ones away.

    The copies have a new, random number, which makes them reachable only with the row that tells it: a process that
    loses against another act, or is killed, has published nothing. What is public is taken down after the row stopped
    naming it, see gallery.pictures.takedowns. `extra_writes` succeed or fail with the row's. Returns the picture as
    stored; raises table.Conflict where it is no longer the version `old`, and leaves no copy.
    """
    if new.content and old.visibility != new.visibility:
        new = replace(new, content=replace(new.content, rendition=storage.new_rendition()))
    before, after = storage.rendition_keys(old), storage.rendition_keys(new)
    moved = {before[size]: after[size] for size in before if before[size] != after[size]}
    with takedowns.noted(old, new):
        stored = _stored(old, new, moved, extra_writes)
        if old.visibility != new.visibility:
            mosaics.forget(old.id)
            storage.delete(storage.download_keys(old))
        storage.delete(moved)
    return stored


def _stored(old: Picture, new: Picture, moved: Mapping[str, str], extra_writes: Sequence[Any]) -> Picture:
    try:
        _copy(moved, old.id)
        return catalogue.change(old, new, extra_writes=extra_writes)
    except Conflict:
        storage.delete(moved.values())
        raise


def _copy(moved: Mapping[str, str], image_id: str) -> None:
    for source, target in moved.items():
        if not storage.copy_rendition(source, target):
            raise Conflict(image_id)  # another act has moved or deleted it


def hide(find: Callable[[], Picture]) -> Picture:
    """Take a picture away from all but its owner, who can't publish it any more, and admins.

    `find` returns the picture as it is or raises the 404. Hiding twice changes nothing; raises the 409 for a picture
    that never holds still.
    """
    return _settle(find, lambda picture: restricted(picture, hidden=True, trashed_at=picture.trashed_at))


def restore(find: Callable[[], Picture]) -> Picture:
    """Give a picture back the visibility that it had when it was hidden, unless it is in the trash; likewise."""
    return _settle(find, lambda picture: restricted(picture, hidden=False, trashed_at=picture.trashed_at))


def _settle(find: Callable[[], Picture], changed: Callable[[Picture], Picture]) -> Picture:
    def attempt() -> Picture:
        picture = find()
        new = changed(picture)
        return picture if new == picture else revise(picture, new)

    return retry_for_caller(attempt)


def retry_for_caller(attempt: Callable[[], Done]) -> Done:
    """Retry as table.retry_on_conflict does; raises the 409 where other writes were first each time."""
    try:
        return table.retry_on_conflict(attempt)
    except table.Contended as error:
        raise Problem(HTTPStatus.CONFLICT, "The image is being changed at this moment. Please try again.") from error
