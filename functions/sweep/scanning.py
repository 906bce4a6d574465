"""Going through all of the table, a part at a time, and remembering where to go on."""

import json
from dataclasses import dataclass
from typing import Any

from gallery import rows, table
from gallery.settings import settings
from gallery.table import client, get

_SCANNED = 1000
"""How many rows are looked at in one go."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A row that says nothing but that a picture belongs into a list, `at` seconds since the epoch."""

    pk: str
    sk: str
    image_id: str
    at: int


def bookmark(rule: str) -> str | None:
    """Return the key behind which the sweeper has to go on with a rule, None to begin anew."""
    row = get(rows.bookmark_key(rule))
    return str(row["after"]["S"]) if row and "after" in row else None


def keep_bookmark(rule: str, after: str | None) -> None:
    """Remember behind which key the sweeper has to go on with a rule."""
    place: dict[str, Any] = {"after": {"S": after}} if after else {}
    table.store({**rows.bookmark_key(rule), **place})


def scan_postings(after: str | None) -> tuple[list[Posting], str | None]:
    """Return some of the table's postings, and where to go on, None at the end."""
    start: dict[str, Any] = {"ExclusiveStartKey": json.loads(after)} if after else {}
    answer = client().scan(
        TableName=settings().table_name, ProjectionExpression="pk, sk, posted_at", Limit=_SCANNED, **start
    )
    found = [
        Posting(row["pk"]["S"], row["sk"]["S"], image_id, int(row.get("posted_at", {"N": "0"})["N"]))
        for row in answer["Items"]
        if (image_id := rows.posting_id(row)) is not None
    ]
    last = answer.get("LastEvaluatedKey")
    return found, json.dumps(last) if last else None
