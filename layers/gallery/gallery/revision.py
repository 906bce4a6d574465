"""Changing what is said of a picture or who may see it, stored objects included."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus

from gallery import catalogue, mosaics, storage
from gallery.pictures import Picture
from gallery.problems import Problem
from gallery.table import Conflict

_TRIES = 5


def revise(old: Picture, new: Picture) -> Picture:
    """Put the renditions where the new visibility wants them, then the picture, then take the old ones away.

    They are named by the version that they are moved from, so that no two acts can mean different things by a name.
    Returns the picture as stored; raises table.Conflict where it is no longer the version `old`, and leaves no copy.
    """
    if new.content and old.visibility != new.visibility:
        new = replace(new, content=replace(new.content, rendition=old.version))
    before, after = storage.rendition_keys(old), storage.rendition_keys(new)
    moved = {before[size]: after[size] for size in before if before[size] != after[size]}
    try:
        _copy(moved, old.id)
        stored = catalogue.change(old, new)
    except Conflict:
        take_back(old.id, moved.values())
        raise
    if old.visibility != new.visibility:
        mosaics.forget(old.id)
        storage.delete([storage.download_key(old)])
    storage.delete(moved)
    return stored


def _copy(moved: Mapping[str, str], image_id: str) -> None:
    for source, target in moved.items():
        if not storage.copy_rendition(source, target):
            raise Conflict(image_id)  # another act has moved or deleted it


def take_back(image_id: str, written: Iterable[str]) -> Picture | None:
    """Delete renditions written for a version that the picture did not become; return the picture as it is.

    What has the same name as a rendition of the picture as it is was written by another for that very version.
    """
    found = catalogue.find(image_id)
    used = storage.rendition_keys(found).values() if found else ()
    storage.delete(set(written) - set(used))
    return found


def hide(find: Callable[[], Picture]) -> Picture:
    """Take a picture away from all but its owner, who can't publish it any more, and admins.

    `find` returns the picture as it is or raises the 404. Hiding twice changes nothing; raises the 409 for a picture
    that never holds still.
    """
    return _settle(find, lambda each: replace(each, visibility="private", hidden=each.hidden or each.visibility))


def restore(find: Callable[[], Picture]) -> Picture:
    """Give a picture back the visibility that it had when it was hidden; likewise."""
    return _settle(find, lambda each: replace(each, visibility=each.hidden or each.visibility, hidden=None))


def _settle(find: Callable[[], Picture], changed: Callable[[Picture], Picture]) -> Picture:
    for _ in range(_TRIES):
        picture = find()
        new = changed(picture)
        if new == picture:
            return picture
        try:
            return revise(picture, new)
        except Conflict:
            continue
    raise Problem(HTTPStatus.CONFLICT, "The image is being changed at this moment. Please try again.")
