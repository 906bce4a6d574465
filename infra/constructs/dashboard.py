"""One page of pictures that answers three questions: is it healthy, is it fast, what does it cost?"""

from collections.abc import Mapping, Sequence

from aws_cdk import Aws, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.alarms import Alarms
from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction
from infra.constructs.media import Media
from infra.constructs.metrics import FIVE_MINUTES, own_metric
from infra.constructs.queues import Queues
from infra.constructs.table import Table
from infra.settings import Settings
from infra.tools.cost import MONTH_DAYS, PRICES, Usage

WIDTH = 24
DAY = Duration.days(1)
COLD_STARTS = (
    'filter @type = "REPORT" and ispresent(@initDuration)',
    "stats count() as starts, pct(@initDuration, 50) as median_ms, pct(@initDuration, 99) as p99_ms by bin(1h)",
)
CALLS = (
    'filter @type = "REPORT"',
    "stats count() as calls, sum(@duration) / 1000 as seconds by @log",
    "sort seconds desc",
)


class Dashboard(Construct):
    """Make it last: it shows every function that the stack has by then.

    CloudWatch gives three dashboards of up to 50 different metrics each, and takes $3 a month for one that has more. So
    what is known of each function is its time; its calls and failures are looked up in the logs.
    """

    def __init__(
        self,
        scope: Construct,
        settings: Settings,
        media: Media,
        table: Table,
        queues: Queues,
        api: Api,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, "Dashboard")
        self._settings = settings
        self._functions = [
            construct for construct in Stack.of(self).node.find_all() if isinstance(construct, GalleryFunction)
        ]
        # Dashboards belong to the account, whatever the region of the stack.
        self.name = f"{settings.prefix}-{Aws.REGION}"
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name=self.name,
            default_interval=Duration.days(7),
            widgets=[
                _question("Is it healthy?"),
                self._health(queues, api, alarms),
                _question("Is it fast?"),
                self._speed(api),
                _question("What does it cost?"),
                self._cost(media, table, queues, api),
            ],
        )

    def _health(self, queues: Queues, api: Api, alarms: Alarms) -> list[cloudwatch.IWidget]:
        letters, queue = queues.dead_letters, queues.pictures
        return _row(
            cloudwatch.AlarmStatusWidget(title="Alarms", alarms=alarms.alarms, width=WIDTH, height=2),
            _graph(
                "Pictures",
                self._own("caption", "PicturesCaptioned", "captioned"),
                self._own("caption", "PicturesFailed", "no pictures, or broken"),
                self._own("caption", "PicturesInTrouble", "tries that failed"),
                letters.metric_number_of_messages_received(label="given up", statistic="Sum"),
                self._own("sweep", "Reminded", "found forgotten"),
            ),
            _graph(
                "Pictures waiting",
                _waiting(queue, "for a caption"),
                _waiting(queues.recaptions, "for another caption"),
                *([_waiting(queues.sentences, "for a sentence")] if queues.sentences else []),
                right=[queue.metric_approximate_age_of_oldest_message(label="the oldest, s", statistic="Maximum")],
            ),
            _graph(
                "Requests",
                api.http.metric_count(label="all", statistic="Sum"),
                api.http.metric_client_error(label="4xx", statistic="Sum"),
                api.http.metric_server_error(label="5xx", statistic="Sum"),
            ),
            _graph(
                "Functions that failed or were throttled",
                lambda_.Function.metric_all_errors(label="failed, all", statistic="Sum"),
                right=[lambda_.Function.metric_all_throttles(label="throttled, all", statistic="Sum")],
            ),
        )

    def _speed(self, api: Api) -> list[cloudwatch.IWidget]:
        (search,) = (function for function in self._functions if _short(function) == "search")
        return _row(
            _graph(
                "Upload to caption, ms",
                *(
                    self._own("caption", "CaptionLatency", percentile, statistic=percentile)
                    for percentile in ("p50", "p90", "p99")
                ),
            ),
            _graph(
                "API, ms",
                *(api.http.metric_latency(label=percentile, statistic=percentile) for percentile in ("p50", "p99")),
            ),
            _graph(
                "Search, ms",
                *(
                    search.function.metric_duration(label=percentile, statistic=percentile)
                    for percentile in ("p50", "p99")
                ),
            ),
            self._logs("Cold starts", COLD_STARTS, cloudwatch.LogQueryVisualizationType.LINE),
        )

    def _cost(self, media: Media, table: Table, queues: Queues, api: Api) -> list[cloudwatch.IWidget]:
        stored = _stored_bytes(media)
        dollars = [
            self._time_dollars(),
            _dollars(
                "functions' calls, the account's",
                {"calls": PRICES["lambda_request"]},
                calls=lambda_.Function.metric_all_invocations(statistic="Sum"),
            ),
            _dollars("API", {"requests": PRICES["api_request"]}, requests=api.http.metric_count(statistic="Sum")),
            _dollars(
                "table",
                {"writes": PRICES["write_unit"], "reads": PRICES["read_unit"]},
                writes=table.table.metric_consumed_write_capacity_units(statistic="Sum"),
                reads=table.table.metric_consumed_read_capacity_units(statistic="Sum"),
            ),
            _dollars(
                "S3's requests, reckoned from captions",
                {"captioned": Usage.puts * PRICES["s3_put"] + Usage.gets * PRICES["s3_get"]},
                captioned=self._own("caption", "PicturesCaptioned", "captioned"),
            ),
            _dollars(
                "queue",
                dict.fromkeys(("sent", "received", "deleted"), PRICES["queue_request"]),
                sent=queues.pictures.metric_number_of_messages_sent(statistic="Sum"),
                received=queues.pictures.metric_number_of_messages_received(statistic="Sum"),
                deleted=queues.pictures.metric_number_of_messages_deleted(statistic="Sum"),
            ),
            _dollars("storage", {"stored": PRICES["s3_gb_month"] / 1e9 / MONTH_DAYS}, stored=stored),
        ]
        parts = {f"part{number}": dollar for number, dollar in enumerate(dollars)}
        sums = ", ".join(f"FILL({part}, 0)" for part in parts)
        total = cloudwatch.MathExpression(expression=f"SUM([{sums}])", using_metrics=parts, period=DAY)
        # An average alone is no series that could be shown.
        average = f"total * 0 + AVG(total) * {MONTH_DAYS}"
        month = cloudwatch.MathExpression(
            expression=average, using_metrics={"total": total}, label="dollars", period=DAY
        )
        return _row(
            _graph("Dollars a day, without logs, traces and traffic", *dollars, stacked=True),
            cloudwatch.SingleValueWidget(
                title="A month like these days", metrics=[month], period=DAY, width=3, height=6
            ),
            self._logs("Calls of functions", CALLS, cloudwatch.LogQueryVisualizationType.TABLE),
            _graph("Bytes stored", stored, width=3),
            _graph("This month's bill of the account, where billing alerts are on, $", _bill()),
        )

    def _time_dollars(self) -> cloudwatch.MathExpression:
        times = {
            f"time{number}": function.function.metric_duration(statistic="Sum")
            for number, function in enumerate(self._functions)
        }
        gigabytes = {name: function.memory / 1024 for name, function in zip(times, self._functions, strict=True)}
        price = PRICES["lambda_gb_second"] / 1000
        return _dollars(
            "functions' time", {name: price * gigabyte_seconds for name, gigabyte_seconds in gigabytes.items()}, **times
        )

    def _logs(
        self, title: str, query: Sequence[str], view: cloudwatch.LogQueryVisualizationType
    ) -> cloudwatch.LogQueryWidget:
        """Return a question to the logs of all functions, which is asked when somebody looks and is no metric."""
        return cloudwatch.LogQueryWidget(
            title=title,
            log_group_names=[function.log.log_group_name for function in self._functions],
            query_lines=list(query),
            view=view,
        )

    def _own(self, function: str, name: str, label: str, *, statistic: str = "Sum") -> cloudwatch.Metric:
        return own_metric(self._settings, function, name, statistic=statistic).with_(label=label)


