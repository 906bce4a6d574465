"""Leave to change a picture, or the reason why there is none."""

from http import HTTPStatus

from gallery.api.http import require_sub
from gallery.pictures.access import Caller, may
from gallery.pictures.model import Picture
from gallery.problems import Problem
from gallery.settings import settings


def require_change(picture: Picture, caller: Caller) -> None:
    """Raise the 401 for somebody unknown and the 403 for somebody else, unless the caller may change the picture."""
    if may(caller, "change", picture, access=settings().access_mode):
        return
    require_sub(caller)
    raise Problem(HTTPStatus.FORBIDDEN, "Only its owner may do that to this image.")
