"""Finding people by a word of the name that others see of them.

| pk | sk | What |
|---|---|---|
| `NAME#{word}` | `{sub}` | somebody in whose display name a word stands, in plain letters |

A row may be behind the times; whoever reads it looks at the person. Usernames have rows of their own, see
gallery.people.people.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from gallery.aws import table
from gallery.people import people
from gallery.people.people import Person
from gallery.pictures import index
from gallery.vocabulary.words import fold, tokens

VERSION = 1
"""Of the way in which names are entered; the sweeper enters those again that were in an older one."""

MOST_WORDS = 24
"""Words and parts of words of a display name that somebody is found by."""


def words_of(display_name: str | None) -> Collection[str]:
    """Return the words that somebody is found by who is called that: in plain letters, whole ones first."""
    terms = [
        (term, exactness) for token in tokens(display_name or "") for term, exactness in index.terms(token).items()
    ]
    plain = dict.fromkeys(fold(term) for term, _ in sorted(terms, key=lambda pair: -pair[1]))
    return list(plain)[:MOST_WORDS]


def key(word: str, sub: str) -> table.Row:
    """Return the key of the row that says in whose name a word stands."""
    return table.key(f"NAME#{word}", sub)


def renamed(old: Person, display_name: str | None) -> list[Any]:
    """Return the writes that let somebody be found by a new display name and no more by the old one."""
    before, after = words_of(old.display_name), words_of(display_name)
    gone = [table.delete(key(word, old.sub)) for word in before if word not in after]
    return gone + [table.put(key(word, old.sub)) for word in after if word not in before]


def enter(person: Person) -> None:
    """Write the rows about somebody's name, whatever is there, unless they are blocked or renamed meanwhile."""
    if not (rows := keys(person)):
        return
    unchanged = table.change(
        people.person_key(person.sub),
        UpdateExpression="SET display_name = :name",
        ConditionExpression="#state = :active AND display_name = :name",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":active": "active", ":name": person.display_name},
    )
    with suppress(table.Conflict):
        table.transact_write([unchanged, *map(table.put, rows)])


def keys(person: Person) -> list[table.Row]:
    """Return all rows about somebody's name, which are nothing but their keys."""
    return [key(word, person.sub) for word in words_of(person.display_name)]


def listed(word: str, limit: int) -> Sequence[str]:
    """Return the `sub` of people in whose names a word may stand, at most `limit`."""
    return table.sort_keys(f"NAME#{fold(word)}", limit)


def among(subs: Collection[str]) -> Mapping[str, Person]:
    """Return those of some people whom others may see."""
    return {sub: person for sub, person in people.find_all(subs).items() if person.active}
