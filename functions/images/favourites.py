"""Choosing favourites, which changes nothing that anybody else sees."""

from gallery.lifecycle.revision import retry_for_caller
from gallery.people import favourites
from gallery.people.people import Person
from gallery.pictures.access import Caller
from gallery.pictures.viewing import find_image


def set_favourite(image_id: str, person: Person, caller: Caller, *, favourite: bool) -> None:
    """Make a picture a favourite of somebody's, or none any more; idempotent.

    Raises the 404 for a picture that they may not see, and the 409 for one that never holds still.
    """
    act = favourites.mark if favourite else favourites.unmark
    retry_for_caller(lambda: act(find_image(image_id, caller), person.sub))
