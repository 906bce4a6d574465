"""What the functions measure themselves, as alarms and the dashboard look at it."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.settings import Settings

FIVE_MINUTES = Duration.minutes(5)


def own_metric(
    settings: Settings, function: str, name: str, *, statistic: str = "Sum", period: Duration = FIVE_MINUTES
) -> cloudwatch.Metric:
    """Return a metric that one of the stage's functions sends in its log."""
    return cloudwatch.Metric(
        namespace=settings.namespace,
        metric_name=name,
        dimensions_map={"service": function},
        statistic=statistic,
        period=period,
    )
