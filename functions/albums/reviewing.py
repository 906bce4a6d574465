"""What guests added to an album, and waits for its owner."""

from functools import partial
from http import HTTPStatus

from albums.models import Review
from gallery.albums import albums, membership, room
from gallery.albums.albums import Album
from gallery.api.batch import BatchAnswer, act_on_each
from gallery.api.http import require_sub
from gallery.lifecycle.revision import retry_for_caller
from gallery.lifecycle.trash import put_into_trash
from gallery.pictures.access import Caller, owns
from gallery.pictures.viewing import find_image
from gallery.problems import Problem, no_such_image


def review(album_id: str, request: Review, caller: Caller) -> BatchAnswer:
    """Show guests' pictures in the album, or put them into the owner's trash, which gives the link its room back.

    Each is answered for itself.
    """
    album = albums.find_for(album_id, caller)
    if require_sub(caller) != album.owner:
        raise Problem(HTTPStatus.FORBIDDEN, "Only its owner may do that to this album.")
    return act_on_each(partial(_answer, album, caller, set(request.accept)), [*request.accept, *request.reject])


def _answer(album: Album, caller: Caller, accepted: set[str], image_id: str) -> HTTPStatus:
    def attempt() -> HTTPStatus:
        picture = find_image(image_id, caller)
        if album.id not in picture.albums or not owns(caller, picture):
            raise no_such_image()
        if image_id in accepted:
            membership.accept(picture, album.id)
        elif picture.albums[album.id].pending:
            put_into_trash(picture, extra_writes=room.given_back(album.id, image_id))
        return HTTPStatus.OK

    return retry_for_caller(attempt)
