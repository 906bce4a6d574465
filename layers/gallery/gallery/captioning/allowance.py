"""A planned import's leave to pass the limits of an hour and a day, so that bringing years of pictures takes no weeks.

| pk | sk | What |
|---|---|---|
| `ALLOWANCE` | `IMPORT` | how many more may come, until when |

There is one at a time. Who sends beyond their hour takes from it by a conditional write, so that exactly so many get
through. While there is any left, too many captions in an hour or a day stop nothing; a budget's message does.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from gallery.aws import table
from gallery.timestamps import timestamp

_KEY = table.key("ALLOWANCE", "IMPORT")
_KEPT_SECONDS = 24 * 3600
"""How long the row outlives its allowance."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many pictures may still come beyond the limits, and until when (RFC 3339)."""

    pictures: int
    until: str


def current() -> Allowance | None:
    """Return the allowance that there is at this moment."""
    row = table.get(_KEY)
    if row is None or not _lasts(row):
        return None
    return Allowance(row["pictures"], timestamp(datetime.fromtimestamp(row["ends"], UTC)))


def grant(pictures: int, ends: int) -> None:
    """Let so many pictures come beyond the limits until a moment (seconds since the epoch), instead of those before.

    None at all ends an allowance.
    """
    table.update(
        _KEY,
        UpdateExpression="SET pictures = :pictures, ends = :ends, expires_at = :expires",
        ExpressionAttributeValues={":pictures": pictures, ":ends": ends, ":expires": ends + _KEPT_SECONDS},
    )


def take(most: int) -> int:
    """Take up to so many pictures from the allowance; return how many there were."""
    while most > 0:
        row = table.get(_KEY)
        if row is None or not _lasts(row):
            return 0
        amount = min(most, int(row["pictures"]))
        try:
            _add(-amount, "pictures >= :least AND ends > :now", {":least": amount, ":now": int(time.time())})
        except table.Conflict:
            most = amount  # another one was quicker; look again how many are left
        else:
            return amount
    return 0


def give_back(amount: int) -> None:
    """Give back what was taken for pictures that got no ticket."""
    _add(amount, "attribute_exists(pk)", {})


def _lasts(row: table.Row) -> bool:
    return bool(row["pictures"] > 0 and row["ends"] > time.time())


def _add(amount: int, condition: str, values: table.Row) -> None:
    table.update(
        _KEY,
        UpdateExpression="ADD pictures :amount",
        ConditionExpression=condition,
        ExpressionAttributeValues={":amount": amount, **values},
    )
