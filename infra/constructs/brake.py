"""The kill switch for spending: whatever is published on one topic stops captioning until an admin lets it go on."""

from aws_cdk import ArnFormat, Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns_subscriptions as subscriptions

from constructs import Construct
from infra.constructs.api import BRAKE
from infra.constructs.function import GalleryFunction, Runtime
from infra.constructs.metrics import own_metric
from infra.constructs.queues import Captioning
from infra.constructs.table import Catalog
from infra.constructs.topic import Topic

TOO_MANY = "More pictures were captioned within a day than the owner has planned to pay for."


class Brake(Construct):
    """An alarm on captions a day, the topic that it and others publish to, and the function that stops the queues."""

    def __init__(self, scope: Construct, runtime: Runtime, catalog: Catalog, captioning: Captioning) -> None:
        super().__init__(scope, "Brake")
        settings = runtime.settings
        mappings = [each.event_source_mapping_id for each in captioning.spending]
        self.brake = GalleryFunction(
            self,
            BRAKE,
            runtime=runtime,
            memory=settings.brake_memory,
            timeout=settings.brake_timeout,
            environment={"SPENDING_MAPPINGS": " ".join(mappings)},
            permissions=[
                catalog.allow_rows("PAUSE", "GetItem", "PutItem"),
                iam.PolicyStatement(
                    actions=["lambda:UpdateEventSourceMapping"],
                    resources=[self._arn(each) for each in mappings],
                ),
            ],
        )
        self.topic = Topic(self, "spending", settings)
        self.topic.add_subscription(subscriptions.LambdaSubscription(self.brake.function))
        # Messages would be the wrong figure: a form may be sent any number of times, but its ticket is captioned once.
        tries = own_metric(settings, "caption", "PicturesTried", period=Duration.days(1))
        self.alarm = cloudwatch.Alarm(
            self,
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

    def _arn(self, mapping: str) -> str:
        form = ArnFormat.COLON_RESOURCE_NAME
        stack = Stack.of(self)
        return stack.format_arn(
            service="lambda", resource="event-source-mapping", resource_name=mapping, arn_format=form
        )
