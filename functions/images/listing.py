"""Lists of pictures: everyone's, one owner's, one label's, one state's, or exactly those asked for."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Literal, Protocol

from gallery import limits
from gallery.albums import albums
from gallery.albums.albums import Album
from gallery.api.album import partitions_of
from gallery.api.http import require_sub
from gallery.api.image import Image, present_all
from gallery.api.paging import Place, place_cursor, place_in
from gallery.aws.table import EVERYTHING, Bounds
from gallery.people import favourites
from gallery.pictures import album_lists, catalogue, label_counts, months, rows
from gallery.pictures.access import Caller
from gallery.pictures.album_lists import Audience
from gallery.pictures.catalogue import Page
from gallery.pictures.model import IMAGE_ID, Picture
from gallery.pictures.rows import DateList
from gallery.pictures.viewing import find_image, may_see, with_albums
from gallery.problems import FieldError, Problem, foreign_cursor, invalid, no_such_image
from images.fields import BESIDE
from images.models import ImagesAnswer, ImagesAround, LabelCount, LabelsAnswer, MonthCount, TimelineAnswer


@dataclass(frozen=True, slots=True)
class Filter:
    """Which pictures to list; at most one of these may be given."""

    label: str | None = None
    owner: str | None = None
    status: str | None = None
    ids: str | None = None
    favourite: bool | None = None
    archived: bool | None = None
    trashed: bool | None = None
    album: str | None = None
    review: Literal["pending"] | None = None

    def given(self) -> list[str]:
        """Return the names of the filters in use."""
        return [name for name in self.__slots__ if getattr(self, name) is not None]


@dataclass(frozen=True, slots=True)
class Order:
    """In which order, and when the pictures were taken that are to be listed: days, both included.

    None is by when they were added, and in an album its own.
    """

    by: album_lists.Order | None = None
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is wanted: so many pictures, from a cursor on, or with one picture among them.

    `fields` are those of their images that are; None for all.
    """

    limit: int
    cursor: str | None = None
    around: str | None = None
    fields: Collection[str] | None = None


class _Read(Protocol):
    def __call__(self, limit: int, after: str | None, *, upwards: bool) -> Page: ...


@dataclass(frozen=True, slots=True)
class _Listing:
    """A list as a caller may see it: how a part of it is read, at which sort key a picture stands, between which."""

    read: _Read
    sort_key: Callable[[Picture], str | None]
    bounds: Bounds = EVERYTHING

    def part(self, limit: int, after: str | None, *, upwards: bool = False) -> Page:
        """Return up to `limit` pictures below a sort key, or above it, nearest first; of 0 whether there are any."""
        page = self.read(max(1, limit), after, upwards=upwards)
        if limit:
            return page
        return Page([], after if page.pictures or page.next_id else None)


_Show = Callable[[Sequence[Picture]], list[Image]]
"""Returns those of some pictures that a caller may see as they are shown to them."""


def list_images(filter_: Filter, order: Order, part: Part, caller: Caller) -> ImagesAnswer:
    """Return one page.

    Raises 422 for what can't be asked for together, 400 for a cursor of another list, and 404 for a picture that the
    list is to be shown around and that is not in it.
    """
    _require_possible(filter_, order, part)
    if filter_.album and not filter_.review:
        return _in_album(albums.find_for(filter_.album, caller), order, part, caller)
    if filter_.ids is not None:
        return _exactly(_ids(filter_.ids), part, caller)
    listing = _listing(filter_, order, caller)
    name = (
        order.by or "added",
        order.first or "",
        order.last or "",
        *(f"{name}={getattr(filter_, name)}" for name in filter_.given()),
    )
    return _page(listing, name, part, caller)


def _shown_to(caller: Caller, part: Part) -> _Show:
    return partial(_visible, caller=caller, beside=part.fields is None or not BESIDE.isdisjoint(part.fields))


def _page(listing: _Listing, name: Sequence[str], part: Part, caller: Caller) -> ImagesAnswer:
    show = _shown_to(caller, part)
    if part.around is not None:
        return _around(listing, name, find_image(part.around, caller), part.limit, show)
    place = place_in(part.cursor, *name)
    if place.sk and not listing.bounds.hold(place.sk):
        raise foreign_cursor()
    return (_above if place.upwards else _below)(listing, name, place, part.limit, show)


def in_album(album: Album, audience: Audience, order: Order, part: Part, caller: Caller) -> ImagesAnswer:
    """Return one page of an album as an audience sees it, for a caller of it."""
    by = order.by or album.order
    if by != "taken":
        _require_no_days(order)
    bounds = Bounds(order.first, f"{order.last}~" if order.last else None)
    listing = _of(partitions_of(album.id, audience, by), bounds)
    return _page(listing, (by, order.first or "", order.last or "", f"album={album.id}"), part, caller)


