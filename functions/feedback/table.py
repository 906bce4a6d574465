"""The table of votes as programs and spreadsheets read it: a line for each query and picture."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

from feedback.analytics import VotedQuery, query_voted_on, voted_query
from gallery.aws import table
from gallery.feedback import votes

Line = tuple[str, ...]

COLUMNS: Line = ("query", "image_id", "positive", "negative", "first_at", "last_at")

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the beginning of a formula, the wide forms of East Asian keyboards among it."""


def lines(key: str) -> Iterator[Line]:
    """Yield what was said of each query's pictures, or (`key` is not empty) of one normalised query's."""
    for query in _queries(key):
        yield from _sums(query)


def write(file: IO[bytes], rows: Iterable[Line]) -> None:
    """Write lines under their headings as RFC 4180 has it, in UTF-8, and go back to the beginning of the file.

    Without a byte order mark: the type says what the text is, and most programs would take it for a part of the first
    heading.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in line] for line in rows)
    text.detach()
    file.seek(0)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, behind an apostrophe where it might."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def _queries(key: str) -> Iterator[VotedQuery]:
    if not key:
        return (voted_query(row) for row in _rows("pk = :pk", {":pk": votes.QUERIES}))
    query = query_voted_on(key)
    return iter([query] if query else [])


def _sums(query: VotedQuery) -> Iterator[Line]:
    of_pictures = {":pk": votes.sums_of(query.key), ":picture": votes.PICTURE}
    for row in _rows("pk = :pk AND begins_with(sk, :picture)", of_pictures):
        counts, times = (str(row["positive"]), str(row["negative"])), (row["first_at"], row["last_at"])
        yield (query.query, row["sk"].removeprefix(votes.PICTURE), *counts, *times)


def _rows(condition: str, values: table.Row) -> Iterator[Any]:
    for page in table.pages(KeyConditionExpression=condition, ExpressionAttributeValues=values, ConsistentRead=True):
        yield from page
