"""The function `brake`, the kill switch for spending: a message on a topic stops captioning until an admin resumes."""

from collections.abc import Sequence

from aws_cdk import ArnFormat, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.constructs.function import GalleryFunction, Runtime
from infra.constructs.metrics import own_metric
from infra.constructs.queues import Queues
from infra.constructs.table import Table
from infra.constructs.topic import Topic

TOO_MANY = "More pictures were captioned within a day than the owner has planned to pay for."


class Brake(GalleryFunction):
    """An alarm on captions a day, the topic that it and others publish to, and the function that stops the queues.

    `sources` are taken from unless spending is stopped, `recaptions` only while there is a job to caption again, too.
    """

    def __init__(
        self,
        scope: Construct,
        runtime: Runtime,
        table: Table,
        queues: Queues,
        sources: Sequence[lambda_.EventSourceMapping],
        recaptions: lambda_.EventSourceMapping,
    ) -> None:
        scope = Construct(scope, "Brake")
        settings = runtime.settings
        mappings = [source.event_source_mapping_id for source in sources]
        again = recaptions.event_source_mapping_id
        super().__init__(
            scope,
            "brake",
            runtime=runtime,
            memory=settings.brake_memory,
            timeout=settings.brake_timeout,
            environment={
                "SPENDING_MAPPINGS": " ".join(mappings),
                "RECAPTION_MAPPING": again,
                "RECAPTION_QUEUE_URL": queues.recaptions.queue_url,
            },
            permissions=[
                queues.count_recaptions(),
                table.allow_rows("RECAPTION", "GetItem"),
                table.allow_rows("PAUSE", "GetItem", "PutItem"),
                table.allow_rows("ALLOWANCE", "GetItem"),
                iam.PolicyStatement(
                    actions=["lambda:UpdateEventSourceMapping"],
                    resources=[_arn(scope, mapping) for mapping in [*mappings, again]],
                ),
            ],
        )
        self.topic = Topic(scope, "spending", settings)
        self.topic.add_subscription(subscriptions.LambdaSubscription(self.function))
        # The sweeper looks every few minutes, and counts anew once an admin resumes. This alarm is quicker by minutes
        # and holds where the sweeper doesn't run; it looks back over 24 hours, and acts only as it begins.
        tries = own_metric(settings, "caption", "PicturesTried", period=Duration.days(1))
        self.alarm = cloudwatch.Alarm(
            scope,
            "TooMany",
            alarm_name=f"{settings.prefix}-captions-a-day",
            alarm_description=TOO_MANY,
            metric=tries,
            threshold=settings.captions_a_day,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        self.alarm.add_alarm_action(actions.SnsAction(self.topic))


def _arn(scope: Construct, mapping: str) -> str:
    form = ArnFormat.COLON_RESOURCE_NAME
    return Stack.of(scope).format_arn(
        service="lambda", resource="event-source-mapping", resource_name=mapping, arn_format=form
    )
