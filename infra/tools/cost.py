"""What the gallery costs on AWS: per 1000 pictures and queries, and per month unused. `make cost` prints it.

What a picture takes was measured by `make bench` and counted in the requests of the real functions (a test does so
again). The times AWS's services need are estimates, since only AWS can tell; they are waiting, for which a function
pays less the smaller it is. Free allowances are taken into account only at rest, where they decide.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from infra.settings import Settings
from infra.stages import STAGES

Price = Literal[
    "lambda_gb_second",
    "lambda_request",
    "api_request",
    "s3_put",
    "s3_get",
    "s3_gb_month",
    "write_unit",
    "read_unit",
    "table_gb_month",
    "backup_gb_month",
    "queue_request",
    "log_gb",
    "trace",
    "image_gb_month",
    "alarm_month",
    "dashboard_month",
    "metric_month",
    "snapshot_gb_second",
    "firewall_month",
    "firewall_rule_month",
    "rekognition_picture",
]

PRICED_ON = "July 2025"
PRICES: dict[Price, float] = {
    "lambda_gb_second": 0.0000166667,  # x86_64
    "lambda_request": 0.20e-6,
    "api_request": 1.00e-6,  # HTTP API
    "s3_put": 0.005e-3,  # PUT, POST, COPY, LIST
    "s3_get": 0.0004e-3,
    "s3_gb_month": 0.023,
    "write_unit": 0.625e-6,  # on demand: a write of up to 1 kB
    "read_unit": 0.125e-6,  # on demand: a consistent read of up to 4 kB
    "table_gb_month": 0.25,
    "backup_gb_month": 0.20,  # point-in-time recovery
    "queue_request": 0.40e-6,  # standard queue
    "log_gb": 0.50,
    "trace": 5.00e-6,
    "image_gb_month": 0.10,  # ECR
    "alarm_month": 0.10,  # with one metric
    "dashboard_month": 3.00,
    "metric_month": 0.30,
    "snapshot_gb_second": 0.0000015046,  # SnapStart; each restoration is $0.0001397998 a GB on top
    "firewall_month": 5.00,  # a web ACL; $0.60 per million requests are on top
    "firewall_rule_month": 1.00,
    "rekognition_picture": 0.001,  # DetectLabels, the first million a month
}
"""US dollars, list prices of us-east-1."""

WHOLE_PROCESSOR_MB = 1769
"""Lambda gives a function processor time in proportion to its memory; this much gets exactly one processor."""
MONTH_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a captioned picture takes. The defaults are a member's 12-megapixel photograph, each call a new one.

    `puts` and `gets` are requests to S3, `writes` and `reads` are units of the table; sizes are in bytes.
    """

    processor_ms: float = 120
    """Of both processes of the captioner, measured."""
    waiting_ms: float = 120
    """For S3 (three requests one after the other) and the table (three): an estimate."""
    images_ms: float = 60
    """Of the function that answers the upload's ticket, for one picture: an estimate."""
    puts: int = 6
    """The upload itself, the record, the original, three renditions. Deleting what was sent costs nothing."""
    gets: int = 1
    writes: int = 54
    """The sender's quota 1, the ticket 1; 3 of the row and 1 of the claim on its bytes, twice since they are a
    transaction; counts 7: of pictures, of captions, of three labels, of the month's public pictures and the owner's;
    postings 37: newest, the owner's two, by date 2, hash, the tile 2, three labels, and of the search index 15 groups
    of classes, the caption's six words and the five of the file's name."""
    reads: float = 9
    """The sums are counted by a test: the row, twice; whether its owner was blocked, is blocked, and left; the claim
    on these bytes, and the two lists of those its owner has."""
    queue_requests: int = 3
    """Put in by S3, received, deleted; in full batches the last two are shared by five pictures."""
    original_bytes: int = 3_000_000
    rendition_bytes: int = 500_000
    """Three of a 12-megapixel photograph: 380 to 590 kB, measured."""
    table_bytes: int = 12_500
    table_rows: int = 43
    log_bytes: int = 1_500


