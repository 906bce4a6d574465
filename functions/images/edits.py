"""Changing what is said of a picture, and who may see it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from gallery.admin.audit_log import logged_unless_own
from gallery.feedback import reports
from gallery.lifecycle.revision import retry_for_caller, revise
from gallery.pictures import withholding
from gallery.pictures.access import Caller
from gallery.pictures.metadata import Location, Taken
from gallery.pictures.model import Picture, dated_by_file, dated_by_owner, with_visibility
from gallery.pictures.viewing import find_image
from gallery.problems import FieldError, Problem, invalid
from images.models import ImageChange
from images.permission import require_change

_DATES = ("taken_at", "taken_offset")
_NEVER_NULL = {
    "archived": "A picture is archived or it isn't.",
    "caption_hidden": "A caption is hidden or it isn't.",
    "visibility": "A picture is public or private.",
}


def edit(image_id: str, change: ImageChange, if_match: str | None, caller: Caller) -> Picture:
    """Apply a change to the version its author saw; return the picture as it is then.

    Raises 428 without If-Match, 412 when somebody else was first, 401 or 403 for who may not, 404 where there is none,
    409 for publishing what an admin hid, or other pictures of the same bytes, which admins then are told of, and for
    one that never holds still.
    """
    return retry_for_caller(lambda: _edit(image_id, change, if_match, caller))


def _edit(image_id: str, change: ImageChange, if_match: str | None, caller: Caller) -> Picture:
    """Apply a change; raises table.Conflict where another was first, which may have left the version as it was."""
    picture = find_image(image_id, caller)
    require_change(picture, caller)
    _require_version(if_match, picture)
    new = _changed(picture, _changes(change, picture))
    if new == picture:
        return picture
    withheld = _withhold(picture, new)
    with logged_unless_own(caller, "change", picture):
        stored = revise(picture, withheld)
    if withheld is not new:
        raise Problem(HTTPStatus.CONFLICT, "An admin has hidden the same image and has to look at this one first.")
    return stored


def _changed(picture: Picture, changes: dict[str, Any]) -> Picture:
    """Return a picture with some attributes changed; what an admin hid stays so whatever its owner chooses."""
    visibility = changes.pop("visibility", None)
    dates: dict[str, str | None] = {name: changes.pop(name) for name in _DATES if name in changes}
    changed = _dated(replace(picture, **changes), dates)
    return with_visibility(changed, visibility) if visibility and picture.owner else changed


def _dated(picture: Picture, dates: Mapping[str, str | None]) -> Picture:
    """Return a picture with the clock or the offset that its owner says; without a clock its file's counts again."""
    if not dates:
        return picture
    if dates.get("taken_at", ...) is None:
        if dates.get("taken_offset"):
            raise invalid("taken_offset", "It says something of taken_at, which is null.")
        return dated_by_file(picture)
    taken = picture.taken
    dated = Taken(dates.get("taken_at") or taken.at, dates.get("taken_offset", taken.offset), "owner")
    return picture if (dated.at, dated.offset) == (taken.at, taken.offset) else dated_by_owner(picture, dated)


def _withhold(picture: Picture, new: Picture) -> Picture:
    """Return a picture as it may be stored: one that is published stays private where an admin hid its bytes."""
    if new.content is None or new.visibility in {picture.visibility, "private"}:
        return new
    withheld_picture = withholding.withheld(new, new.content.sha256)
    if withheld_picture is not new:
        reports.report_withheld(picture.id)
    return withheld_picture


def etag(picture: Picture) -> str:
    """Return the entity tag that If-Match has to repeat."""
    return entity_tag(picture.edition)


def entity_tag(version: int) -> str:
    """Return the entity tag of a version as the API has it."""
    return f'"{version}"'


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
    if "description" in given:
        given["owner_description"] = given.pop("description")
    for text in {"title", "attribution", "owner_description"} & given.keys():
        given[text] = given[text] or None
    if "location" in given:
        given |= {"location": given["location"] and Location(**given["location"]), "located_by_people": True}
    _require_possible(given, picture)
    return given


def _require_possible(given: Mapping[str, Any], picture: Picture) -> None:
    """Raise the 422 for what no picture, or not this one, can be, and the 409 for publishing what an admin hid."""
    for name, detail in _NEVER_NULL.items():
        if given.get(name, ...) is None:
            raise invalid(name, detail)
    if given.get("archived") and picture.owner is None:
        raise invalid("archived", "Nobody owns this image, so nobody could find it any more.")
    if given.get("visibility") == "public" and picture.hidden:
        raise Problem(HTTPStatus.CONFLICT, "An admin has hidden this image, so it can't be made public.")
    if given.get("visibility") == "private" and picture.owner is None and not picture.hidden:
        raise invalid("visibility", "Nobody owns this image, so nobody could see it any more.")
