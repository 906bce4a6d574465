"""Who follows whom: an edge each way, changed together with the counts of both in one transaction.

| pk | sk | What |
|---|---|---|
| `FOLLOWERS#{sub}` | `{sub}` | somebody who follows them, since when |
| `FOLLOWING#{sub}` | `{sub}` | somebody whom they follow, since when |

Lists are in the order of `sub`, the same in all of them, so that two of them can be walked side by side.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from gallery.aws import table
from gallery.people import people
from gallery.people.people import Person
from gallery.timestamps import now

_ROUNDS = 5
"""How often a page is topped up; more would let a page cost without bound."""
_MUTUALLY_READ = 100
"""How many of somebody's followers are compared with another's in a round."""
_FRIENDS, _OF_THEIRS = 50, 100
"""Of how many that one follows suggestions are made, and how many that each of those follows are looked at."""
_MAX_WORKERS = 8
"""How many lists are read at the same time."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: people in order, and the `sub` to go on from, None at the end."""

    people: Sequence[Person]
    next_sub: str | None


def followers_of(sub: str) -> str:
    """Return the partition of those who follow somebody."""
    return f"FOLLOWERS#{sub}"


def followed_by(sub: str) -> str:
    """Return the partition of those whom somebody follows."""
    return f"FOLLOWING#{sub}"


def follow(follower: str, followee: str) -> None:
    """Have one person (`sub`) follow another; idempotent.

    Raises the 404 where the other is not active (any more), the 401 or 403 where the first isn't.
    """
    actions = [
        *(table.put_new({**key, "since": now()}) for key in _edges(follower, followee)),
        people.counted(followee, "followers", 1),
        people.counted(follower, "following", 1),
    ]
    _change(actions, lambda: follows(follower, followee) or _both_active(follower, followee))


def unfollow(follower: str, followee: str) -> None:
    """Have one person (`sub`) no longer follow another; idempotent."""
    actions = [
        *map(table.delete_existing, _edges(follower, followee)),
        people.counted(followee, "followers", -1),
        people.counted(follower, "following", -1),
    ]
    _change(actions, lambda: not follows(follower, followee))


def _change(actions: Sequence[Any], is_so: Callable[[], bool]) -> None:
    """Do all of it unless it is so already."""
    table.retry_on_conflict(lambda: None if is_so() else table.transact_write(actions))


def _both_active(follower: str, followee: str) -> bool:
    """Raise what keeps one person from following another; else return False, since so far they don't."""
    pair = people.find_all([follower, followee])
    if followee not in pair or not pair[followee].active:
        raise people.no_such_person()
    people.require_active(pair[follower])
    return False


def _edges(follower: str, followee: str) -> tuple[table.Row, table.Row]:
    return table.key(followers_of(followee), follower), table.key(followed_by(follower), followee)


def follows(follower: str, followee: str) -> bool:
    """Tell whether one person follows another at this moment."""
    return table.get(table.key(followed_by(follower), followee)) is not None


def followed_among(follower: str, others: Iterable[str]) -> set[str]:
    """Return which of some people somebody follows."""
    return _standing(followed_by(follower), others)


def _standing(partition: str, subs: Iterable[str]) -> set[str]:
    keys = [table.key(partition, sub) for sub in dict.fromkeys(subs)]
    return {row["sk"] for row in table.read(keys, ProjectionExpression="sk")}


def page(partition: str, limit: int, after: str | None) -> Page:
    """Return up to `limit` active people of a list, going on behind `after`."""
    return _page(partial(table.newest, partition, limit + 1), lambda subs: subs, limit, after)


def mutual(one: Person, other: Person, limit: int, after: str | None) -> Page:
    """Return up to `limit` active people who follow both, fewer where the search for them takes long."""
    fewer, more = sorted((one, other), key=lambda person: person.followers)
    read = partial(table.newest, followers_of(fewer.sub), _MUTUALLY_READ)
    return _page(read, partial(_standing, followers_of(more.sub)), limit, after)


def _page(
    read: Callable[[str | None], tuple[list[table.Row], str | None]],
    kept_of: Callable[[Sequence[str]], Collection[str]],
    limit: int,
    after: str | None,
) -> Page:
    kept_people: list[Person] = []
    for _ in range(_ROUNDS):
        listed, after = read(after)
        subs = [row["sk"] for row in listed]
        kept = kept_of(subs)
        known = people.find_all(person_id for person_id in subs if person_id in kept)
        kept_people += [known[person_id] for person_id in subs if person_id in known and known[person_id].active]
        if after is None or len(kept_people) > limit:
            break
    return (
        Page(kept_people[:limit], kept_people[limit - 1].sub) if len(kept_people) > limit else Page(kept_people, after)
    )


def suggestions(sub: str, limit: int) -> list[tuple[Person, int]]:
    """Return active people whom those follow whom somebody follows, and how many of them do, most first.

    Never somebody whom they follow already. It looks at some of those they follow alone, so that it costs the same
    for everybody.
    """
    friends = table.sort_keys(followed_by(sub), _FRIENDS)
    with ThreadPoolExecutor(_MAX_WORKERS) as pool:
        theirs = pool.map(lambda friend: table.sort_keys(followed_by(friend), _OF_THEIRS), friends)
        shared = Counter(person_id for listed in theirs for person_id in listed)
    best = sorted(shared.keys() - {sub, *friends}, key=lambda person_id: (-shared[person_id], person_id))[: 10 * limit]
    known, followed = people.find_all(best), followed_among(sub, best)
    suggested = [
        known[person_id]
        for person_id in best
        if person_id not in followed and person_id in known and known[person_id].active
    ]
    return [(person, shared[person.sub]) for person in suggested[:limit]]
