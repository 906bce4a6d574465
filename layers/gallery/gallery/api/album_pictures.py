"""Putting pictures into albums and taking them out at their caller's wish, in whichever call that stands."""

from http import HTTPStatus

from gallery import limits
from gallery.albums import albums, membership
from gallery.albums.albums import Album
from gallery.api.album import count
from gallery.api.http import require_sub
from gallery.lifecycle.revision import retry_for_caller
from gallery.pictures import catalogue
from gallery.pictures.access import Caller, owns
from gallery.pictures.viewing import find_image, find_shared
from gallery.problems import Problem


def contributor_to(album_id: str, caller: Caller) -> Album:
    """Return an album that somebody may add to; raises the 404, or the 401 or 403 for who only sees it."""
    album = albums.find_for(album_id, caller)
    if require_sub(caller) not in album.contributors:
        raise Problem(HTTPStatus.FORBIDDEN, "Only its owner and contributors may do that to this album.")
    return album


def require_room(album: Album, pictures: int) -> None:
    """Raise the 409 where an album has no room for so many pictures more."""
    if count(album.id, "all") + pictures > limits.MAX_ALBUM_PICTURES:
        detail = f"An album holds {limits.MAX_ALBUM_PICTURES} pictures, and this one would have more."
        raise Problem(HTTPStatus.CONFLICT, detail)


def add_one(album: Album, caller: Caller, originals: bool | None, since: str, image_id: str) -> HTTPStatus:
    """Put one picture into an album, since that moment; one that is in it stays where it is."""
    sub = require_sub(caller)

    def attempt() -> HTTPStatus:
        picture = find_image(image_id, caller)
        if not owns(caller, picture):
            raise Problem(HTTPStatus.FORBIDDEN, "Only its owner may put this image into an album.")
        membership.add(picture, album, sub, originals=originals, since=since)
        return HTTPStatus.OK

    return retry_for_caller(attempt)


def take_out_one(album: Album, caller: Caller, image_id: str) -> HTTPStatus:
    """Take one picture out of an album, which its owner and the album's may; done again it changes nothing."""

    def attempt() -> HTTPStatus:
        picture = catalogue.find(image_id)
        if picture is None or album.id not in picture.albums:
            find_image(image_id, caller)
            return HTTPStatus.OK
        if not (caller.admin or caller.sub == album.owner or owns(caller, picture)):
            find_shared(image_id, caller)
            raise Problem(HTTPStatus.FORBIDDEN, "Only its owner and the album's may take this image out.")
        membership.remove(picture, album.id)
        return HTTPStatus.OK

    return retry_for_caller(attempt)