def _in_album(album: Album, order: Order, part: Part, caller: Caller) -> ImagesAnswer:
    audience = albums.audience_of(album, caller) or "public"
    who = albums.seen_through(album, caller) if audience == "all" else caller
    return in_album(album, audience, order, part, who)


def in_list(partitions: Sequence[str], name: Sequence[str], part: Part, caller: Caller) -> ImagesAnswer:
    """Return one page of a list that is at hand, for a caller of it."""
    return _page(_of(partitions), name, part, caller)


def _below(listing: _Listing, name: Sequence[str], place: Place, limit: int, show: _Show) -> ImagesAnswer:
    page = listing.part(limit, place.sk)
    return ImagesAnswer(images=show(page.pictures), next_cursor=place_cursor(page.next_id, *name))


def _above(listing: _Listing, name: Sequence[str], place: Place, limit: int, show: _Show) -> ImagesAround:
    """Return the page that ends above a place, in the list's order."""
    page = listing.part(limit, place.sk, upwards=True)
    lowest = listing.sort_key(page.pictures[0]) if page.pictures else None
    return ImagesAround(
        images=show(page.pictures[::-1]),
        next_cursor=place_cursor(lowest, *name),
        previous_cursor=place_cursor(page.next_id, *name, upwards=True),
    )


def _around(listing: _Listing, name: Sequence[str], picture: Picture, limit: int, show: _Show) -> ImagesAround:
    """Return the page in the middle of which a picture stands; raises the 404 where the list does not have it."""
    sk = listing.sort_key(picture)
    if sk is None or not listing.bounds.hold(sk):
        raise no_such_image()
    above = listing.part((limit - 1) // 2, sk, upwards=True)
    below = listing.part(limit - 1 - len(above.pictures), sk)
    return ImagesAround(
        images=show([*above.pictures[::-1], picture, *below.pictures]),
        next_cursor=place_cursor(below.next_id, *name),
        previous_cursor=place_cursor(above.next_id, *name, upwards=True),
    )


def _require_possible(filter_: Filter, order: Order, part: Part) -> None:
    """Raise the 422 for what can't be asked for together."""
    if len(filter_.given()) > 1 and filter_.given() != ["album", "review"]:
        raise _refused(
            filter_.given(),
            "Use only one of label, owner, status, ids, favourite, archived, trashed, album and review.",
        )
    if order.by == "manual" and filter_.given() != ["album"]:
        raise invalid("order", "Only pictures of an album have an order that was made by hand.")
    if order.by != "taken" and filter_.given() != ["album"]:
        _require_no_days(order)
    if order.by == "taken" and not set(filter_.given()) <= {"owner", "favourite", "archived", "album"}:
        raise _refused(
            filter_.given(), "Not with order=taken, which is for all pictures, owner, favourite, archived and album."
        )
    if order.first and order.last and order.last < order.first:
        raise invalid("to", "It lies before from.")
    if part.around is not None and (part.cursor is not None or filter_.ids is not None):
        raise invalid("around", "Neither with cursor nor with ids.")


def _require_no_days(order: Order) -> None:
    if order.first or order.last:
        days = {"from": order.first, "to": order.last}
        raise _refused([name for name, day in days.items() if day], "Only with order=taken.")


def _refused(names: Sequence[str], detail: str) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, [FieldError(name, detail) for name in names])


def _listing(filter_: Filter, order: Order, caller: Caller) -> _Listing:
    """Return the list that is wanted; raises the 401 for one's own of somebody unknown."""
    if order.by == "taken":
        sub, names = _dated(filter_, caller)
        bounds = Bounds(order.first, f"{order.last}~" if order.last else None)
        return _of([rows.by_taken(name, sub) for name in names], bounds)
    if filter_.favourite:
        sub = require_sub(caller)
        return _Listing(partial(_favourites, sub), lambda picture: favourites.sort_key(picture, sub))
    if filter_.review:
        return _waiting(filter_.album, caller)
    if filter_.status == "captioned":
        return _of([rows.PUBLIC], only="captioned")
    return _of([_partition(filter_, caller)])


def _waiting(album_id: str | None, caller: Caller) -> _Listing:
    """Return the guests' pictures that wait for a caller's answer; raises the 401, or of another's album the 404."""
    sub = require_sub(caller)
    if album_id and albums.find_for(album_id, caller).owner != sub:
        raise albums.no_such_album()
    bounds = Bounds(f"{album_id}#", f"{album_id}#~") if album_id else EVERYTHING
    return _of([album_lists.by_review(sub)], bounds)


