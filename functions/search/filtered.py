"""Search narrowed by filters: which pictures of a query pass them, and what there is without a query."""

import re
from collections.abc import Sequence

from gallery.api.filtering import Scope, Total
from gallery.api.image import present_all
from gallery.api.paging import place_cursor, place_in
from gallery.pictures import catalogue
from gallery.pictures.model import Picture
from gallery.problems import foreign_cursor
from search.models import Result, SearchAnswer, SearchTotal

_CURSOR = re.compile(r"(\d{1,4})(~?)\.(.+)")
"""The total that the first page told, with ~ where it is not exact, and the place to go on from."""


def passing(scope: Scope, candidates: Sequence[str], *, complete: bool) -> tuple[list[Picture], bool]:
    """Return the pictures that pass some filters and may answer a query, and whether these are all.

    Of a narrow list that is short enough these are its pictures, whatever else the query is about; else they come from
    the query's candidates as well, which may be `complete`.
    """
    pictures: list[Picture] = []
    if scope.source.narrow:
        listed = scope.first()
        if listed.next_id is None:
            return list(listed.pictures), True
        pictures += listed.pictures
    pictures += scope.admitted(catalogue.find_all(candidates))
    return list({picture.id: picture for picture in pictures}.values()), complete


def newest(scope: Scope, floor: float, limit: int, cursor: str | None) -> SearchAnswer:
    """Return a page of what some filters leave, in the order of their list; raises the 400 for a bad cursor.

    How many there are is counted for the first page, and handed on by the cursors.
    """
    if cursor is None:
        page, total = scope.opened(limit)
    else:
        total, after = _place(cursor, scope)
        page = scope.page(limit, after)
    more = place_cursor(page.next_id, *scope.name)
    return SearchAnswer(
        query=None,
        floor=floor,
        results=[Result(image=each, score=1, why=[]) for each in present_all(page.pictures, scope.caller)],
        next_cursor=more and f"{total.count}{'' if total.exact else '~'}.{more}",
        total=SearchTotal.model_validate(total),
    )


def _place(cursor: str, scope: Scope) -> tuple[Total, str | None]:
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise foreign_cursor()
    after = place_in(match[3], *scope.name).sk
    if after is not None and not scope.source.bounds.hold(after):
        raise foreign_cursor()
    return Total(int(match[1]), match[2] == ""), after
