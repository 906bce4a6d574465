"""Lists of people: who follows somebody, whom they follow, who follows both them and the caller."""

from typing import Literal

from gallery import limits
from gallery.api.paging import sealed_cursor, sub_in
from gallery.people import follows, names
from gallery.people.follows import Page
from gallery.people.people import Person
from gallery.pictures.access import Caller
from gallery.problems import invalid
from people.models import MatchingUsersAnswer, Suggestion, SuggestionsAnswer, UsersAnswer
from people.profiles import shown, users

_PARTITIONS = {"followers": follows.followers_of, "following": follows.followed_by}


def connections(
    kind: Literal["followers", "following"], of: Person, limit: int, cursor: str | None, caller: Caller
) -> UsersAnswer:
    """Return one page of those who follow somebody, or whom they follow."""
    circle = _PARTITIONS[kind](of.sub)
    page = follows.page(circle, limit, sub_in(cursor, circle))
    return _answer(page, caller, circle)


def mutual_followers(of: Person, viewer: Person, limit: int, cursor: str | None) -> UsersAnswer:
    """Return one page of those who follow both somebody and the viewer."""
    circle = ("MUTUAL", of.sub, viewer.sub)
    return _answer(follows.mutual(of, viewer, limit, sub_in(cursor, *circle)), Caller(viewer.sub), *circle)


def suggested(viewer: Person, limit: int = limits.SUGGESTIONS) -> SuggestionsAnswer:
    """Return people whom those follow whom the viewer follows, never somebody whom they follow already."""
    suggestions = follows.suggestions(viewer.sub, limit)
    return SuggestionsAnswer(
        users=[Suggestion(**shown(person), followed_by_me=False, shared=shared) for person, shared in suggestions]
    )


def named_like(query: str, viewer: Person) -> MatchingUsersAnswer:
    """Return people of whose names some words begin as those of a query; raises the 422 for less than two letters."""
    try:
        matching = names.beginning_with(query, limits.MOST_NAMED)
    except ValueError as error:
        raise invalid("query", "Give two letters of a name at the least.") from error
    return MatchingUsersAnswer(users=users(matching, Caller(viewer.sub)))


def _answer(page: Page, caller: Caller, *circle: str) -> UsersAnswer:
    return UsersAnswer(users=users(page.people, caller), next_cursor=sealed_cursor(page.next_sub, *circle))
