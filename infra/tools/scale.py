"""Which limits a growing gallery meets, in order: `python -m infra.tools.scale` prints the table of docs/scale.md.

What an act takes was counted in the real functions (tests/unit/test_growth.py and test_cost.py do so again), the times
are those of infra.tools.cost. AWS's figures are its default quotas, or what one partition of DynamoDB does in a second.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from infra.settings import Settings
from infra.stages import STAGES
from infra.tools.cost import SWEPT, TYPICAL, Mosaic, Usage, milliseconds

PEOPLE, PICTURES = 10, 1000
"""Of the gallery that others are so many times as large as."""
DAY = 24 * 3600
PEAK = 10
"""How many times as much as in the mean of a day happens in its busiest second."""

UPLOADS, SEARCHES, LIKES, VOTES, VISITS, MOSAICS = 3.3, 10, 5, 2, 5, 0.2
"""What a person does in a day: an assumption, like the next ones."""
REQUESTS, IMAGES = 100, 1200
"""To the API and to the shared cache, by one person in a day."""
PAGE_UNITS, PAGE_MS = 14.5, 75
"""Read units of a page of pictures, and how long a function works for an answer."""

PARTITION_WRITES, PARTITION_READS = 1000, 3000
"""Units a second of one partition of DynamoDB, and so of a single row."""
TABLE_UNITS = 40_000
LABELS, MOST_LABELS = 6.5, 128
"""Read units of the list of all labels: of the model's thousand, and of as many as are ever read."""
LABELS_COUNTED = 3
"""Write units of an upload in the one partition of all labels' counts: how many labels a picture is listed under."""
MOSAIC_UNITS = 670
"""Read units of the one partition of public tiles, for each mosaic: 4000 rows of 1.3 KB, half a unit for 4 KB."""

_CACHE = "let CloudFront keep these answers for a minute"
_SHARD = "several partitions or rows, `#{n}` by a hash of the id, read together"
_SPLIT = "nothing: DynamoDB splits the partition by label"
_KEPT_TILES = "keep the tiles in one object for a minute"
_RANK = "rank every minute, from a queue, not at each"


@dataclass(frozen=True)
class Limit:
    """How much of something a person takes in the busiest second, how much there is, and what to turn then."""

    what: str
    taken: float
    most: float
    turn: str

    @property
    def times(self) -> float:
        """How many times as large a gallery meets it."""
        return self.most / self.taken / PEOPLE


def limits(settings: Settings) -> Sequence[Limit]:
    """Return the limits, those met first at the beginning."""
    usage = Usage()
    uploads, requests, searches = _busiest(UPLOADS), _busiest(REQUESTS), _busiest(SEARCHES)
    captioning = milliseconds(usage, settings.caption_memory) / 1000
    at_once = requests * PAGE_MS / 1000 + uploads * captioning
    read = (requests - searches) * PAGE_UNITS + searches * TYPICAL.reads + uploads * usage.reads
    all_limits = [
        Limit("ours: captions a day", UPLOADS, settings.captions_a_day, "`captions_a_day`"),
        Limit("ours: requests a second to the API", requests, settings.requests_per_second, "`requests_per_second`"),
        Limit(
            "ours: captions at once",
            uploads,
            settings.captioner_concurrency / captioning,
            "`captioner_concurrency`, to 1000",
        ),
        Limit("ours: mosaics at once", _busiest(MOSAICS), _mosaics_a_second(settings), "`max_concurrent_mosaics`"),
        Limit("Lambda: 10 calls at once in a new account", at_once, 10, "ask AWS for the usual 1000"),
        Limit("Lambda: 1000 calls at once", at_once, 1000, "ask AWS; reserve some for the captioner"),
        Limit(
            "Lambda: 1000 calls at once for a queue", uploads, 1000 / captioning, "a second queue, by a sign of the id"
        ),
        Limit("API Gateway: 10 000 requests a second", requests, 10_000, f"ask AWS; {_CACHE}"),
        Limit("CloudFront: 250 000 requests a second", _busiest(IMAGES), 250_000, "ask AWS"),
        Limit("Cognito: 120 new tokens a second", _busiest(VISITS), 120, "buy more; longer lives of tokens"),
        Limit("S3: 3500 writes a second to `media/`", 2 * uploads, 3500, "keys that begin with a hash of the id"),
        Limit("table: 40 000 read units a second", read, TABLE_UNITS, f"ask AWS; {_CACHE}"),
        Limit("table: 40 000 write units a second", usage.writes * uploads, TABLE_UNITS, "ask AWS"),
        Limit("reads of all labels, a thousand", LABELS * _busiest(VISITS), PARTITION_READS, _CACHE),
        Limit("reads of all labels, 20 000 or more", MOST_LABELS * _busiest(VISITS), PARTITION_READS, _CACHE),
        Limit("reads of the newest pictures", 0.5 * _busiest(VISITS), PARTITION_READS, _CACHE),
        Limit("writes to the list of tiles", 2 * uploads, PARTITION_WRITES, _SHARD),
        Limit("writes to the counts of labels", LABELS_COUNTED * uploads, PARTITION_WRITES, _SPLIT),
        Limit("reads of tiles for mosaics", MOSAIC_UNITS * _busiest(MOSAICS), PARTITION_READS, _KEPT_TILES),
        Limit("writes to the newest pictures, and to an hour's count", uploads, PARTITION_WRITES, _SHARD),
        Limit("likes, in the index", 2 * _busiest(LIKES), PARTITION_WRITES, _RANK),
        Limit("votes, in the index", 2 * _busiest(VOTES), PARTITION_WRITES, _RANK),
    ]
    return sorted(all_limits, key=lambda limit: limit.times)


def _busiest(a_day: float) -> float:
    """Return how much of what a person does in a day comes in the busiest second."""
    return a_day * PEAK / DAY


def _mosaics_a_second(settings: Settings) -> float:
    return (settings.max_concurrent_mosaics or math.inf) / Mosaic().seconds


def days_of_a_pass(pictures: int, settings: Settings) -> float:
    """Return in how many days the sweeper has looked at each row of the table once."""
    runs = max(1, pictures * Usage().table_rows / SWEPT)
    return runs * settings.sweep_every_minutes / 60 / 24


def table(settings: Settings) -> str:
    """Return the limits as a table in Markdown."""
    lines = ["| Met at | people, pictures | Limit | Turn |", "|---|---|---|---|"]
    for limit in limits(settings):
        size = f"{_short(limit.times * PEOPLE)}, {_short(limit.times * PICTURES)}"
        lines.append(f"| {_short(limit.times)} \N{MULTIPLICATION SIGN} | {size} | {limit.what} | {limit.turn} |")
    return "\n".join(lines)


def _short(number: float) -> str:
    """Write a number with two digits that count, in thousands and millions."""
    for unit, name in ((1e9, " billion"), (1e6, " million")):
        if number >= unit:
            return f"{float(f'{number / unit:.2g}'):g}{name}"
    return f"{float(f'{number:.2g}'):,.0f}".replace(",", " ")


if __name__ == "__main__":
    sys.stdout.write(table(STAGES["prod"]) + "\n")
