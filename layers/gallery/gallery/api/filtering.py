"""Pictures that filters leave to somebody, from the narrowest list that there is for one of the filters.

The list is read in its order, and what the other filters ask is asked of each of its pictures. So many are looked at
for an answer and no more: where few pass, a page is short, and its cursor leads on. There is no list of all private
pictures, so that admins find others' by their owner, an album or a query alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gallery.albums import albums
from gallery.api.album import partitions_of
from gallery.api.http import require_sub
from gallery.aws import table
from gallery.aws.table import EVERYTHING, Bounds
from gallery.people import favourites, people
from gallery.pictures import catalogue, rows
from gallery.pictures.access import Caller
from gallery.pictures.catalogue import Page
from gallery.pictures.filters import FAVOURITE, Filters, passes
from gallery.pictures.model import Picture
from gallery.pictures.viewing import may_see

MOST_LOOKED_AT = 1000
"""Pictures of a list that are looked at for an answer; up to so many are counted exactly."""
_BATCH, _ROUNDS = 100, 10
"""How many of them a further page looks at together, and how often."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many pictures there are, or, where that is not exact, at least."""

    count: int
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A list to look filters up in: how it is read, at which sort key a picture stands, and which filters it answers.

    Of its `partitions` the keys alone can be counted. What holds little besides the pictures of a filter is `narrow`.
    """

    read: Callable[[int, str | None], Page]
    sort_key: Callable[[Picture], str]
    answers: frozenset[str]
    narrow: bool = True
    partitions: Sequence[str] = ()
    bounds: Bounds = EVERYTHING


@dataclass(frozen=True, slots=True)
class Scope:
    """Somebody's filters and the list in which they are looked up; `caller` sees what the album shows, if one is named.

    `given` are all filters by their names, `rest` those that the list does not answer.
    """

    caller: Caller
    given: Mapping[str, Any]
    source: _Source

    @property
    def name(self) -> Sequence[str]:
        """What tells cursors of this list from those of others."""
        return ["filtered", *(f"{name}={value}" for name, value in self.given.items())]

    @property
    def rest(self) -> Mapping[str, Any]:
        """The filters that are asked of each picture of the list."""
        return {name: value for name, value in self.given.items() if name not in self.source.answers}

    def admitted(self, pictures: Iterable[Picture]) -> list[Picture]:
        """Return those of some pictures, of whichever list, that pass all filters and may be seen."""
        return self._passing(pictures, self.given)

    def first(self) -> Page:
        """Return all that pass among the first thousand pictures of the list."""
        part = self.source.read(MOST_LOOKED_AT, None)
        return Page(self._passing(part.pictures, self.rest), part.next_id)

    def page(self, limit: int, after: str | None) -> Page:
        """Return up to `limit` pictures below a sort key; fewer where a thousand others lie between."""
        pictures: list[Picture] = []
        for _ in range(_ROUNDS):
            part = self.source.read(_BATCH if self.rest else limit + 1 - len(pictures), after)
            pictures += self._passing(part.pictures, self.rest)
            after = part.next_id
            if after is None or len(pictures) > limit:
                break
        return self.cut(Page(pictures, after), limit)

    def cut(self, page: Page, limit: int) -> Page:
        """Return the first `limit` pictures of a page, going on behind them."""
        if len(page.pictures) <= limit:
            return page
        return Page(page.pictures[:limit], self.source.sort_key(page.pictures[limit - 1]))

    def opened(self, limit: int) -> tuple[Page, Total]:
        """Return the first page and how many pictures there are in all."""
        if self.rest or not self.source.partitions:
            listed = self.first()
            return self.cut(listed, limit), Total(len(listed.pictures), listed.next_id is None)
        keys, more = table.merged(self.source.partitions, MOST_LOOKED_AT, None, self.source.bounds)
        return self.page(limit, None), Total(len(keys), more is None)

    def _passing(self, pictures: Iterable[Picture], asked: Mapping[str, Any]) -> list[Picture]:
        """Return those of some pictures, each once, that may be seen and pass what is asked."""
        once = {picture.id: picture for picture in pictures}.values()
        passing = [each for each in once if may_see(each, self.caller) and passes(asked, each, self.caller)]
        if FAVOURITE not in asked:
            return passing
        chosen = favourites.among(passing, self.caller)
        return [each for each in passing if each.id in chosen]


def scope_of(filters: Filters, caller: Caller) -> Scope:
    """Return where to look somebody's filters up.

    Raises the 404 for an album that does not exist for them, and the 401 for what is their own of somebody unknown.
    """
    if filters.owner is not None:
        filters = replace(filters, owner=_sub_of(filters.owner, caller))
    if filters.album is not None:
        return _in_album(filters, caller)
    return Scope(caller, filters.given(), _source(filters, caller))


def _sub_of(owner: str, caller: Caller) -> str:
    """Return whose pictures are meant: one's own (`me`), or those of who has a username or an account."""
    if owner == "me":
        return require_sub(caller)
    person = people.by_username(owner)
    return person.sub if person and person.active else owner


def _in_album(filters: Filters, caller: Caller) -> Scope:
    album = albums.find_for(filters.album or "", caller)
    audience = albums.audience_of(album, caller) or "public"
    who = albums.seen_through(album, caller) if audience == "all" else caller
    if filters.favourite or filters.has_place is not None:
        require_sub(caller)
    return Scope(who, filters.given(), _by_date(partitions_of(album.id, audience, "taken"), filters, "album"))


def _source(filters: Filters, caller: Caller) -> _Source:
    if filters.favourite:
        return _favourites(require_sub(caller))
    if filters.owner is not None:
        return _by_date(_of_owner(filters.owner, caller), filters, "owner")
    if filters.has_place is not None:
        return _by_date(_of_owner(require_sub(caller), caller), filters)
    if filters.label is not None:
        return _labelled(filters.label, caller)
    own = [] if caller.sub is None else [rows.by_taken("private", caller.sub), rows.by_taken("archived", caller.sub)]
    everything = _by_date([rows.by_taken("public"), *own], filters)
    return everything if filters.first or filters.last else replace(everything, narrow=False)


def _favourites(sub: str) -> _Source:
    return _Source(
        read=partial(favourites.page, sub, tidy=False),
        sort_key=lambda picture: favourites.sort_key(picture, sub) or "",
        answers=frozenset({FAVOURITE}),
    )


def _of_owner(sub: str, caller: Caller) -> Sequence[str]:
    """Return the lists by date of what a caller may see of somebody's pictures."""
    public = [rows.by_taken("public", sub)]
    if not (caller.admin or caller.sub == sub):
        return public
    return [*public, rows.by_taken("private", sub), rows.by_taken("archived", sub)]


def _by_date(partitions: Sequence[str], filters: Filters, *answers: str) -> _Source:
    bounds = Bounds(filters.first, f"{filters.last}~" if filters.last else None)
    return _Source(
        read=partial(catalogue.page, partitions, bounds=bounds),
        sort_key=lambda picture: f"{picture.taken.at}#{picture.id}",
        answers=frozenset({"first", "last", *answers}),
        partitions=partitions,
        bounds=bounds,
    )


def _labelled(label: str, caller: Caller) -> _Source:
    """Return the list of public pictures of a label, and all of the caller's own, which have no lists by label."""
    own = [] if caller.sub is None else [rows.by_owner(caller.sub, private=True), rows.by_archive(caller.sub)]
    partitions = [rows.by_label(label), *own]
    return _Source(
        read=partial(catalogue.page, partitions),
        sort_key=lambda picture: picture.id,
        answers=frozenset() if own else frozenset({"label"}),
        partitions=partitions,
    )
