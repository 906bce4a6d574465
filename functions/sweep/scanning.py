"""Going through all of the table, a part at a time, and remembering where to go on."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from aws_lambda_powertools import Logger

from gallery.aws import table
from gallery.aws.items import decode, encode
from gallery.aws.table import get
from gallery.partitions import PARTITIONS, kind_of
from gallery.pictures import months, rows
from gallery.pictures.months import Month

logger = Logger()

_SCANNED = 1000
"""How many rows are looked at in one go."""
_KINDS_LOGGED, _LONGEST_KIND = 20, 40
"""So many unknown kinds are named in a line of the log, of each so many characters."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A row that says nothing but that a picture belongs into a list, `at` seconds since the epoch."""

    pk: str
    sk: str
    image_id: str
    at: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Behind which key the sweeper has to go on with a rule, None to begin anew; on which day (UTC) it last began."""

    after: str | None = None
    begun: str | None = None


def bookmark(rule: str) -> Bookmark:
    """Return where the sweeper is with a rule."""
    row = get(rows.bookmark_key(rule)) or {}
    return Bookmark(row.get("after"), row.get("begun"))


def keep_bookmark(rule: str, place: Bookmark) -> None:
    """Remember where the sweeper is with a rule."""
    noted = {name: value for name, value in asdict(place).items() if value is not None}
    table.store({**rows.bookmark_key(rule), **noted})


@dataclass(frozen=True, slots=True)
class Scanned:
    """Some of the table's rows: its postings, and the months of which there is a count."""

    postings: Sequence[Posting]
    months: Sequence[Month]


def scan_postings(after: str | None) -> tuple[Scanned, str | None]:
    """Return some of the table's postings and counts of months, and where to go on, None at the end."""
    start: dict[str, Any] = {"ExclusiveStartKey": decode(json.loads(after))} if after else {}
    listed, last = table.scan(ProjectionExpression="pk, sk, posted_at", Limit=_SCANNED, **start)
    _log_unknown(row["pk"] for row in listed)
    scanned = [
        Posting(row["pk"], row["sk"], image_id, row.get("posted_at", 0))
        for row in listed
        if (image_id := rows.posting_id(row)) is not None
    ]
    kept = [months.month_at(row["pk"], row["sk"]) for row in listed if kind_of(row["pk"]) == months.MONTHS]
    return Scanned(scanned, [month for month in kept if month]), json.dumps(encode(last)) if last else None


def _log_unknown(partitions: Iterable[str]) -> None:
    """Log rows of kinds that are not declared, once for all that were looked at; they are left alone."""
    unknown = Counter(kind for partition in partitions if (kind := kind_of(partition)) not in PARTITIONS)
    if unknown:
        kinds = {kind[:_LONGEST_KIND]: rows for kind, rows in unknown.most_common(_KINDS_LOGGED)}
        logger.warning("rows of unknown kinds are left alone", extra={"kinds": kinds, "rows": unknown.total()})