def _short(function: GalleryFunction) -> str:
    return function.name.rpartition("-")[2]


def _question(words: str) -> list[cloudwatch.IWidget]:
    return [cloudwatch.TextWidget(markdown=f"## {words}", width=WIDTH, height=1)]


def _row(*widgets: cloudwatch.ConcreteWidget) -> list[cloudwatch.IWidget]:
    return list(widgets)


def _graph(
    title: str,
    *metrics: cloudwatch.IMetric,
    right: Sequence[cloudwatch.IMetric] = (),
    stacked: bool = False,
    width: int = 6,
) -> cloudwatch.GraphWidget:
    period = DAY if stacked else FIVE_MINUTES
    return cloudwatch.GraphWidget(
        title=title, left=list(metrics), right=list(right), stacked=stacked, period=period, width=width, height=6
    )


def _waiting(queue: sqs.Queue, label: str) -> cloudwatch.IMetric:
    return queue.metric_approximate_number_of_messages_visible(label=label, statistic="Maximum")


def _dollars(label: str, prices: Mapping[str, float], **metrics: cloudwatch.IMetric) -> cloudwatch.MathExpression:
    """Return what a day's amounts cost; `prices` are in dollars for one of what each metric counts."""
    # Written out, since metric math knows no exponents.
    terms = ", ".join(f"FILL({name}, 0) * {price:.15f}" for name, price in prices.items())
    return cloudwatch.MathExpression(expression=f"SUM([{terms}])", using_metrics=metrics, label=label, period=DAY)


def _stored_bytes(media: Media) -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/S3",
        metric_name="BucketSizeBytes",
        dimensions_map={"BucketName": media.bucket.bucket_name, "StorageType": "StandardStorage"},
        label="media",
        statistic="Average",
        period=DAY,
    )


def _bill() -> cloudwatch.Metric:
    return cloudwatch.Metric(
        namespace="AWS/Billing",
        metric_name="EstimatedCharges",
        dimensions_map={"Currency": "USD"},
        label="dollars",
        region="us-east-1",
        statistic="Maximum",
        period=Duration.hours(6),
    )
