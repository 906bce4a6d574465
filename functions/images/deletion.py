"""Deleting a picture at its caller's wish."""

from http import HTTPStatus

from gallery.access import Caller, may
from gallery.catalogue import Conflict
from gallery.pictures import Picture
from gallery.problems import Problem
from gallery.removal import bury
from gallery.settings import settings
from images.listing import find_image

_TRIES = 5


def delete(image_id: str, caller: Caller) -> None:
    """Delete a picture for good.

    Raises 401 or 403 for who may not, 404 where there is none, and 409 if it never holds still.
    """
    for _ in range(_TRIES):
        picture = find_image(image_id, caller)
        _require_permission(picture, caller)
        try:
            bury(picture)
        except Conflict:
            continue
        return
    raise Problem(HTTPStatus.CONFLICT, "The image is being changed at this moment. Please try again.")


def _require_permission(picture: Picture, caller: Caller) -> None:
    if may(caller, "change", picture, access=settings().access_mode):
        return
    if caller.sub is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, "Sign in to delete it.", headers={"WWW-Authenticate": "Bearer"})
    raise Problem(HTTPStatus.FORBIDDEN, "Only its owner may delete this image.")
