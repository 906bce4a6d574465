"""How many pictures there are in each state, how much their originals weigh, and how many get captions in an hour.

| pk | sk | What |
|---|---|---|
| `TALLIES` | `{the first four signs of ids}` | pictures of about three days (2**28 ms): how many in each state, bytes |
| `CAPTIONS` | `{2026-11-21T14}` | captions written in an hour (UTC), and other tries at one, kept for 62 days |

A picture is counted once its row is written, so that a write that is refused changes no count, however often it is
tried. A process that is killed in between leaves a count too low: the sweeper counts each span anew, and sets what it
found unless something was counted meanwhile: `changes` says how often anything was, `reconciled` after how many of
these the span was last counted anew. The captions of an hour alone stay as they were counted.
"""

import time
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from gallery.aws import table
from gallery.aws.table import Conflict, get, read
from gallery.pictures import rows
from gallery.pictures.model import Picture

State = Literal["pending", "captioned", "failed"]
STATES: tuple[State, ...] = ("pending", "captioned", "failed")

_COUNTERS, _CAPTIONS = "TALLIES", "CAPTIONS"
_BUCKET = 4
_KEPT_SECONDS = 62 * 24 * 3600
_HOUR = "%Y-%m-%dT%H"


@dataclass(frozen=True, slots=True)
class Totals:
    """How many pictures are in each state, and the bytes of their originals."""

    pictures: Mapping[State, int]
    bytes: int


def bucket_of(image_id: str) -> str:
    """Return what the ids of pictures begin with that are counted together."""
    return image_id[:_BUCKET]


def count(old: Picture, new: Picture) -> None:
    """Count what a change has made of a picture."""
    change = Counter(_weight(new))
    change.subtract(_weight(old))
    if any(change.values()):
        _add(table.key(_COUNTERS, bucket_of(new.id)), {**change, "changes": 1})
    if new.reading and (old.reading is None or old.reading.captioned_at != new.reading.captioned_at):
        _count_caption(new.reading.captioned_at, 1)


def _weight(picture: Picture) -> dict[str, int]:
    if picture.status in {"awaiting", "deleted"}:
        return {}
    return {picture.status: 1, "bytes": picture.content.size if picture.content else 0}


def _count_caption(at: str, by: int) -> None:
    expires_at = int(time.time()) + _KEPT_SECONDS
    _add(table.key(_CAPTIONS, at[:13]), {"captions": by}, expires_at)


def count_try() -> None:
    """Count a try at captioning that wrote no caption: a picture that failed, or only got other renditions."""
    hour = datetime.now(UTC).strftime(_HOUR)
    _add(table.key(_CAPTIONS, hour), {"others": 1}, int(time.time()) + _KEPT_SECONDS)


def tries_of_day(date: str) -> dict[str, int]:
    """Return how many tries at captioning the hours of a day (`2026-11-21`, UTC) had, by the hour (`2026-11-21T14`)."""
    rows_read = _query(_CAPTIONS, *_beginning(date))
    return {row["sk"]: _number(row, "captions") + _number(row, "others") for row in rows_read}


def _add(key: table.Row, amounts: Mapping[str, int], expires_at: int | None = None) -> None:
    expiry = {":expiry": expires_at} if expires_at else {}
    table.update(
        key,
        UpdateExpression=("SET expires_at = :expiry " if expiry else "")
        + "ADD "
        + ", ".join(f"#{name} :{name}" for name in amounts),
        ExpressionAttributeNames={f"#{name}": name for name in amounts},
        ExpressionAttributeValues={f":{name}": amount for name, amount in amounts.items()} | expiry,
    )


def total() -> Totals:
    """Return how many pictures there are in all; reads a row for each three days in which any came."""
    rows_read = _query(_COUNTERS, "pk = :pk", {})
    pictures: dict[State, int] = {state: max(0, sum(_number(row, state) for row in rows_read)) for state in STATES}
    return Totals(pictures, max(0, sum(_number(row, "bytes") for row in rows_read)))


def captions_in(month: str) -> int:
    """Return how many captions were written in a month (`2026-11`, UTC) that is not over for 30 days."""
    return sum(_number(row, "captions") for row in _query(_CAPTIONS, *_beginning(month)))


def captions_of_hours(hours: int) -> list[tuple[str, int]]:
    """Return the last hours (RFC 3339, UTC), the present one last, and how many captions were written in each."""
    present = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    hours_shown = [(present - timedelta(hours=ago)).strftime(_HOUR) for ago in reversed(range(hours))]
    since = {":since": hours_shown[0]}
    rows_by_hour = {row["sk"]: row for row in _query(_CAPTIONS, "pk = :pk AND sk >= :since", since)}
    return [(f"{hour}:00:00Z", _number(rows_by_hour.get(hour, {}), "captions")) for hour in hours_shown]


def buckets() -> list[str]:
    """Return the spans in which any pictures were counted, in order."""
    return [row["sk"] for row in _query(_COUNTERS, "pk = :pk", {})]


def changed_buckets() -> list[str]:
    """Return the spans in which anything was counted since their pictures were, in order."""
    rows_of_spans = _query(_COUNTERS, "pk = :pk", {})
    return [row["sk"] for row in rows_of_spans if _number(row, "changes") != _number(row, "reconciled")]


def changes_in(bucket: str) -> int:
    """Return how often anything was counted in a span, to see whether something was since."""
    return _number(get(table.key(_COUNTERS, bucket)) or {}, "changes")


def reconcile(bucket: str, ids: Collection[str], changes: int) -> bool:
    """Set a span's counts to what the rows of its pictures say; tell whether they were wrong.

    They stay as they are where anything was counted since there were so many `changes`.
    """
    row = get(table.key(_COUNTERS, bucket)) or {}
    true = {**_counted(ids), "reconciled": changes}
    wrong = any(_number(row, name) != true.get(name, 0) for name in (*STATES, "bytes"))
    if not wrong and _number(row, "reconciled") == changes:
        return False
    names: dict[str, str] = {f"#{name}": name for name in (*STATES, "bytes", "reconciled")}
    unchanged = "attribute_not_exists(changes)" if changes == 0 else "changes = :reconciled"
    with suppress(Conflict):
        table.update(
            table.key(_COUNTERS, bucket),
            UpdateExpression="SET " + ", ".join(f"{name} = :{name[1:]}" for name in names),
            ConditionExpression=unchanged,
            ExpressionAttributeNames=names,
            ExpressionAttributeValues={f":{name}": true.get(name, 0) for name in names.values()},
        )
    return wrong


def _counted(ids: Collection[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    names = {"#status": "status", "#size": "size"}
    how = {"ProjectionExpression": "#status, content.#size", "ExpressionAttributeNames": names, "ConsistentRead": True}
    for row in read(map(rows.image_key, ids), **how):
        if row["status"] in STATES:
            counted.update({row["status"]: 1, "bytes": row.get("content", {}).get("size", 0)})
    return counted


def _beginning(prefix: str) -> tuple[str, dict[str, Any]]:
    return "pk = :pk AND begins_with(sk, :prefix)", {":prefix": prefix}


def _query(partition: str, condition: str, values: Mapping[str, Any]) -> list[table.Row]:
    pages = table.pages(KeyConditionExpression=condition, ExpressionAttributeValues={":pk": partition, **values})
    return [row for page in pages for row in page]


def _number(row: table.Row, name: str) -> int:
    return int(row.get(name, 0))
