"""The table of votes as programs and spreadsheets read it: a line for each query and picture."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

from feedback.analytics import VotedQuery, voted_query
from gallery import rows, votes
from gallery.catalogue import client
from gallery.settings import settings

Line = tuple[str, ...]

COLUMNS: Line = ("query", "image_id", "positive", "negative", "first_at", "last_at")

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the beginning of a formula, the wide forms of East Asian keyboards among it."""


def lines(key: str) -> Iterator[Line]:
    """Yield what was said of each query's pictures, or (`key` is not empty) of one normalised query's."""
    for each in _queries(key):
        yield from (_line(each, row) for row in _rows(votes.sums_of(each.key), votes.PICTURE))


def write(file: IO[bytes], found: Iterable[Line]) -> None:
    """Write lines under their headings as RFC 4180 has it, in UTF-8, and go back to the beginning of the file.

    Without a byte order mark: the type says what the text is, and most programs would take it for a part of the first
    heading.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in line] for line in found)
    text.detach()
    file.seek(0)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, behind an apostrophe where it might."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _queries(key: str) -> Iterator[VotedQuery]:
    return (voted_query(row) for row in _rows(votes.QUERIES, key) if not key or row["sk"]["S"] == key)


def _line(query: VotedQuery, row: rows.Row) -> Line:
    counts = (row["positive"]["N"], row["negative"]["N"])
    return (query.query, row["sk"]["S"].removeprefix(votes.PICTURE), *counts, row["first_at"]["S"], row["last_at"]["S"])


def _rows(partition: str, beginning: str) -> Iterator[Any]:
    beginnings = " AND begins_with(sk, :beginning)" if beginning else ""
    values = {":pk": {"S": partition}} | ({":beginning": {"S": beginning}} if beginning else {})
    pages = (
        client()
        .get_paginator("query")
        .paginate(
            TableName=settings().table_name,
            KeyConditionExpression=f"pk = :pk{beginnings}",
            ExpressionAttributeValues=values,
            ConsistentRead=True,
        )
    )
    for page in pages:
        yield from page["Items"]
