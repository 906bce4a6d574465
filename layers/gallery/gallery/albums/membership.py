"""Putting pictures into albums and taking them out: changes of the pictures, which say themselves in which they are.

Nothing that others say of a picture changes with it, so none of these is a version that its owner could miss.
"""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from gallery import limits
from gallery.albums import albums, visits
from gallery.albums.albums import Album
from gallery.albums.links import Link
from gallery.pictures import catalogue
from gallery.pictures.model import Membership, Picture
from gallery.problems import Problem


def add(picture: Picture, album: Album, sub: str, *, originals: bool | None, since: str) -> Picture:
    """Put a picture of somebody's own into an album; return it as it is then. One that is in it stays where it is.

    `originals` is whether those who have a link may have the original: by default of the album's owner's alone. Raises
    the 409 where the picture is in too many albums, and table.Conflict where it was changed meanwhile or the album has
    gone or let the person go.
    """
    present = picture.albums.get(album.id)
    if present is None:
        allowed = sub == album.owner if originals is None else originals
        return _with(picture, album.id, Membership(since=since, by=sub, originals=allowed), sub)
    allowed = present.originals if originals is None else originals
    accepted = replace(present, originals=allowed, pending=False)
    return picture if accepted == present else _with(picture, album.id, accepted, sub)


def _with(picture: Picture, album_id: str, membership: Membership, sub: str) -> Picture:
    kept = picture.albums
    if album_id not in kept and len(kept) >= limits.MAX_ALBUMS_OF_PICTURE:
        kept = _existing(kept)
    if album_id not in kept and len(kept) >= limits.MAX_ALBUMS_OF_PICTURE:
        raise Problem(
            HTTPStatus.CONFLICT, f"An image can be in {limits.MAX_ALBUMS_OF_PICTURE} albums, and this one is."
        )
    return _stored(picture, {**kept, album_id: membership}, albums.takes_from(album_id, sub))


def _existing(memberships: Mapping[str, Membership]) -> Mapping[str, Membership]:
    """Return those of some memberships whose albums there are."""
    there = {album.id for album in albums.find_all(memberships)}
    return {album_id: album for album_id, album in memberships.items() if album_id in there}


def remove(picture: Picture, album_id: str) -> Picture:
    """Take a picture out of an album; return it as it is then. Raises table.Conflict where it was changed meanwhile."""
    return catalogue.change(picture, without(picture, album_id)) if album_id in picture.albums else picture


def without(picture: Picture, album_id: str) -> Picture:
    """Return the next version of a picture, which is not in an album."""
    kept = {other: membership for other, membership in picture.albums.items() if other != album_id}
    return replace(picture, albums=kept, uncounted=picture.uncounted + 1)


def accept(picture: Picture, album_id: str) -> Picture:
    """Show a guest's picture in the album that it was added to; likewise."""
    return _changed(picture, album_id, pending=False)


def let_in(picture: Picture) -> Picture:
    """Return a guest's picture as its bytes arrive: it waits for the owner unless its link still shows it at once.

    The link may have ended, or come to want a review, since the guest got the ticket.
    """
    memberships = {album_id: _let_in(membership) for album_id, membership in picture.albums.items()}
    return picture if memberships == picture.albums else replace(picture, albums=memberships)


def _let_in(membership: Membership) -> Membership:
    if membership.visit is None or membership.pending:
        return membership
    return replace(membership, pending=_wants_review(visits.link_of(membership.visit)))


def _wants_review(link: Link | None) -> bool:
    return link is None or link.review


def rank(picture: Picture, album_id: str, place: str) -> Picture:
    """Give a picture a place in the order of an album that people make by hand; likewise."""
    return _changed(picture, album_id, rank=place)


def _changed(picture: Picture, album_id: str, **changes: object) -> Picture:
    if (present := picture.albums.get(album_id)) is None:
        return picture
    changed = replace(present, **changes)  # type: ignore[arg-type] # attributes of its own, by their names
    return picture if changed == present else _stored(picture, {**picture.albums, album_id: changed})


def _stored(picture: Picture, memberships: Mapping[str, Membership], *required: object) -> Picture:
    new = replace(picture, albums=memberships, uncounted=picture.uncounted + 1)
    return catalogue.change(picture, new, extra_writes=required)
