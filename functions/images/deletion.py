"""Deleting a picture at its caller's wish."""

from http import HTTPStatus

from gallery.admin.audit_log import logged_unless_own
from gallery.aws.table import Conflict
from gallery.lifecycle.removal import soft_delete
from gallery.pictures.access import Caller
from gallery.pictures.viewing import find_image
from gallery.problems import Problem
from images.permission import require_change

_TRIES = 5


def delete(image_id: str, caller: Caller) -> None:
    """Delete a picture for good.

    Raises 401 or 403 for who may not, 404 where there is none, and 409 if it never holds still.
    """
    for _ in range(_TRIES):
        picture = find_image(image_id, caller)
        require_change(picture, caller)
        try:
            with logged_unless_own(caller, "delete", picture):
                soft_delete(picture)
        except Conflict:
            continue
        return
    raise Problem(HTTPStatus.CONFLICT, "The image is being changed at this moment. Please try again.")