@dataclass(frozen=True, kw_only=True)
class Search:
    """What a query takes of somebody not signed in, among 100,000 pictures; `reads` are units of the table."""

    reads: float
    processor_ms: float = 45
    """Measured, with much else running."""
    waiting_ms: float = 30
    """For the votes on the query, its lists, eight at a time, and the pictures found: an estimate."""
    log_bytes: int = 1_000


TYPICAL = Search(reads=36)
"""The median of thirty queries, about eighteen lists and the 25 pictures of a page."""
DEAREST = Search(reads=98.5)
"""As many lists as there may be, each as long as it may be read, eight words that are usernames and in many people's
names, four people whose pictures are listed, four slips that are looked for as they are written, and 24 owners of the
results, whose names are read. Where there are votes on a query, up to 22.5 more."""


@dataclass(frozen=True)
class Item:
    """A line of the bill."""

    what: str
    amount: float
    price: Price
    free: float = 0

    @property
    def dollars(self) -> float:
        """What it costs, after what AWS gives for nothing."""
        return max(0.0, self.amount - self.free) * PRICES[self.price]


def milliseconds(usage: Usage | Search, memory: int) -> float:
    """Return how long a function of so many MB takes for a picture or query: less than a processor, so much slower.

    A single one does not get faster by more than one processor.
    """
    return usage.processor_ms * max(1.0, WHOLE_PROCESSOR_MB / memory) + usage.waiting_ms


def per_thousand(usage: Usage, memory: int, images_memory: int = STAGES["prod"].images_memory) -> list[Item]:
    """Return what uploading and captioning 1000 pictures costs, one at a time."""
    captioning = milliseconds(usage, memory) * memory / 1024
    ticket = usage.images_ms * images_memory / 1024
    return [
        Item("captioner's time", captioning, "lambda_gb_second"),
        Item("tickets' time", ticket, "lambda_gb_second"),
        Item("calls of functions", 2000, "lambda_request"),
        Item("tickets through the API", 1000, "api_request"),
        Item("S3: written", 1000 * usage.puts, "s3_put"),
        Item("S3: read", 1000 * usage.gets, "s3_get"),
        Item("table: written", 1000 * usage.writes, "write_unit"),
        Item("table: read", 1000 * usage.reads, "read_unit"),
        Item("queue", 1000 * usage.queue_requests, "queue_request"),
        Item("logs", 1000 * usage.log_bytes / 1e9, "log_gb"),
        Item("traces", 2000 * traced(usage.images_ms + milliseconds(usage, memory)), "trace"),
    ]


def traced(every_ms: float) -> float:
    """Return the part of a function's calls that Lambda traces where one comes after so many milliseconds.

    That is the first in a second and 5 % of the others: nobody can choose another rate (AWS Lambda Developer Guide,
    "Visualize Lambda function invocations using AWS X-Ray").
    """
    first = min(1.0, every_ms / 1000)
    return first + 0.05 * (1 - first)


@dataclass(frozen=True)
class Rates:
    """What admins are told of prices in dollars: of a picture and its caption, of a stored GB, and of an idle month."""

    picture: float
    gb_month: float
    month_at_rest: float


def rates(settings: Settings) -> Rates:
    """Return what things cost in a stage, for whose functions it is to calculate with; for a laptop, in the cloud."""
    if settings.browser_endpoint:
        settings = STAGES["prod"]
    usage = Usage()
    picture = total(per_thousand(usage, settings.caption_memory, settings.images_memory)) / 1000
    stored = 1 + usage.rendition_bytes / usage.original_bytes
    return Rates(picture, stored * PRICES["s3_gb_month"], total(at_rest(0, usage, settings)))


def per_thousand_queries(usage: Search, memory: int = STAGES["prod"].search_memory) -> list[Item]:
    """Return what 1000 queries cost."""
    return [
        Item("search's time", milliseconds(usage, memory) * memory / 1024, "lambda_gb_second"),
        Item("calls of functions", 1000, "lambda_request"),
        Item("queries through the API", 1000, "api_request"),
        Item("table: read", 1000 * usage.reads, "read_unit"),
        Item("logs", 1000 * usage.log_bytes / 1e9, "log_gb"),
        Item("traces, each call", 1000, "trace"),
    ]


