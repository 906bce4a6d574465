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
    words = [each.word for each in typed]
    listed = dict(zip(words, pool().map(lambda word: names.listed(word, _NAMESAKES), words), strict=True))
    usernames = _usernames(query)
    held = table.read(people.username_key(each) for each in dict.fromkeys(usernames.values()))
    subs = {row["sub"] for row in held} | {sub for found in listed.values() for sub in found}
    owners = [_owner(each, words, usernames) for each in names.among(subs).values()] if subs else []
    told = sorted((each for each in owners if each.words), key=lambda each: (-len(each.words), each.sub))
    return told[:MOST_OWNERS]


def _usernames(query: str) -> Mapping[str, str]:
    """Return the words of a query that may be usernames: as they are looked for, and as they are written."""
    written = [each.strip("@").casefold() for each in query.split()]
    return {tokens(each)[0].text: each for each in written if people.is_username(each) and len(tokens(each)) == 1}


def _owner(person: Person, words: Sequence[str], usernames: Mapping[str, str]) -> Owner:
    own = names.words_of(person.display_name)
    telling = {each for each in words if fold(each) in own or usernames.get(each) == person.username}
    return Owner(person.sub, person.display_name or person.username, frozenset(telling))
