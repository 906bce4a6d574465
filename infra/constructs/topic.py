"""Topics on which AWS's own services tell what the owner has to know."""

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.settings import Settings

PUBLISHERS = ("cloudwatch.amazonaws.com", "budgets.amazonaws.com")


class Topic(sns.Topic):
    """Alarms and budgets of this account publish to it; the owner gets an e-mail, where the stage names an address."""

    def __init__(self, scope: Construct, name: str, settings: Settings) -> None:
        super().__init__(scope, name.capitalize(), topic_name=f"{settings.prefix}-{name}", enforce_ssl=True)
        for publisher in PUBLISHERS:
            self.add_to_resource_policy(
                iam.PolicyStatement(
                    actions=["sns:Publish"],
                    principals=[iam.ServicePrincipal(publisher)],
                    resources=[self.topic_arn],
                    conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
                )
            )
        if settings.alarms_email:
            self.add_subscription(subscriptions.EmailSubscription(settings.alarms_email))
