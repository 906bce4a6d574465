"""Lists of people: who follows somebody, whom they follow, who follows both them and the caller."""

import re
from typing import Literal

from gallery import follows, limits
from gallery.access import Caller
from gallery.follows import Page
from gallery.people import SUB, Person
from gallery.problems import foreign_cursor
from people.models import Suggestion, SuggestionsAnswer, UsersAnswer
from people.profiles import shown, users

_PARTITIONS = {"followers": follows.followers_of, "following": follows.followed_by}


def connections(
    kind: Literal["followers", "following"], of: Person, limit: int, cursor: str | None, caller: Caller
) -> UsersAnswer:
    """Return one page of those who follow somebody, or whom they follow."""
    return _answer(follows.page(_PARTITIONS[kind](of.sub), limit, _position(cursor)), caller)


def mutual_followers(of: Person, viewer: Person, limit: int, cursor: str | None) -> UsersAnswer:
    """Return one page of those who follow both somebody and the viewer."""
    return _answer(follows.mutual(of, viewer, limit, _position(cursor)), Caller(viewer.sub))


def suggested(viewer: Person, limit: int = limits.SUGGESTIONS) -> SuggestionsAnswer:
    """Return people whom those follow whom the viewer follows, never somebody whom they follow already."""
    found = follows.suggestions(viewer.sub, limit)
    return SuggestionsAnswer(
        users=[Suggestion(**shown(each), followed_by_me=False, shared=shared) for each, shared in found]
    )


def _answer(page: Page, caller: Caller) -> UsersAnswer:
    return UsersAnswer(users=users(page.people, caller), next_cursor=page.next_sub)


def _position(cursor: str | None) -> str | None:
    if cursor is not None and not re.fullmatch(SUB, cursor):
        raise foreign_cursor()
    return cursor
