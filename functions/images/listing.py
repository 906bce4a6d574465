"""Lists of pictures: everyone's, one owner's, one label's, one state's, or exactly those asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from gallery import limits
from gallery.api.http import require_sub
from gallery.api.image import Image, present_all
from gallery.api.paging import id_in, moment_cursor, moment_in
from gallery.people import favourites
from gallery.pictures import catalogue, label_counts, rows
from gallery.pictures.access import Caller
from gallery.pictures.model import IMAGE_ID, Picture
from gallery.pictures.viewing import may_see
from gallery.problems import FieldError, Problem, invalid
from images.models import ImagesAnswer, LabelCount, LabelsAnswer


@dataclass(frozen=True, slots=True)
class Filter:
    """Which pictures to list; at most one of these may be given."""

    label: str | None = None
    owner: str | None = None
    status: str | None = None
    ids: str | None = None
    favourite: bool | None = None
    archived: bool | None = None
    trashed: bool | None = None

    def given(self) -> list[str]:
        """Return the names of the filters in use."""
        return [name for name in self.__slots__ if getattr(self, name) is not None]


def list_images(wanted: Filter, limit: int, cursor: str | None, caller: Caller) -> ImagesAnswer:
    """Return one page; raises 422 for two filters at once and 400 for a cursor that is not ours."""
    if len(wanted.given()) > 1:
        detail = "Use only one of label, owner, status, ids, favourite, archived and trashed."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, [FieldError(name, detail) for name in wanted.given()])
    if wanted.ids is not None:
        return ImagesAnswer(images=_exactly(_ids(wanted.ids), caller), next_cursor=None)
    if wanted.favourite:
        return _favourites(limit, cursor, caller)
    if wanted.trashed:
        return _trashed(limit, cursor, caller)
    page = catalogue.page(_partition(wanted, caller), limit, id_in(cursor))
    return ImagesAnswer(images=_visible(page.pictures, caller), next_cursor=page.next_id)


def _favourites(limit: int, cursor: str | None, caller: Caller) -> ImagesAnswer:
    """Return one page of the caller's favourites, the one chosen last first; raises the 401 for somebody unknown.

    It is short where pictures of others may not be seen any more, or were put into the trash.
    """
    page = favourites.page(require_sub(caller), limit, moment_in(cursor))
    listed = [picture for picture in page.pictures if picture.trashed_at is None]
    return ImagesAnswer(images=_visible(listed, caller), next_cursor=moment_cursor(page.next_id))


def _trashed(limit: int, cursor: str | None, caller: Caller) -> ImagesAnswer:
    """Return one page of the caller's own trash, what was put there last first; raises the 401 for somebody unknown."""
    page = catalogue.page(rows.by_trash(require_sub(caller)), limit, moment_in(cursor))
    return ImagesAnswer(images=_visible(page.pictures, caller), next_cursor=moment_cursor(page.next_id))


def list_labels() -> LabelsAnswer:
    """Return the thousand most used labels of public pictures, by name where they are used equally often."""
    counts, _ = label_counts.counts()
    used = sorted((each for each in counts if each.count > 0), key=lambda each: (-each.count, each.label.casefold()))
    return LabelsAnswer(
        labels=[LabelCount(label=each.label, count=each.count) for each in used[: limits.MAX_LABEL_LIST]]
    )


def _visible(pictures: Sequence[Picture], caller: Caller) -> list[Image]:
    return present_all((picture for picture in pictures if may_see(picture, caller)), caller)


def _exactly(ids: Sequence[str], caller: Caller) -> list[Image]:
    return _visible(catalogue.find_all(ids), caller)


def _ids(text: str) -> list[str]:
    ids = [each.strip() for each in text.split(",") if each.strip()]
    if len(ids) > limits.MAX_IDS:
        raise invalid("ids", f"At most {limits.MAX_IDS} ids at once.")
    if not all(re.match(IMAGE_ID, each) for each in ids):
        raise invalid("ids", "Ids are ULIDs, separated by commas.")
    return ids


def _partition(wanted: Filter, caller: Caller) -> str:
    if wanted.archived:
        return rows.by_archive(require_sub(caller))
    if wanted.label is not None:
        return rows.by_label(wanted.label)
    if wanted.owner is not None:
        sub = require_sub(caller) if wanted.owner == "me" else wanted.owner
        return rows.by_owner(sub, private=caller.admin or caller.sub == sub)
    if wanted.status == "failed":
        return _failures(caller)
    if wanted.status is not None:
        return rows.by_status(wanted.status)
    return rows.PUBLIC


def _failures(caller: Caller) -> str:
    """Return the list of the failed pictures that a caller may see: an admin all, an owner their own, others none."""
    if caller.admin:
        return rows.FAILURES
    return rows.by_failed(caller.sub) if caller.sub else rows.by_status("failed")