@dataclass(frozen=True, kw_only=True)
class Mosaic:
    """What a mosaic of the newest 4000 public pictures takes, which is the most there are."""

    seconds: float = 2
    """Of its function: half a second to lay it, measured, the rest for reading tiles: an estimate."""
    reads: float = 4700
    """The tiles, 670; consistently, the row of each tile's picture, since it may have been hidden."""
    writes: int = 30
    """The sender's quota; the job's row and its lease, renewed with each word on its progress."""
    puts: int = 1


def per_thousand_mosaics(usage: Mosaic, settings: Settings = STAGES["prod"]) -> list[Item]:
    """Return what 1000 mosaics cost."""
    return [
        Item("mosaics' time", 1000 * usage.seconds * settings.mosaic_memory / 1024, "lambda_gb_second"),
        Item("calls of functions", 2000, "lambda_request"),
        Item("mosaics through the API", 1000, "api_request"),
        Item("S3: written", 1000 * usage.puts, "s3_put"),
        Item("table: written", 1000 * usage.writes, "write_unit"),
        Item("table: read", 1000 * usage.reads, "read_unit"),
    ]


def most_for_mosaics(usage: Mosaic, settings: Settings = STAGES["prod"]) -> float | None:
    """Return what mosaics cost a day at the most, in dollars, whoever asks for them; None without a bound."""
    if settings.max_concurrent_mosaics is None:
        return None
    a_day = settings.max_concurrent_mosaics * 24 * 3600 / usage.seconds
    return a_day * total(per_thousand_mosaics(usage, settings)) / 1000


def snapshots(gigabytes: float) -> list[Item]:
    """Return what a month of SnapStart costs that keeps so much memory of functions, before it restores any."""
    return [Item("SnapStart: snapshots kept", MONTH_DAYS * 24 * 3600 * gigabytes, "snapshot_gb_second")]


def at_rest(pictures: int, usage: Usage, settings: Settings = STAGES["prod"]) -> list[Item]:
    """Return what a month costs in which nobody does anything, with so many pictures stored.

    The owner's budget is in none of the lines, nor are the mails of alarms: both are free.
    """
    sweeps = MONTH_DAYS * 24 * 60 / settings.sweep_every_minutes
    looks = MONTH_DAYS * 24 * 60 / settings.look_every_minutes
    lists = _LISTS * max(1, ceil(min(pictures, SWEPT) / 1000))
    table_gb = pictures * usage.table_bytes / 1e9
    return [
        Item("storage: originals", pictures * usage.original_bytes / 1e9, "s3_gb_month"),
        Item("storage: renditions and records", pictures * usage.rendition_bytes / 1e9, "s3_gb_month"),
        Item("storage: table", table_gb, "table_gb_month", free=25),
        Item("backup of the table", table_gb, "backup_gb_month"),
        Item("container images", IMAGES_GB, "image_gb_month"),
        Item("Lambda asking the queues", _queues(settings) * ASKED_A_MONTH, "queue_request", free=1e6),
        Item("sweeper: lists S3", sweeps * lists, "s3_put"),
        Item("sweeper: reads the table", sweeps * _sweep_reads(pictures, usage), "read_unit"),
        Item("sweeper: its time", sweeps * _sweep_seconds(lists) * settings.sweep_memory / 1024, "lambda_gb_second"),
        # Of what is to be taken down, and of the day's tries at captioning.
        Item("sweeper: looks for both", 1.5 * looks, "read_unit"),
        Item("sweeper: is called for them", looks, "lambda_request"),
        Item("sweeper: their time", looks * LOOK_SECONDS * settings.sweep_memory / 1024, "lambda_gb_second"),
        Item("alarms", ALARMS, "alarm_month", free=10),
        Item("dashboard", 1, "dashboard_month", free=3),
        Item("metrics", METRICS, "metric_month", free=10),
        Item("firewall", int(settings.firewall), "firewall_month"),
        Item("firewall: its rules", 3 * settings.firewall, "firewall_rule_month"),
    ]


