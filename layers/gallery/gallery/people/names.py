"""Finding people by a word of the name that others see of them, or by the beginning of one.

| pk | sk | What |
|---|---|---|
| `NAME#{word}` | `{sub}` | somebody in whose display name a word stands, in plain letters |
| `INITIALS#{two letters}` | `{word}#{sub}` | somebody in whose display name, or chosen username, a word begins so |

A row may be behind the times; whoever reads it looks at the person. Whole usernames have rows of their own, see
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

VERSION = 2
"""Of the way in which names are entered; the sweeper enters those again that were in an older one."""

MOST_WORDS = 24
"""Words and parts of words of a display name that somebody is found by."""

_INITIALS, _MOST_BEGINNINGS = 2, 10
"""Letters that a beginning has at the least; words of somebody's names that are looked for by theirs."""
_LOOKED_AT = 50
"""People at most of whose names one begins as is asked for who are looked at."""


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


def _initials_key(word: str, sub: str) -> table.Row:
    return table.key(f"INITIALS#{word[:_INITIALS]}", f"{word}#{sub}")


def renamed(old: Person, new: Person) -> list[Any]:
    """Return the writes that let somebody be found by their new names and no more by the old ones."""
    before, after = keys(old), keys(new)
    gone = [table.delete(row) for row in before if row not in after]
    return gone + [table.put(row) for row in after if row not in before]


def enter(person: Person) -> None:
    """Write the rows about somebody's names, whatever is there, unless they are blocked or renamed meanwhile."""
    if not (entered := keys(person)):
        return
    condition, values = unchanged(person)
    as_it_was = table.change(
        people.person_key(person.sub),
        UpdateExpression="SET username = :was_username",
        ConditionExpression=f"#state = :active AND {condition}",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":active": "active", **values},
    )
    with suppress(table.Conflict):
        table.transact_write([as_it_was, *map(table.put, entered)])


def unchanged(person: Person) -> tuple[str, table.Row]:
    """Return the condition that somebody still has the names whose rows are to be changed, and its values."""
    was: table.Row = {":was_username": person.username}
    if person.display_name is None:
        return "username = :was_username AND attribute_not_exists(display_name)", was
    return "username = :was_username AND display_name = :was_called", {**was, ":was_called": person.display_name}


def keys(person: Person) -> list[table.Row]:
    """Return all rows about somebody's names, which are nothing but their keys."""
    whole = [key(word, person.sub) for word in words_of(person.display_name)]
    return whole + [_initials_key(word, person.sub) for word in _beginning(person)]


def _beginning(person: Person) -> Collection[str]:
    """Return the words of somebody's names by whose beginnings they are found, those of the username first."""
    chosen = person.username if person.username_chosen else None
    words = dict.fromkeys([*words_of(chosen), *words_of(person.display_name)])
    return [word for word in words if len(word) >= _INITIALS][:_MOST_BEGINNINGS]


def beginning_with(text: str, limit: int) -> Sequence[Person]:
    """Return people of whose names some words begin with all those of a text, by how they are called, at most `limit`.

    Raises ValueError where no word of the text has two letters. No more than 50 people are looked at.
    """
    terms = [fold(token.text) for token in tokens(text)]
    longest = max(terms, key=len, default="")
    if len(longest) < _INITIALS:
        raise ValueError(text)
    listed = table.sort_keys_beginning(f"INITIALS#{longest[:_INITIALS]}", longest, _LOOKED_AT)
    there = among({sk.rpartition("#")[2] for sk in listed})
    matching = (person for person in there.values() if _begins(person, terms))
    return sorted(matching, key=_called)[:limit]


def _called(person: Person) -> tuple[str, str]:
    return (person.display_name or person.username).casefold(), person.sub


def _begins(person: Person, terms: Collection[str]) -> bool:
    words = [*words_of(person.username), *words_of(person.display_name)]
    return all(any(word.startswith(term) for word in words) for term in terms)


def listed(word: str, limit: int) -> Sequence[str]:
    """Return the `sub` of people in whose names a word may stand, at most `limit`."""
    return table.sort_keys(f"NAME#{fold(word)}", limit)


def among(subs: Collection[str]) -> Mapping[str, Person]:
    """Return those of some people whom others may see."""
    return {sub: person for sub, person in people.find_all(subs).items() if person.active}
