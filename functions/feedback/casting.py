"""Casting votes: each vote and every sum it is part of change in one transaction, or none of them does.

What stands in the table is read first, and every write holds only as long as that is still so. Whoever comes second
reads again; a vote that stands already costs nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from feedback.voters import Voter
from gallery import limits
from gallery.aws import table
from gallery.feedback import votes
from gallery.timestamps import now

Vote = Literal[1, -1]
"""For and against a picture."""

_BATCH = 30
"""Votes in a transaction: each takes up to three of its hundred actions."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A vote in the table, and the day (UTC) that it is counted under."""

    vote: Vote
    date: str


@dataclass(frozen=True, slots=True)
class StoredVotes:
    """What the table says of somebody's votes on some pictures, and on how many pictures they voted at all."""

    standing: Mapping[str, Standing]
    pictures: int


def cast_votes(query: str, intended: Mapping[str, Vote], voter: Voter) -> int:
    """Make somebody's votes on a query's pictures (id → vote) what is intended; return how many of them count.

    Raises table.Throttled when others keep being first; what was done until then is done, and may be asked for
    again.
    """
    ids = list(intended)
    chunks = [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]
    return sum(_cast_some(query, {image_id: intended[image_id] for image_id in chunk}, voter) for chunk in chunks)


def _cast_some(query: str, intended: Mapping[str, Vote], voter: Voter) -> int:
    key = votes.normalised(query)

    def attempt() -> int:
        before = _read(key, list(intended), voter)
        changes = _changes(intended, before)
        if changes:
            table.transact_write(_actions(query, key, changes, before, voter))
            votes.note_change()
        return len(before.standing.keys() | changes.keys())

    return table.retry_on_conflict(attempt)


def _changes(intended: Mapping[str, Vote], before: StoredVotes) -> dict[str, Vote]:
    """Return the votes that are not yet so: minds changed, and new ones as far as the ballot goes."""
    moved = {
        image_id: intended[image_id] for image_id, old in before.standing.items() if old.vote != intended[image_id]
    }
    room = max(0, limits.MAX_VOTES_PER_QUERY - before.pictures)
    new = [image_id for image_id in intended if image_id not in before.standing][:room]
    return moved | {image_id: intended[image_id] for image_id in new}


def _read(key: str, ids: Sequence[str], voter: Voter) -> StoredVotes:
    places = {_place(key, image_id, voter): image_id for image_id in ids}
    keys = [table.key(votes.votes_on(key), sk) for sk in (*places, _ballot(key, voter))]
    rows = {row["sk"]: row for row in table.read(keys, ConsistentRead=True)}
    ballot = rows.pop(_ballot(key, voter), {"pictures": 0})
    standing = {places[sk]: Standing(cast("Vote", row["vote"]), row["date"]) for sk, row in rows.items()}
    return StoredVotes(standing, ballot["pictures"])


def _place(key: str, image_id: str, voter: Voter) -> str:
    return f"{image_id}#{voter.mark(key, image_id)}"


def _ballot(key: str, voter: Voter) -> str:
    return f"{votes.BALLOT}{voter.mark(key)}"


def _actions(query: str, key: str, changes: Mapping[str, Vote], before: StoredVotes, voter: Voter) -> list[Any]:
    at = now()
    new = len(changes.keys() - before.standing.keys())
    puts = [
        _put(
            table.key(votes.votes_on(key), _place(key, image_id, voter)),
            Standing(vote, at[:10]),
            before.standing.get(image_id),
        )
        for image_id, vote in changes.items()
    ]
    sums = [
        _add(table.key(votes.sums_of(key), sk), by, at) for sk, by in _differences(changes, before, at[:10]).items()
    ]
    ballot = [_widen(table.key(votes.votes_on(key), _ballot(key, voter)), new)] if new else []
    return [*puts, *sums, *ballot, _rank(query, key, new, at)]


def _differences(changes: Mapping[str, Vote], before: StoredVotes, today: str) -> dict[str, Counter[Vote]]:
    """Return by how much the votes each way change in every sum: a picture's, today's, and that of an older day."""
    differences: dict[str, Counter[Vote]] = defaultdict(Counter)
    for image_id, vote in changes.items():
        differences[f"{votes.PICTURE}{image_id}"][vote] += 1
        differences[f"{votes.DAY}{today}"][vote] += 1
        if old := before.standing.get(image_id):
            differences[f"{votes.PICTURE}{image_id}"][old.vote] -= 1
            differences[f"{votes.DAY}{old.date}"][old.vote] -= 1
    return differences


def _put(place: table.Row, vote: Standing, old: Standing | None) -> Any:  # noqa: ANN401 - one of the client's own
    item = {**place, "vote": vote.vote, "date": vote.date}
    if old is None:
        return table.put_new(item)
    return table.put(
        item,
        ConditionExpression="vote = :vote AND #date = :date",
        ExpressionAttributeNames={"#date": "date"},
        ExpressionAttributeValues={":vote": old.vote, ":date": old.date},
    )


def _add(place: table.Row, by: Counter[Vote], at: str) -> Any:  # noqa: ANN401 - one of the client's own
    values = {":positive": by[1], ":negative": by[-1], ":at": at}
    change = f"SET {_SEEN} ADD positive :positive, negative :negative"
    return _update(place, change, values)


def _rank(query: str, key: str, new: int, at: str) -> Any:  # noqa: ANN401 - one of the client's own
    values = {
        ":at": at,
        ":new": new,
        ":query": votes.tidy(query),
        ":all": votes.QUERIES,
    }
    change = f"SET {_SEEN}, #query = if_not_exists(#query, :query), ranking = :all ADD #rank :new"
    names = {"#query": "query", "#rank": "rank"}
    return _update(table.key(votes.QUERIES, key), change, values, ExpressionAttributeNames=names)


_SEEN = "first_at = if_not_exists(first_at, :at), last_at = :at"


def _widen(place: table.Row, new: int) -> Any:  # noqa: ANN401 - one of the client's own
    values = {":new": new, ":room": limits.MAX_VOTES_PER_QUERY - new}
    condition = "attribute_not_exists(pictures) OR pictures <= :room"
    return _update(place, "ADD pictures :new", values, ConditionExpression=condition)


def _update(place: table.Row, change: str, values: Any, **more: Any) -> Any:  # noqa: ANN401 - the client's own
    return table.change(place, UpdateExpression=change, ExpressionAttributeValues=values, **more)
