"""In which order the pictures of an album stand, and taking them out of it."""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus

from albums.models import PicturesToAdd, PicturesToMove
from gallery import limits
from gallery.albums import albums, membership, ranks
from gallery.albums.albums import Album
from gallery.api.album import partitions_of
from gallery.api.album_pictures import add_one, contributor_to, require_room, take_out_one
from gallery.api.batch import BatchAnswer, act_on_each
from gallery.api.http import require_sub
from gallery.aws import table
from gallery.lifecycle.revision import retry_for_caller
from gallery.pictures import catalogue, rows
from gallery.pictures.access import Caller, owns
from gallery.pictures.viewing import find_shared
from gallery.problems import Problem, invalid, no_such_image
from gallery.timestamps import now


def add(album_id: str, request: PicturesToAdd, caller: Caller) -> BatchAnswer:
    """Put pictures of somebody's own into an album; each is answered for itself."""
    album = contributor_to(album_id, caller)
    require_room(album, len(request.ids))
    return act_on_each(partial(add_one, album, caller, request.originals, now()), request.ids)


def take_out(album_id: str, ids: Sequence[str], caller: Caller) -> BatchAnswer:
    """Take pictures out of an album: its owner any, others their own."""
    album = albums.find_for(album_id, caller)
    require_sub(caller)
    return act_on_each(partial(take_out_one, album, caller), ids)


def move(album_id: str, request: PicturesToMove, caller: Caller) -> BatchAnswer:
    """Let pictures stand right behind another one, in the order that people make by hand; others are not written."""
    album = contributor_to(album_id, caller)
    if album.order != "manual":
        raise Problem(HTTPStatus.CONFLICT, f"This album is in the order {album.order}: make that manual first.")
    if request.after in request.ids:
        raise invalid("after", "It is one of those to be moved.")
    places = _places(album, request)
    return act_on_each(lambda image_id: _move_one(album, caller, image_id, places[image_id]), request.ids)


def _places(album: Album, request: PicturesToMove) -> dict[str, str]:
    """Return where each of some pictures is to stand: between the one that they follow and the next that stays."""
    above = _place_of(album, request.after) if request.after else None
    partitions = partitions_of(album.id, "all", "manual")
    following, _ = table.merged(partitions, len(request.ids) + 1, above)
    below = next((sk for _, sk in following if rows.id_in(sk) not in request.ids), "")
    ranked = ranks.between(below, above, len(request.ids))
    if max(map(len, ranked)) > limits.MAX_RANK_LENGTH:
        raise Problem(HTTPStatus.CONFLICT, "Too much was moved to this very place. Move what stands beside it first.")
    return dict(zip(request.ids, ranked, strict=True))


def _place_of(album: Album, image_id: str) -> str:
    picture = catalogue.find(image_id)
    partitions = partitions_of(album.id, "all", "manual")
    places = [sk for pk, sk in rows.postings(picture) if pk in partitions] if picture else []
    if not places:
        raise invalid("after", "There is no such image in this album.")
    return places[0]


def _move_one(album: Album, caller: Caller, image_id: str, place: str) -> HTTPStatus:
    def attempt() -> HTTPStatus:
        picture, _ = find_shared(image_id, caller)
        if album.id not in picture.albums:
            raise no_such_image()
        if not (caller.sub == album.owner or owns(caller, picture)):
            raise Problem(HTTPStatus.FORBIDDEN, "Only its owner and the album's may move this image.")
        membership.rank(picture, album.id, place)
        return HTTPStatus.OK

    return retry_for_caller(attempt)
