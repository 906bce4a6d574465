"""What people say should not be shown: who reports a picture or post counts once, and admins read the reasons.

| pk | sk | What |
|---|---|---|
| `REPORTS` | `{kind}#{id}` | a thing that was reported or hidden: how often (`rank`) and when |
| `REPORTED#{kind}#{id}` | `{reporter}` | one report: its reason, and when |
| `REPORTS` | `KEY` | the key of the digests that stand for reporters, see gallery.api.client_identity |

Things are ranked (`ranking`) in the list of what no admin has decided about, or of what is hidden. A report and the
count it is part of are one transaction. A thing that an admin decided about is listed again once somebody else reports
it. All of it is forgotten after 400 days, but what is hidden stays listed as long as it is.
"""

import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, cast

from gallery.api.client_identity import digest, key_at
from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.pictures.model import IMAGE_ID
from gallery.problems import foreign_cursor
from gallery.timestamps import now

Kind = Literal["image", "post"]
List = Literal["undecided", "hidden"]

_PARTITION = "REPORTS"
_RANKINGS: dict[List, str] = {"undecided": _PARTITION, "hidden": f"{_PARTITION}#HIDDEN"}
_KEPT_SECONDS = 400 * 24 * 3600
_REASONS = 20
"""How many reasons are shown of a thing, any of those given."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A picture or post that `count` people reported, and between when (RFC 3339); none where an admin saw it first."""

    kind: Kind
    id: str
    count: int
    first_at: str
    last_at: str


def report(kind: Kind, thing_id: str, reason: str, reporter: str) -> None:
    """Note that somebody, told from others by `reporter`, finds that a thing should not be shown.

    Said again by the same it changes nothing.
    """
    mark = digest(key_at(_PARTITION, "KEY"), reporter, kind, thing_id)
    at, expires = now(), int(time.time()) + _KEPT_SECONDS
    item = {**_report_key(kind, thing_id, mark), "reason": reason, "at": at, "expires_at": expires}
    with suppress(Conflict):
        table.transact_write([table.put_new(item), _counted(kind, thing_id, at, expires)])


def report_withheld(image_id: str) -> None:
    """Have admins look at a picture of bytes that an admin hid before (gallery.pictures.withholding); idempotent."""
    report("image", image_id, "An admin hid a picture of exactly these bytes.", "the gallery")


def _report_key(kind: Kind, thing_id: str, mark: str) -> table.Row:
    return table.key(f"REPORTED#{kind}#{thing_id}", mark)


def _counted(kind: Kind, thing_id: str, at: str, expires: int) -> Any:  # noqa: ANN401 - one of the client's own
    ranking = _RANKINGS["undecided"]
    return table.change(
        _thing_key(kind, thing_id),
        UpdateExpression="ADD #rank :one SET ranking = :all, last_at = :at, expires_at = :expires, "
        "first_at = if_not_exists(first_at, :at)",
        ExpressionAttributeNames={"#rank": "rank"},
        ExpressionAttributeValues={":one": 1, ":all": ranking, ":at": at, ":expires": expires},
    )


def _thing_key(kind: Kind, thing_id: str) -> table.Row:
    return table.key(_PARTITION, f"{kind}#{thing_id}")


def listed(which: List, limit: int, cursor: str | None) -> tuple[list[Reported], str | None]:
    """Return up to `limit` things of a list, most reported first, and a cursor to go on from.

    Raises the 400 for a cursor that is not ours.
    """
    from gallery.api.paging import ranked_cursor  # noqa: PLC0415 (brings pydantic along, which the captioner spares)

    after = _position(cursor) if cursor is not None else None
    rows, last = table.ranked(_RANKINGS[which], limit, after)
    return [_reported(row) for row in rows], ranked_cursor(last)


def reasons(kind: Kind, thing_id: str) -> Sequence[str]:
    """Return what people had to say about a thing, at most twenty of them."""
    rows, _ = table.newest(f"REPORTED#{kind}#{thing_id}", _REASONS)
    return [row["reason"] for row in sorted(rows, key=lambda row: row["at"], reverse=True)]


def resolve(kind: Kind, thing_id: str, *, hidden: bool) -> None:
    """Note that an admin has decided about a thing, reported or not, and whether it is hidden now."""
    change = _listed_as_hidden() if hidden else _listed_no_more()
    with suppress(Conflict):
        table.update(_thing_key(kind, thing_id), **change)


def _listed_as_hidden() -> dict[str, Any]:
    return {
        "UpdateExpression": "ADD #rank :none SET ranking = :hidden, first_at = if_not_exists(first_at, :at), "
        "last_at = if_not_exists(last_at, :at) REMOVE expires_at",
        "ExpressionAttributeNames": {"#rank": "rank"},
        "ExpressionAttributeValues": {":none": 0, ":hidden": _RANKINGS["hidden"], ":at": now()},
    }


def _listed_no_more() -> dict[str, Any]:
    return {
        "UpdateExpression": "SET expires_at = :expires REMOVE ranking",
        "ConditionExpression": "attribute_exists(pk)",
        "ExpressionAttributeValues": {":expires": int(time.time()) + _KEPT_SECONDS},
    }


def _reported(row: table.Row) -> Reported:
    kind, _, thing_id = str(row["sk"]).partition("#")
    return Reported(cast("Kind", kind), thing_id, row["rank"], row["first_at"], row["last_at"])


def _position(cursor: str) -> table.Row:
    from gallery.api.paging import ranked_in  # noqa: PLC0415 (as above)

    rank, thing = ranked_in(cursor)
    if not re.match(f"(image|post)#{IMAGE_ID[1:]}", thing):
        raise foreign_cursor()
    return {**table.key(_PARTITION, thing), "rank": rank}
