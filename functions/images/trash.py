"""Putting pictures into the trash at their caller's wish, and restoring them."""

from collections.abc import Callable, Mapping
from typing import Literal

from gallery.admin.audit_log import logged_unless_own
from gallery.feedback import reports
from gallery.lifecycle.revision import retry_for_caller, revise
from gallery.lifecycle.trash import put_into_trash
from gallery.pictures import withholding
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture, restricted
from gallery.pictures.viewing import find_image
from images.permission import require_change

TrashAction = Literal["trash", "restore"]


def take_out_of_trash(picture: Picture) -> Picture:
    """Restore a picture; one that is not in the trash stays as it is. Raises table.Conflict where it has changed.

    One of bytes that an admin hid meanwhile stays hidden, and admins are told of it.
    """
    if not picture.trashed_at:
        return picture
    free = restricted(picture, hidden=picture.hidden is not None, trashed_at=None)
    withheld = withholding.withheld(free, free.content.sha256) if free.content else free
    if withheld.visibility != free.visibility:
        reports.report_withheld(picture.id)
        free = withheld
    return revise(picture, free)


def move(action: TrashAction, image_id: str, caller: Caller) -> Picture:
    """Put a picture into the trash, or restore it; return it as it is then. Idempotent.

    Raises 401 or 403 for who may not delete it, 404 where there is none, and 409 if it never holds still.
    """

    def attempt() -> Picture:
        picture = find_image(image_id, caller)
        require_change(picture, caller)
        with logged_unless_own(caller, action, picture):
            return _MOVES[action](picture)

    return retry_for_caller(attempt)


_MOVES: Mapping[TrashAction, Callable[[Picture], Picture]] = {"trash": put_into_trash, "restore": take_out_of_trash}
