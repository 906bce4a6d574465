"""What admins read from the votes: queries with their pictures and days."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from feedback.models import DayCount, FeedbackPage, PictureCount, QueryFeedback
from gallery.api.paging import ranked_cursor, ranked_in
from gallery.aws import table
from gallery.aws.table import get
from gallery.feedback import votes
from gallery.problems import foreign_cursor

_LOOKED_AT = 1000
"""Of how many pictures, the newest first, the most voted are chosen; more would let a page cost without bound."""
_SHOWN = 100
_DAYS = 366
_MAX_WORKERS = 8
"""How many queries' votes are read at the same time."""


@dataclass(frozen=True, slots=True)
class VotedQuery:
    """A query with any votes: its normalised form, its first spelling, how many votes, and when."""

    key: str
    query: str
    votes: int
    first_at: str
    last_at: str


def feedback_on(query: str) -> FeedbackPage:
    """Return the page that holds one query alone, or nothing where nobody voted on it."""
    voted = query_voted_on(votes.normalised(query))
    return FeedbackPage(feedback=[_feedback(voted)] if voted else [], next_cursor=None)


def feedback_page(limit: int, cursor: str | None) -> FeedbackPage:
    """Return one page of queries, most voted first; raises the 400 for a cursor that is not ours."""
    listed, last = table.ranked(votes.QUERIES, limit, _position(cursor) if cursor is not None else None)
    queries = [voted_query(row) for row in listed]
    with ThreadPoolExecutor(_MAX_WORKERS) as pool:
        feedback = list(pool.map(_feedback, queries))
    return FeedbackPage(feedback=feedback, next_cursor=ranked_cursor(last))


def query_voted_on(key: str) -> VotedQuery | None:
    """Return a normalised query if it has votes."""
    row = get(table.key(votes.QUERIES, key))
    return voted_query(row) if row else None


def voted_query(row: table.Row) -> VotedQuery:
    """Return the query that a row tells of."""
    first_at, last_at = row["first_at"], row["last_at"]
    return VotedQuery(row["sk"], row["query"], row["rank"], first_at, last_at)


def _feedback(of: VotedQuery) -> QueryFeedback:
    pictures = votes.for_query(of.key, _LOOKED_AT)
    return QueryFeedback(
        query=of.query,
        positive=_most((picture.image_id, picture.positive) for picture in pictures),
        negative=_most((picture.image_id, picture.negative) for picture in pictures),
        first_at=of.first_at,
        last_at=of.last_at,
        daily=_daily(of.key),
    )


def _most(counts: Iterable[tuple[str, int]]) -> list[PictureCount]:
    ranked = sorted(((image_id, count) for image_id, count in counts if count), key=lambda pair: (-pair[1], pair[0]))
    return [PictureCount(image_id=image_id, count=count) for image_id, count in ranked[:_SHOWN]]


def _daily(key: str) -> list[DayCount]:
    """Return the days of the past year on which votes were cast that still stand, in order."""
    first = (datetime.now(UTC) - timedelta(days=_DAYS - 1)).date().isoformat()
    rows, _ = table.query(
        KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues={
            ":pk": votes.sums_of(key),
            ":first": f"{votes.DAY}{first}",
            ":last": f"{votes.DAY}9999",
        },
    )
    days = (_day(row) for row in rows)
    return [day for day in days if day.positive or day.negative]


def _day(row: table.Row) -> DayCount:
    date = row["sk"].removeprefix(votes.DAY)
    return DayCount(date=date, positive=row["positive"], negative=row["negative"])


def _position(cursor: str) -> table.Row:
    rank, key = ranked_in(cursor)
    if len(key.encode()) > votes.LONGEST_KEY:
        raise foreign_cursor()
    return {**table.key(votes.QUERIES, key), "rank": rank}
