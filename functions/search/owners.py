"""The people whom a query names, whose pictures it finds: pictures do not say how their owners are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gallery.aws import table
from gallery.people import names, people
from gallery.people.people import Person
from gallery.vocabulary.words import fold, tokens
from search.lists import pool
from search.typed import Typed

MOST_OWNERS = 4
"""People whose pictures a query finds by their names at most, those first whom most of its words name."""
_NAMESAKES = 4
"""People looked at for each word."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody whom a query names, how they are called, and the words of the query that do."""

    sub: str
    name: str
    words: frozenset[str]


def owners_named(query: str, typed: Sequence[Typed]) -> Sequence[Owner]:
    """Return the people whom some words of a query name, by their username or by a word of their display name."""
    words = [word.word for word in typed]
    listed = dict(zip(words, pool().map(lambda word: names.listed(word, _NAMESAKES), words), strict=True))
    usernames = _usernames(query)
    rows = table.read(people.username_key(username) for username in dict.fromkeys(usernames.values()))
    subs = {row["sub"] for row in rows} | {sub for people_listed in listed.values() for sub in people_listed}
    owners = [_owner(person, words, usernames) for person in names.among(subs).values()] if subs else []
    named = sorted((owner for owner in owners if owner.words), key=lambda owner: (-len(owner.words), owner.sub))
    return named[:MOST_OWNERS]


def _usernames(query: str) -> Mapping[str, str]:
    """Return the words of a query that may be usernames: as they are looked for, and as they are written."""
    written = [word.strip("@").casefold() for word in query.split()]
    return {
        tokens(username)[0].text: username
        for username in written
        if people.is_username(username) and len(tokens(username)) == 1
    }


def _owner(person: Person, words: Sequence[str], usernames: Mapping[str, str]) -> Owner:
    own = names.words_of(person.display_name)
    telling = {word for word in words if fold(word) in own or usernames.get(word) == person.username}
    return Owner(person.sub, person.display_name or person.username, frozenset(telling))