def _of(
    partitions: Sequence[str], bounds: Bounds = EVERYTHING, *, only: Literal["captioned"] | None = None
) -> _Listing:
    def sort_key(picture: Picture) -> str | None:
        posted = (sk for pk, sk in rows.postings(picture) if pk in partitions)
        return next(posted, None) if only in {None, picture.status} else None

    return _Listing(partial(catalogue.page, partitions, bounds=bounds, only=only), sort_key, bounds)


def _favourites(sub: str, limit: int, after: str | None, *, upwards: bool) -> Page:
    """Return a part of somebody's favourites; short where those of others were archived or put into the trash."""
    page = favourites.page(sub, limit, after, upwards=upwards)
    return Page([picture for picture in page.pictures if not (picture.trashed_at or picture.archived)], page.next_id)


def _dated(filter_: Filter, caller: Caller) -> tuple[str | None, Sequence[DateList]]:
    """Return which lists by date a caller is to see, and whose they are; raises the 401 for what needs a sign-in."""
    if filter_.favourite:
        return require_sub(caller), ["favourites"]
    if filter_.archived:
        return require_sub(caller), ["archived"]
    if filter_.owner is None:
        return None, ["public"]
    sub = _owner(filter_.owner, caller)
    return sub, ["public", "private"] if caller.admin or caller.sub == sub else ["public"]


def _dated_of_album(album_id: str, caller: Caller) -> tuple[str, Sequence[DateList]]:
    audience = albums.audience_of(albums.find_for(album_id, caller), caller) or "public"
    return album_lists.as_owner(album_id), album_lists.visible_to(audience)


def _owner(named: str, caller: Caller) -> str:
    return require_sub(caller) if named == "me" else named


def timeline(filter_: Filter, caller: Caller) -> TimelineAnswer:
    """Return the months, newest first, of what is listed by date; raises the 422 for two filters, the 401 likewise."""
    _require_possible(filter_, Order("taken"), Part(1))
    counted = months.months(*_dated_of_album(filter_.album, caller) if filter_.album else _dated(filter_, caller))
    return TimelineAnswer(months=[MonthCount(month=month, count=number) for month, number in counted])


def list_labels() -> LabelsAnswer:
    """Return the thousand most used labels of public pictures, by name where they are used equally often."""
    counts, _ = label_counts.counts()
    used = sorted(
        (count for count in counts if count.count > 0), key=lambda count: (-count.count, count.label.casefold())
    )
    return LabelsAnswer(
        labels=[LabelCount(label=count.label, count=count.count) for count in used[: limits.MAX_LABEL_LIST]]
    )


def _visible(pictures: Sequence[Picture], caller: Caller, *, beside: bool) -> list[Image]:
    return present_all((picture for picture in pictures if may_see(picture, caller)), caller, beside=beside)


def _exactly(ids: Sequence[str], part: Part, caller: Caller) -> ImagesAnswer:
    pictures = catalogue.find_all(ids)
    hidden = [picture for picture in pictures if not may_see(picture, caller)]
    return ImagesAnswer(images=_shown_to(with_albums(caller, hidden), part)(pictures), next_cursor=None)


def _ids(text: str) -> list[str]:
    ids = [part.strip() for part in text.split(",") if part.strip()]
    if len(ids) > limits.MAX_IDS:
        raise invalid("ids", f"At most {limits.MAX_IDS} ids at once.")
    if not all(re.match(IMAGE_ID, image_id) for image_id in ids):
        raise invalid("ids", "Ids are ULIDs, separated by commas.")
    return ids


def _partition(filter_: Filter, caller: Caller) -> str:
    if filter_.archived or filter_.trashed:
        return (rows.by_archive if filter_.archived else rows.by_trash)(require_sub(caller))
    if filter_.label is not None:
        return rows.by_label(filter_.label)
    if filter_.owner is not None:
        sub = _owner(filter_.owner, caller)
        return rows.by_owner(sub, private=caller.admin or caller.sub == sub)
    if filter_.status == "failed":
        return _failures(caller)
    if filter_.status is not None:
        return rows.by_status(filter_.status)
    return rows.PUBLIC


def _failures(caller: Caller) -> str:
    """Return the list of the failed pictures that a caller may see: an admin all, an owner their own, others none."""
    if caller.admin:
        return rows.FAILURES
    return rows.by_failed(caller.sub) if caller.sub else rows.by_status("failed")
