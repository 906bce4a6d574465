"""What the gallery costs on AWS: per 1000 pictures and queries, and per month unused. `make cost` prints it.

What a picture takes was measured by `make bench` and counted in the requests of the real functions (a test does so
again). The times AWS's services need are estimates, since only AWS can tell; they are waiting, for which a function
pays less the smaller it is. Free allowances are taken into account only at rest, where they decide.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from infra.settings import Settings
from infra.stages import STAGES

Price = Literal[
    "lambda_gb_second",
    "lambda_request",
    "api_request",
    "s3_put",
    "s3_get",
    "s3_gb_out",
    "s3_gb_month",
    "s3_unread_30_days_gb_month",
    "s3_unread_90_days_gb_month",
    "s3_monitored_object_month",
    "write_unit",
    "read_unit",
    "table_gb_month",
    "backup_gb_month",
    "vector_written_gb",
    "vector_searched_gb",
    "vector_gb_month",
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
    "plan_free_month",
    "plan_pro_month",
    "plan_business_month",
    "plan_premium_month",
    "rekognition_picture",
]

PRICED_ON = "November 2026"
SOURCES = {
    "Lambda": "aws.amazon.com/lambda/pricing and wring.co/blog/aws-lambda-pricing-guide, March 2026",
    "S3": "usage.ai/blogs/aws/storage-cost/s3/cost-calculator, June 2026; tiers: aws.amazon.com/s3/pricing",
    "DynamoDB": "airbyte.com/data-engineering-resources/dynamodb-pricing, July 2025; aws.amazon.com/dynamodb/pricing",
    "HTTP API, logs": "go-cloud.io/aws-api-gateway-pricing, 2026",
    "SQS": "cloudburn.io/blog/amazon-sqs-pricing, March 2026",
    "CloudWatch": "factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards, June 2026; its free "
    "allowances: aws.amazon.com/cloudwatch/pricing",
    "X-Ray": "aws.amazon.com/xray/pricing",
    "WAF": "awsnegotiations.com/waf-pricing-strategy.html, 2026; c3x.dev/blog/aws-waf-cost-explained",
    "CloudFront, its plans": "duckbillhq.com/?p=10291, January 2026",
}
"""Where prices were read again in November 2026.

Those of ECR, SnapStart and Rekognition could not be: they are of AWS's price lists of July 2025.
"""
PLANS: dict[str, Price] = {
    "": "plan_free_month",
    "FREE": "plan_free_month",
    "PRO": "plan_pro_month",
    "BUSINESS": "plan_business_month",
    "PREMIUM": "plan_premium_month",
}
PRICES: dict[Price, float] = {
    "lambda_gb_second": 0.0000166667,  # x86_64
    "lambda_request": 0.20e-6,
    "api_request": 1.00e-6,  # HTTP API
    "s3_put": 0.005e-3,  # PUT, POST, COPY, LIST
    "s3_get": 0.0004e-3,
    "s3_gb_out": 0.09,  # to the internet, beyond the first 100 GB of an account's month
    "s3_gb_month": 0.023,  # Standard, and Intelligent-Tiering's tier of what was read within 30 days
    "s3_unread_30_days_gb_month": 0.0125,
    "s3_unread_90_days_gb_month": 0.004,
    "s3_monitored_object_month": 0.0025e-3,  # Intelligent-Tiering, of 128 kB and more
    "write_unit": 0.625e-6,  # on demand: a write of up to 1 kB
    "read_unit": 0.125e-6,  # on demand: a consistent read of up to 4 kB
    "table_gb_month": 0.25,
    "backup_gb_month": 0.20,  # point-in-time recovery
    "vector_written_gb": 0.52,  # a kB at least of each
    "vector_searched_gb": 0.002,  # of what is examined, a kB at least
    "vector_gb_month": 0.25,
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
    "plan_free_month": 0.00,  # CloudFront's flat-rate plans, a firewall included
    "plan_pro_month": 15.00,
    "plan_business_month": 200.00,
    "plan_premium_month": 1000.00,
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

    processor_ms: float = 130
    """Of both processes of the captioner: 120 measured, 10 of looking for near copies reckoned."""
    waiting_ms: float = 120
    """For S3 (three requests one after the other) and the table (four): an estimate."""
    images_ms: float = 60
    """Of the function that answers the upload's ticket, for one picture: an estimate."""
    puts: int = 6
    """The upload itself, the record, the original, three renditions. Deleting what was sent costs nothing."""
    gets: int = 1
    writes: int = 51
    """The sender's quota 1, the ticket 1; the claim on its bytes 1, the row 3; counts 7: of pictures, of captions, of
    three labels, of the month's public pictures and the owner's; postings 38: newest, the owner's two, by date 2, hash,
    signature, the tile 2, three labels, and of the search index 15 groups of classes, the caption's six words and the
    five of the file's name."""
    reads: float = 13.5
    """The sums are counted by a test: the row, twice; whether its owner was blocked, is blocked, and left; the claim
    on these bytes, the two lists of those its owner has; and for near copies its list by date and eight parts of the
    list by signature."""
    queue_requests: int = 3
    """Put in by S3, received, deleted; in full batches the last two are shared by five pictures."""
    original_bytes: int = 3_000_000
    rendition_bytes: int = 500_000
    """Three of a 12-megapixel photograph: 380 to 590 kB, measured."""
    table_bytes: int = 12_500
    table_rows: int = 44
    log_bytes: int = 1_500


