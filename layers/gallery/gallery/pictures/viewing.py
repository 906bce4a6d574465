"""Looking at a picture: for whoever may not see it, it does not exist."""

import re

from gallery.pictures import catalogue
from gallery.pictures.access import Caller, may
from gallery.pictures.model import IMAGE_ID, Picture
from gallery.problems import no_such_image
from gallery.settings import settings


def find_image(image_id: str, caller: Caller) -> Picture:
    """Return a picture that the caller may see; raises the 404 that tells nothing else."""
    found = catalogue.find(image_id) if re.match(IMAGE_ID, image_id) else None
    if found is None or not may_see(found, caller):
        raise no_such_image()
    return found


def may_see(picture: Picture, caller: Caller) -> bool:
    """Tell whether a picture exists for the caller."""
    return picture.status != "deleted" and may(caller, "see", picture, access=settings().access_mode)