IMAGES_GB = 0.65
"""Of the captioner and of mosaics, which share their base: an estimate."""
LOOK_SECONDS = 0.1
"""That the sweeper takes to see that there is nothing to take down: an estimate, now and then with its start."""
ALARMS, METRICS = 8, 10
QUEUES = 1
"""Asked by Lambda: pictures to caption. That of pictures to caption again is asked only while there are any."""
ASKED_A_MONTH = MONTH_DAYS * 24 * 3600 / 20 * 5
"""Requests to an empty queue: five at a time, each of which waits for twenty seconds."""

_LISTS = 7
"""Requests to S3 for each thousand pictures: originals (twice), renditions (three), records (twice)."""
SWEPT = 50_000
"""Objects of a kind, and rows, that a sweep looks at; the next one goes on behind them."""
_POSTING_BYTES = 110


def _queues(settings: Settings) -> int:
    return QUEUES + (settings.llm is not None)


def _sweep_reads(pictures: int, usage: Usage) -> float:
    """Return the units of a sweep: for each row the row of its picture, and each picture twice by its objects.

    To count pictures, their rows are read once more, and consistently.
    """
    scanned, looked_at = min(pictures * usage.table_rows, SWEPT), min(pictures, SWEPT)
    return scanned * (_POSTING_BYTES / 4096 / 2 + 0.5) + looked_at * (0.5 + 0.5 + 1)


def _sweep_seconds(lists: int) -> float:
    """Return about how long a sweep takes: a second to begin, and a quarter for each 1000 objects."""
    return 1 + lists / 4


def total(items: Sequence[Item]) -> float:
    """Return the sum in dollars."""
    return sum(each.dollars for each in items)


def bill(title: str, items: Sequence[Item]) -> str:
    """Return the lines of a bill and their sum."""
    lines = [
        f"  {each.what:34}{each.amount:>14,.7g} at ${PRICES[each.price]:<14.10g}{_free(each):16}${each.dollars:>8.4f}"
        for each in items
    ]
    return "\n".join([title, *lines, f"  {'sum':83}${total(items):>8.4f}"])


def _free(item: Item) -> str:
    return f"{item.free:,.0f} free" if item.free else ""


def curve(usage: Usage, memories: Sequence[int] = (512, 1024, 1536, WHOLE_PROCESSOR_MB, 3008)) -> str:
    """Return how long a picture takes and what 1000 cost in functions of several sizes."""
    rows = [
        f"  {memory:>6} MB{milliseconds(usage, memory):>9.0f} ms"
        f"   ${per_thousand(usage, memory)[0].dollars:.4f}   of ${total(per_thousand(usage, memory)):.4f}"
        for memory in memories
    ]
    return "\n".join(["captioner's memory, time per picture, its time per 1000 pictures", *rows])


def main() -> None:
    """Print the bills and the curve."""
    usage, memory = Usage(), STAGES["prod"].caption_memory
    pictures = per_thousand(usage, memory)
    theirs = 1000 * PRICES["rekognition_picture"]
    sys.stdout.write(
        f"List prices of us-east-1, {PRICED_ON}.\n\n"
        + bill("1000 pictures of 12 megapixels, uploaded and captioned one at a time", pictures)
        + f"\n  Amazon Rekognition DetectLabels alone: ${theirs:.2f}, {theirs / total(pictures):.0f} times as much\n\n"
        + bill("1000 queries among 100,000 pictures", per_thousand_queries(TYPICAL))
        + f"\n  1000 of the dearest: ${total(per_thousand_queries(DEAREST)):.4f}\n\n"
        + bill("1000 mosaics of 4000 tiles", per_thousand_mosaics(Mosaic()))
        + f"\n  a day of as many as are made at once: ${most_for_mosaics(Mosaic()) or 0:.0f} at the most\n\n"
        + "".join(
            bill(f"a month at rest with {each:,} pictures", at_rest(each, usage)) + "\n\n" for each in (0, 10_000)
        )
        + curve(usage)
        + "\n"
    )


if __name__ == "__main__":
    main()