@dataclass(frozen=True, kw_only=True)
class Search:
    """What a query takes of somebody not signed in, among 100,000 pictures; `reads` are units of the table."""

    reads: float
    processor_ms: float = 45
    """Measured, with much else running."""
    waiting_ms: float = 30
    """For the votes on the query, its lists, eight at a time, and the pictures found: an estimate."""
    searched_bytes: int = 2_000_000
    """Vectors that are examined to find the nearest sentences, of everybody's and of one's own: an estimate, since
    only AWS can tell. It grows with the logarithm of how many there are."""
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
    """What people are told of prices in dollars.

    Of a picture and its caption, of a stored GB, of an idle month, and of a GB of originals that is gathered, kept for
    a week and saved once.
    """

    picture: float
    gb_month: float
    month_at_rest: float
    export_gb: float


def rates(settings: Settings) -> Rates:
    """Return what things cost in a stage, for whose functions it is to calculate with; for a laptop, in the cloud."""
    if settings.browser_endpoint:
        settings = STAGES["prod"]
    usage = Usage()
    picture = total(per_thousand(usage, settings.caption_memory, settings.images_memory)) / 1000
    stored = 1 + usage.rendition_bytes / usage.original_bytes
    at_rest_month, export = total(at_rest(0, usage, settings)), total(per_exported_gb(usage, settings.export_memory))
    return Rates(picture, stored * PRICES["s3_gb_month"], at_rest_month, export)


def per_exported_gb(usage: Usage, memory: int) -> list[Item]:
    """Return what it costs to gather a GB of originals into ZIP files, which are saved once."""
    pictures, parts, seconds = 1e9 / usage.original_bytes, 1e9 / 6e6, 60  # of two pictures a part; a slow estimate
    return [
        Item("export's time", seconds * memory / 1024, "lambda_gb_second"),
        Item("S3: read", 2 * pictures, "s3_get"),
        Item("S3: write", 2 * parts, "s3_put"),
        Item("table: write", parts, "write_unit"),
        Item("table: read", 2 * pictures, "read_unit"),
        Item("kept for a week", 8 / MONTH_DAYS, "s3_gb_month"),
        Item("sent out", 1, "s3_gb_out"),
    ]


def per_thousand_queries(usage: Search, memory: int = STAGES["prod"].search_memory) -> list[Item]:
    """Return what 1000 queries cost."""
    return [
        Item("search's time", milliseconds(usage, memory) * memory / 1024, "lambda_gb_second"),
        Item("calls of functions", 1000, "lambda_request"),
        Item("queries through the API", 1000, "api_request"),
        Item("table: read", 1000 * usage.reads, "read_unit"),
        Item("vectors: examined", 1000 * usage.searched_bytes / 1e9, "vector_searched_gb"),
        Item("logs", 1000 * usage.log_bytes / 1e9, "log_gb"),
        Item("traces, each call", 1000, "trace"),
    ]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """What a sentence takes that is written of a picture; a test counts the units of the table."""

    processor_ms: float = 15
    """Of the function that makes its vector, measured with much else running."""
    waiting_ms: float = 30
    """For the note, the picture and the posting: an estimate."""
    writes: int = 8
    """The posting, the note, the vector of 3 kB with what it replaces, and the end of the note."""
    reads: float = 3
    vector_bytes: int = 1_900
    """384 numbers of four bytes, the text and the keys, in the index."""
    table_bytes: int = 3_100


