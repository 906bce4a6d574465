"""Deleting a picture at its caller's wish."""

from gallery.admin.audit_log import logged_unless_own
from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.revision import retry_for_caller
from gallery.pictures.access import Caller
from gallery.pictures.viewing import find_image
from images.permission import require_change


def delete(image_id: str, caller: Caller) -> None:
    """Delete a picture for good.

    Raises 401 or 403 for who may not, 404 where there is none, and 409 if it never holds still.
    """

    def attempt() -> None:
        picture = find_image(image_id, caller)
        require_change(picture, caller)
        with logged_unless_own(caller, "delete", picture):
            soft_delete(picture)

    retry_for_caller(attempt)
