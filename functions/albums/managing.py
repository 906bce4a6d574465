"""Making, showing, changing and deleting albums."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import merge
from http import HTTPStatus
from itertools import islice

from ulid import ULID

from albums.models import AlbumChange, AlbumsAnswer, NewAlbum
from gallery.albums import albums, clearing
from gallery.albums.albums import Album
from gallery.api.album import present_albums
from gallery.api.http import require_sub
from gallery.api.paging import id_in
from gallery.aws import table
from gallery.people import people
from gallery.people.people import Person
from gallery.pictures import album_lists, catalogue
from gallery.pictures.access import Caller
from gallery.problems import FieldError, Problem, invalid
from gallery.timestamps import now

_ROUNDS = 5
"""How often a page is topped up where albums turn out to be gone."""
_NEVER_NULL = ("title", "visibility", "order")
_RESERVE_MS = 5_000
"""Time a part of a clearing must have left to be begun."""


def make(request: NewAlbum, owner: Person) -> Album:
    """Make an album of somebody's."""
    return albums.create(
        Album(
            id=str(ULID()),
            owner=owner.sub,
            title=request.title,
            description=request.description or None,
            visibility=request.visibility,
            order=request.order,
            created_at=now(),
        )
    )


def find_own(album_id: str, caller: Caller) -> Album:
    """Return an album of somebody's own, to admins anybody's; raises the 404, or the 401 or 403 for others."""
    album = albums.find_for(album_id, caller)
    if caller.admin or album.owner == caller.sub:
        return album
    require_sub(caller)
    raise Problem(HTTPStatus.FORBIDDEN, "Only its owner may do that to this album.")


def list_albums(owner: str | None, limit: int, cursor: str | None, caller: Caller) -> AlbumsAnswer:
    """Return one page of albums, newest first: of somebody's own (`me`), of the public ones of a person by their
    username, or of the public ones and those shared with the caller.

    Raises the 401 or the 404 where there is no such person.
    """
    partitions, belongs = _list_of(owner, caller)
    listed: list[Album] = []
    after = id_in(cursor)
    for _ in range(_ROUNDS):
        ids, after = _newest(partitions, limit - len(listed), after)
        listed += [album for album in albums.find_all(ids) if belongs(album)]
        if after is None or len(listed) == limit:
            break
    return AlbumsAnswer(albums=present_albums(listed, caller), next_cursor=after)


def _list_of(owner: str | None, caller: Caller) -> tuple[list[str], Callable[[Album], bool]]:
    """Return the partitions of a list, and what its albums have to be, since rows may be behind the times."""
    if owner == "me":
        sub = require_sub(caller)
        return [albums.by_owner(sub)], lambda album: album.owner == sub
    if owner:
        person = people.by_username(owner)
        if person is None or not person.active:
            raise people.no_such_person()
        return [albums.by_owner(person.sub)], lambda album: album.visibility == "public" and album.owner == person.sub
    shared = [albums.by_member(caller.sub)] if caller.sub else []
    return [albums.PUBLIC, *shared], lambda album: album.visibility == "public" or caller.sub in album.people


def _newest(partitions: list[str], limit: int, after: str | None) -> tuple[list[str], str | None]:
    """Return the next ids of lists that may have some in common, greatest first, and where to go on."""
    parts = [table.newest(partition, limit + 1, after)[0] for partition in partitions]
    ids = list(islice(_once(merge(*([row["sk"] for row in part] for part in parts), reverse=True)), limit + 1))
    return ids[:limit], ids[limit - 1] if len(ids) > limit else None


def _once(ids: Iterable[str]) -> Iterator[str]:
    last = None
    for album_id in ids:
        if album_id != last:
            yield album_id
        last = album_id


def edit(album_id: str, change: AlbumChange, if_match: str | None, caller: Caller) -> Album:
    """Apply a change to the version its author saw; return the album as it is then.

    Raises 428 without If-Match, 412 when somebody else was first, 401 or 403 for who may not, 404 where there is none.
    """
    album = find_own(album_id, caller)
    _require_version(if_match, album)
    given = change.model_dump(include=change.model_fields_set)
    for name in _NEVER_NULL:
        if given.get(name, ...) is None:
            raise invalid(name, "An album has one.")
    if cover := given.get("cover"):
        _require_shown(cover, album)
    if "description" in given:
        given["description"] = given["description"] or None
    new = replace(album, **given)
    try:
        return album if new == album else albums.change(album, new)
    except table.Conflict as error:
        raise _stale() from error


def _require_shown(image_id: str, album: Album) -> None:
    picture = catalogue.find(image_id)
    if picture is None or album.id not in album_lists.shown_in(picture):
        raise invalid("cover", "There is no such image in this album.")


def etag(album: Album) -> str:
    """Return the entity tag that If-Match has to repeat."""
    return f'"{album.version}"'


def _require_version(if_match: str | None, album: Album) -> None:
    if if_match is None:
        detail = "Say which version you are changing: If-Match with the album's version in quotes."
        raise Problem(HTTPStatus.PRECONDITION_REQUIRED, detail, [FieldError("If-Match", "missing")])
    if if_match.strip() != "*" and etag(album) not in re.split(r"\s*,\s*", if_match.strip()):
        raise _stale()


def _stale() -> Problem:
    return Problem(HTTPStatus.PRECONDITION_FAILED, "Somebody changed this album in the meantime. Look at it again.")


def delete(album_id: str, caller: Caller) -> None:
    """Delete an album for good: it is gone at once, with its links; its pictures stay, and leave it one by one."""

    table.retry_on_conflict(lambda: clearing.dissolve(find_own(album_id, caller)))


def clear(name: str, deadline_ms: Callable[[], int]) -> bool:
    """Take pictures out of an album as long as there is time, and have the rest taken out in another call."""
    over = clearing.clear(name, lambda: deadline_ms() > _RESERVE_MS)
    if not over:
        clearing.ask_for(name)
    return over


def bring_back(ids: Sequence[str]) -> int:
    """Make albums again that the bucket tells of and the table has lost; return how many there were."""
    return sum(albums.bring_back(album_id) for album_id in ids)