def per_thousand_sentences(usage: Sentence, settings: Settings = STAGES["prod"]) -> list[Item]:
    """Return what 1000 sentences cost whose pictures change one at a time, and to keep them for a month."""
    took = usage.processor_ms + usage.waiting_ms
    return [
        Item("embed's time", took * settings.search_memory / 1024, "lambda_gb_second"),
        Item("calls of functions", 1000, "lambda_request"),
        Item("table: written", 1000 * usage.writes, "write_unit"),
        Item("table: read", 1000 * usage.reads, "read_unit"),
        Item("vectors: written", 1000 * usage.vector_bytes / 1e9, "vector_written_gb"),
        Item("vectors: kept for a month", 1000 * usage.vector_bytes / 1e9, "vector_gb_month"),
        Item("table: kept for a month", 1000 * usage.table_bytes / 1e9, "table_gb_month"),
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


def at_rest(pictures: int, usage: Usage, settings: Settings = STAGES["prod"], unread_days: int = 1) -> list[Item]:
    """Return what a month costs in which nobody does anything, with so many pictures stored.

    Originals get cheaper some days after each was last read. The owner's budget is in none of the lines, nor are the
    mails of alarms: both are free.
    """
    looks = MONTH_DAYS * 24 * 60 / settings.look_every_minutes
    sweeps = Sweeps(pictures, usage, settings)
    asked = _queues(settings) * ASKED_A_MONTH
    table_gb = pictures * usage.table_bytes / 1e9
    charged = settings.firewall and not settings.cdn_plan
    return [
        Item("storage: originals", pictures * usage.original_bytes / 1e9, tier(unread_days)),
        Item("storage: watched for who reads", pictures, "s3_monitored_object_month"),
        Item("storage: renditions and records", pictures * usage.rendition_bytes / 1e9, "s3_gb_month"),
        Item("storage: table", table_gb, "table_gb_month", free=25),
        Item("backup of the table", table_gb, "backup_gb_month"),
        Item("container image", IMAGE_GB if settings.caption_image else 0, "image_gb_month"),
        Item("Lambda asking the queues", asked, "queue_request", free=1e6),
        Item("sweeper: asks for dead letters", looks, "queue_request", free=max(0, 1e6 - asked)),
        Item("sweeper: lists S3", sweeps.lists, "s3_put"),
        Item("sweeper: reads the table", sweeps.reads, "read_unit"),
        Item("sweeper: keeps its places", sweeps.writes, "write_unit"),
        Item("sweeper: its time", sweeps.seconds * settings.sweep_memory / 1024, "lambda_gb_second"),
        # Of what is to be taken down, of the day's tries at captioning, and of pictures that lack a vector.
        Item("sweeper: looks for all three", 2 * looks, "read_unit"),
        Item("sweeper: is called for them", looks, "lambda_request"),
        Item("sweeper: their time", looks * LOOK_SECONDS * settings.sweep_memory / 1024, "lambda_gb_second"),
        Item("alarms", ALARMS, "alarm_month", free=10),
        Item("dashboard", 1, "dashboard_month", free=3),
        Item("metrics", METRICS, "metric_month", free=10),
        Item("firewall", int(charged), "firewall_month"),
        Item("firewall: its rules", 3 * charged, "firewall_rule_month"),
        Item("CloudFront's plan", int(bool(settings.cdn_plan)), PLANS[settings.cdn_plan]),
    ]


def tier(unread_days: int) -> Price:
    """Return the price of an original that nobody has read for so many days (Intelligent-Tiering)."""
    if unread_days > 90:
        return "s3_unread_90_days_gb_month"
    return "s3_unread_30_days_gb_month" if unread_days > 30 else "s3_gb_month"


TASK_GB, BASE_GB = 0.08, 0.045
"""Of the captioner's image, compressed: our folder, as a test compresses it, and Debian's Python, an estimate."""
IMAGE_GB = TASK_GB + BASE_GB
LOOK_SECONDS = 0.1
"""That the sweeper takes to see that there is nothing to do: an estimate, now and then with its start."""
ALARMS, METRICS = 8, 10
QUEUES = 1
"""Asked by Lambda: pictures to caption. That of pictures to caption again is asked only while there are any."""
ASKED_A_MONTH = MONTH_DAYS * 24 * 3600 / 20 * 5
"""Requests to an empty queue: five at a time, each of which waits for twenty seconds."""

DAILY_LISTS, DAILY_READS, DAILY_WRITES = 1, 25, 12
"""Of a sweep that compares nothing: what was sent, the places of all rules and what each looks for. A test counts."""
PASS_LISTS, PASS_READS, PASS_WRITES = 7, 2.5, 9
"""Of a comparison of all objects with all rows, though there are none; likewise."""
SWEPT = 50_000
"""Objects of a kind, and rows, that a sweep looks at; the next one goes on behind them."""
_LISTS_A_THOUSAND = 7
"""Requests to S3 for each thousand pictures: originals (twice), renditions (three), records (twice)."""
_POSTING_BYTES = 110
_COUNTS_A_ROW = 0.1
"""Units for the counts of labels and months, of which a thousand pictures have some two hundred: an estimate."""


@dataclass(frozen=True)
class Sweeps:
    """What the sweeper does in a month in which nobody else does anything."""

    pictures: int
    usage: Usage
    settings: Settings

    @property
    def runs(self) -> float:
        """How often it is called."""
        return MONTH_DAYS * 24 * 60 / self.settings.sweep_every_minutes

    @property
    def passes(self) -> float:
        """How often it begins to compare all objects with all rows, at the most: some take more runs than one."""
        days = self.settings.compare_every_days
        return min(self.runs, MONTH_DAYS / days if days else inf)

    @property
    def lists(self) -> float:
        """Requests that list objects."""
        return self.runs * DAILY_LISTS + self.passes * PASS_LISTS + self._compared / 1000 * _LISTS_A_THOUSAND

    @property
    def reads(self) -> float:
        """Units of the table: all rows, and those that they are compared with."""
        rows = self._scanned * (_POSTING_BYTES / 4096 / 2 + _COUNTS_A_ROW) + self.pictures_read
        return self.runs * DAILY_READS + self.passes * PASS_READS + rows

    @property
    def pictures_read(self) -> float:
        """Units for rows of pictures: of each posting, of each picture twice by its objects.

        To count pictures, their rows are read once more, and consistently; to count months, four times.
        """
        months = self._scanned / self.usage.table_rows * 4 * 0.5
        return self._scanned * 0.5 + self._compared * (0.5 + 0.5 + 1) + months

    @property
    def writes(self) -> float:
        """Units of the table, for the places to go on from."""
        batches = (self._scanned + self._compared * (_LISTS_A_THOUSAND - 1)) / 1000
        return self.runs * DAILY_WRITES + self.passes * PASS_WRITES + batches

    @property
    def seconds(self) -> float:
        """Of its time, about: a second to begin, and a quarter for each request that lists objects."""
        return self.runs + self.lists / 4

    @property
    def _compared(self) -> float:
        return min(self.passes * self.pictures, self.runs * SWEPT)

    @property
    def _scanned(self) -> float:
        return min(self.passes * self.pictures * self.usage.table_rows, self.runs * SWEPT)


def _queues(settings: Settings) -> int:
    return QUEUES + (settings.llm is not None)


def total(items: Sequence[Item]) -> float:
    """Return the sum in dollars."""
    return sum(item.dollars for item in items)


def bill(title: str, items: Sequence[Item]) -> str:
    """Return the lines of a bill and their sum."""
    lines = [
        f"  {item.what:34}{item.amount:>14,.7g} at ${PRICES[item.price]:<14.10g}{_free(item):16}${item.dollars:>8.4f}"
        for item in items
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


ZIPPED = replace(STAGES["prod"], caption_image=False)


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
        + bill("1000 sentences written of pictures", per_thousand_sentences(Sentence()))
        + "\n\n"
        + bill("1000 mosaics of 4000 tiles", per_thousand_mosaics(Mosaic()))
        + f"\n  a day of as many as are made at once: ${most_for_mosaics(Mosaic()) or 0:.0f} at the most\n\n"
        + bill("a month at rest with no picture", at_rest(0, usage))
        + f"\n  with the captioner as a zip file: ${total(at_rest(0, usage, ZIPPED)):.4f}\n\n"
        + bill("a month at rest with 10,000 pictures", at_rest(10_000, usage))
        + "".join(
            f"\n  from day {day} after they were last read on: ${total(at_rest(10_000, usage, unread_days=day)):.4f}"
            for day in (1, 31, 91)
        )
        + "\n\n"
        + curve(usage)
        + "\n"
    )


if __name__ == "__main__":
    main()
