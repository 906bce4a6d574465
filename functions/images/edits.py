"""Changing what is said of a picture, and who may see it."""

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from gallery import catalogue, mosaics, storage
from gallery.access import Caller
from gallery.pictures import Picture
from gallery.problems import FieldError, Problem, invalid
from gallery.table import Conflict
from gallery.viewing import find_image
from images.models import ImageChange
from images.permission import require_change


def edit(image_id: str, change: ImageChange, if_match: str | None, caller: Caller) -> Picture:
    """Apply a change to the version its author saw; return the picture as it is then.

    Raises 428 without If-Match, 412 when somebody else was first, 401 or 403 for who may not, 404 where there is none.
    """
    picture = find_image(image_id, caller)
    require_change(picture, caller)
    _require_version(if_match, picture)
    new = replace(picture, **_changes(change, picture))
    if new == picture:
        return picture
    try:
        return _store(picture, new)
    except Conflict as error:
        raise _stale() from error


def etag(picture: Picture) -> str:
    """Return the entity tag that If-Match has to repeat."""
    return f'"{picture.version}"'


def _require_version(if_match: str | None, picture: Picture) -> None:
    if if_match is None:
        detail = "Say which version you are changing: If-Match with the image's version in quotes."
        raise Problem(HTTPStatus.PRECONDITION_REQUIRED, detail, [FieldError("If-Match", "missing")])
    if if_match.strip() != "*" and etag(picture) not in re.split(r"\s*,\s*", if_match.strip()):
        raise _stale()


def _stale() -> Problem:
    return Problem(HTTPStatus.PRECONDITION_FAILED, "Somebody changed this image in the meantime. Look at it again.")


def _changes(change: ImageChange, picture: Picture) -> dict[str, Any]:
    given = change.model_dump(include=change.model_fields_set)
    if "labels" in given:
        given["owner_labels"] = given.pop("labels")
    for text in {"title", "attribution"} & given.keys():
        given[text] = given[text] or None
    if given.get("visibility", ...) is None:
        raise invalid("visibility", "A picture is public or private.")
    if given.get("visibility") == "private" and picture.owner is None:
        raise invalid("visibility", "Nobody owns this image, so nobody could see it any more.")
    return given


def _store(old: Picture, new: Picture) -> Picture:
    """Put the renditions where the new visibility wants them, then the picture, then take the old ones away."""
    before, after = storage.rendition_keys(old), storage.rendition_keys(new)
    moved = {before[size]: after[size] for size in before if before[size] != after[size]}
    for source, target in moved.items():
        storage.copy_rendition(source, target)
    stored = catalogue.change(old, new)
    if old.visibility != new.visibility:
        mosaics.forget(old.id)
    storage.delete(moved)
    return stored
