"""What people say of search results: one vote for each query, picture and person, and the sums of them.

| pk | sk | What |
|---|---|---|
| `VOTES#{query}` | `{id}#{voter}` | a vote: 1 or -1, and the day that it is counted under |
| `VOTES#{query}` | `BALLOT#{voter}` | on how many pictures somebody voted, since that is bounded |
| `FEEDBACK#{query}` | `IMAGE#{id}` | a picture's votes |
| `FEEDBACK#{query}` | `DAY#{date}` | a day's votes |
| `QUERIES` | `{query}` | a query with any votes: how many (`rank`), when, and the spelling that was voted on first |
| `FEEDBACK` | `CHANGES` | how often any vote was changed, to see whether one was since |

Votes are the truth; each change of one and of all the sums it is part of is one transaction, so that sums never drift.
Queries are compared as search compares them: `{query}` is the normalised one.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from gallery.aws import table
from gallery.aws.table import get
from gallery.vocabulary.words import stems

LONGEST_KEY = 600
"""Bytes of a normalised query; longer ones are cut and told apart by a digest, since DynamoDB's keys are bounded."""

_LEARNT_FROM = 200
"""On how many pictures' votes a search looks."""

_UNSEEN = {"Cc", "Cf", "Cs"}
"""Unicode's categories of characters that control others and show nothing themselves."""

QUERIES, PICTURE, DAY, BALLOT = "QUERIES", "IMAGE#", "DAY#", "BALLOT#"

_CHANGES = table.key("FEEDBACK", "CHANGES")


@dataclass(frozen=True, slots=True)
class PictureVotes:
    """How many people found a picture right for a query, and how many wrong."""

    image_id: str
    positive: int
    negative: int


def tidy(query: str) -> str:
    """Return a query as people may see it: without control characters, every gap a single space."""
    spaced = " ".join(query.split())
    return "".join(character for character in spaced if unicodedata.category(character) != "Cc")


def normalised(query: str) -> str:
    """Return what queries that mean the same have in common: the stems of the words that mean something.

    Where there are none, it is the text itself without case, gaps and what cannot be seen; empty for a blank query.
    """
    return _bounded(" ".join(stems(query)) or _folded(query))


def _folded(query: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", query).casefold())
    visible = "".join(
        character for character in folded if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    return " ".join(visible.split())


def _bounded(key: str) -> str:
    encoded = key.encode()
    if len(encoded) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(encoded).hexdigest()
    return f"{encoded[: LONGEST_KEY - len(digest)].decode(errors='ignore')}{digest}"


def votes_on(key: str) -> str:
    """Return the partition of the single votes on a normalised query's pictures."""
    return f"VOTES#{key}"


def sums_of(key: str) -> str:
    """Return the partition of the sums of a normalised query's votes."""
    return f"FEEDBACK#{key}"


def for_query(key: str, most: int = _LEARNT_FROM) -> Sequence[PictureVotes]:
    """Return the votes on a normalised query's pictures, at most those on the newest pictures that have any."""
    rows, _ = table.query(
        KeyConditionExpression="pk = :pk AND begins_with(sk, :picture)",
        ProjectionExpression="sk, positive, negative",
        ExpressionAttributeValues={":pk": sums_of(key), ":picture": PICTURE},
        ScanIndexForward=False,
        Limit=most,
    )
    return [PictureVotes(row["sk"].removeprefix(PICTURE), row["positive"], row["negative"]) for row in rows]


def note_change() -> None:
    """Remember, after the fact, that votes were changed; who dies before may leave an old file in use till it ages."""
    table.update(
        _CHANGES,
        UpdateExpression="ADD changes :one",
        ExpressionAttributeValues={":one": 1},
    )


def changes() -> int:
    """Return a number that has grown if any vote was changed."""
    row = get(_CHANGES)
    return int(row["changes"]) if row else 0
