"""The contract's Album: an album as somebody sees it through the API."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from gallery import limits
from gallery.albums import albums, complaints
from gallery.albums.albums import Album, Role
from gallery.api.image import Image, ImageOwner, present_all
from gallery.aws import table
from gallery.people import people
from gallery.people.people import Person
from gallery.pictures import album_lists, catalogue, months, rows
from gallery.pictures.access import Caller
from gallery.pictures.album_lists import Audience, Order
from gallery.pictures.catalogue import Page
from gallery.pictures.model import Picture
from gallery.settings import Visibility

_MAX_WORKERS = 8
"""How many albums are looked at at the same time."""


class AlbumReport(BaseModel):
    """Why somebody finds that a picture of an album should not be shown."""

    image_id: str
    reason: str


class AlbumView(BaseModel):
    """An album; `count`, `from`, `to` and `cover` are of what the caller sees of it."""

    id: str
    title: str
    description: str | None
    owner: str
    owner_name: ImageOwner | None
    visibility: Visibility
    order: Order
    cover: Image | None
    count: int
    first: Annotated[
        str | None, Field(serialization_alias="from", description="The day on which its first picture was taken")
    ]
    last: Annotated[str | None, Field(serialization_alias="to", description="The day of its last picture")]
    version: int
    created_at: str
    role: Annotated[Literal["owner"] | Role | None, Field(description="What the caller is to it")]
    pending: Annotated[int | None, Field(description="How many guests' pictures wait; for its owner alone")]
    reports: Annotated[list[AlbumReport] | None, Field(description="What guests have against pictures; likewise")]
    search: Annotated[None, Field(description="Always null so far", examples=[None])] = None


def present_albums(shown: Sequence[Album], caller: Caller) -> list[AlbumView]:
    """Return albums as the contract shows them to somebody who may see them."""
    owners = people.find_all(album.owner for album in shown)
    with ThreadPoolExecutor(_MAX_WORKERS) as pool:
        return list(pool.map(lambda album: _present(album, caller, owners.get(album.owner)), shown))


def present_album(album: Album, caller: Caller) -> AlbumView:
    """Return one album, likewise."""
    return _present(album, caller, people.find(album.owner))


def present_linked(album: Album, caller: Caller, audience: Audience | None) -> AlbumView:
    """Return an album as whoever has a link to it sees it; without an audience nothing but what it is called."""
    return _shown(album, caller, people.find(album.owner), audience)


def _present(album: Album, caller: Caller, owner: Person | None) -> AlbumView:
    audience = albums.audience_of(album, caller)
    who = albums.seen_through(album, caller) if audience == "all" else caller
    return _shown(album, who, owner, audience)


def _shown(album: Album, caller: Caller, owner: Person | None, audience: Audience | None) -> AlbumView:
    first, last = _span(album.id, audience) if audience else (None, None)
    own = caller.sub == album.owner
    return AlbumView(
        id=album.id,
        title=album.title,
        description=album.description,
        owner=album.owner,
        owner_name=ImageOwner.model_validate(owner) if owner and owner.active else None,
        visibility=album.visibility,
        order=album.order,
        cover=_cover(album, audience, caller) if audience else None,
        count=count(album.id, audience) if audience else 0,
        first=first,
        last=last,
        version=album.version,
        created_at=album.created_at,
        role=album.role_of(caller.sub),
        pending=waiting(album.owner, album.id) if own else None,
        reports=_reports(album) if own else None,
    )


def _reports(album: Album) -> list[AlbumReport]:
    """Return what guests have against pictures that the album shows; what was taken out of it is dealt with."""
    about = complaints.about(album)
    shown = {picture.id for picture in catalogue.find_all([*about]) if album.id in album_lists.shown_in(picture)}
    return [AlbumReport(image_id=image_id, reason=reason) for image_id, reason in about.items() if image_id in shown]


def count(album_id: str, audience: Audience) -> int:
    """Return how many pictures somebody sees in an album, as they are counted by month."""
    return sum(number for _, number in months.months(album_lists.as_owner(album_id), album_lists.visible_to(audience)))


def waiting(sub: str, album_id: str = "") -> int:
    """Return how many guests' pictures wait for somebody's answer, in one album or all; counted up to 1000."""
    partition = album_lists.by_review(sub)
    if album_id:
        return len(table.sort_keys_beginning(partition, f"{album_id}#", limits.MAX_WAITING))
    return len(table.sort_keys(partition, limits.MAX_WAITING))


def _span(album_id: str, audience: Audience) -> tuple[str | None, str | None]:
    partitions = _by_date(album_id, audience)
    ends = [catalogue.page(partitions, 1, upwards=upwards).pictures for upwards in (True, False)]
    return (ends[0][0].taken.at[:10], ends[1][0].taken.at[:10]) if all(ends) else (None, None)


def page_of(album: Album, audience: Audience, order: Order, limit: int, after: str | None = None) -> Page:
    """Return up to `limit` pictures of an album in one of its orders, going on below the sort key `after`."""
    return catalogue.page(partitions_of(album.id, audience, order), limit, after)


def partitions_of(album_id: str, audience: Audience, order: Order) -> list[str]:
    """Return the partitions that hold what somebody sees of an album, in an order."""
    if order == "taken":
        return _by_date(album_id, audience)
    partition = album_lists.by_added if order == "added" else album_lists.by_hand
    return [partition(album_id, visibility) for visibility in album_lists.visible_to(audience)]


def _by_date(album_id: str, audience: Audience) -> list[str]:
    return [
        rows.by_taken(visibility, album_lists.as_owner(album_id)) for visibility in album_lists.visible_to(audience)
    ]


def _cover(album: Album, audience: Audience, caller: Caller) -> Image | None:
    picture = cover_of(album, audience)
    return present_all([picture], caller)[0] if picture else None


def cover_of(album: Album, audience: Audience) -> Picture | None:
    """Return the picture that stands for an album: the one chosen if it is shown, else the first."""
    chosen = catalogue.find(album.cover) if album.cover else None
    if chosen and album.id in album_lists.shown_in(chosen) and chosen.visibility in album_lists.visible_to(audience):
        return chosen
    return next(iter(page_of(album, audience, album.order, 1).pictures), None)
