"""Who is told when something is wrong: alarms, each with a page of docs/runbook named like it, and a budget."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.brake import Brake
from infra.constructs.metrics import FIVE_MINUTES, own_metric
from infra.constructs.queues import Queues
from infra.constructs.topic import Topic
from infra.settings import ROOT, Settings

RUNBOOK = ROOT / "docs" / "runbook"
WARNING_PERCENT, STOP_PERCENT = 80, 100
"""Of the month's budget: from here on the owner is told, and from here on captioning stops."""


class Alarms(Construct):
    """Every alarm is about one metric, since each metric of an alarm is charged for beyond ten.

    Those about functions are therefore about all that the account has in this region.
    """

    def __init__(self, scope: Construct, settings: Settings, queues: Queues, api: Api, brake: Brake) -> None:
        super().__init__(scope, "Watching")
        self._prefix = settings.prefix
        self.topic = Topic(self, "alarms", settings)
        waiting = queues.pictures.metric_approximate_age_of_oldest_message(period=FIVE_MINUTES, statistic="Maximum")
        # What is moved to this queue is not counted as sent; but the sweeper takes it out within minutes.
        letters = queues.dead_letters.metric_number_of_messages_received(period=FIVE_MINUTES, statistic="Sum")
        forgotten = own_metric(settings, "sweep", "Reminded", period=Duration.days(1))
        errors = api.http.metric_server_error(period=FIVE_MINUTES, statistic="Sum")
        latency = api.http.metric_latency(period=FIVE_MINUTES, statistic="p99")
        failures = lambda_.Function.metric_all_errors(period=FIVE_MINUTES, statistic="Sum")
        throttles = lambda_.Function.metric_all_throttles(period=FIVE_MINUTES, statistic="Sum")
        self.alarms = [
            brake.alarm,
            self._alarm("dead-letters", letters, 0),
            # A picture that fails is tried for longer than that too, but not three times as long.
            self._alarm("pictures-wait", waiting, settings.alarm_waiting_seconds, periods=3),
            self._alarm("pictures-forgotten", forgotten, 0, periods=2),
            self._alarm("server-errors", errors, settings.alarm_server_errors),
            self._alarm("slow-answers", latency, settings.alarm_latency_ms, periods=3),
            self._alarm("function-errors", failures, 0),
            self._alarm("throttles", throttles, settings.alarm_throttles, periods=3),
        ]
        if settings.monthly_budget:
            self._budget(settings.monthly_budget, brake.topic)

    def _alarm(self, name: str, metric: cloudwatch.IMetric, above: float, *, periods: int = 1) -> cloudwatch.Alarm:
        alarm = cloudwatch.Alarm(
            self,
            name.title().replace("-", ""),
            alarm_name=f"{self._prefix}-{name}",
            alarm_description=f"{meaning(name)} What to do: docs/runbook/{name}.md",
            metric=metric,
            threshold=above,
            evaluation_periods=periods,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            # Where nobody comes nothing is measured.
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        tell = actions.SnsAction(self.topic)
        alarm.add_alarm_action(tell)
        alarm.add_ok_action(tell)
        return alarm

    def _budget(self, dollars: float, spending: Topic) -> None:
        """A budget is of the whole account, and free."""
        budgets.CfnBudget(
            self,
            "Budget",
            budget=budgets.CfnBudget.BudgetDataProperty(
                # Budgets belong to the account, whatever the region of the stack.
                budget_name=f"{self._prefix}-month-{Aws.REGION}",
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(amount=dollars, unit="USD"),
            ),
            notifications_with_subscribers=[
                _notification(WARNING_PERCENT, self.topic),
                _notification(STOP_PERCENT, spending),
            ],
        )


def meaning(name: str) -> str:
    """Return what an alarm means: the first line of its page."""
    return (RUNBOOK / f"{name}.md").read_text().partition("\n")[0].removeprefix("# ")


def _notification(percent: int, topic: Topic) -> budgets.CfnBudget.NotificationWithSubscribersProperty:
    return budgets.CfnBudget.NotificationWithSubscribersProperty(
        notification=budgets.CfnBudget.NotificationProperty(
            comparison_operator="GREATER_THAN",
            notification_type="ACTUAL",
            threshold=percent,
            threshold_type="PERCENTAGE",
        ),
        subscribers=[budgets.CfnBudget.SubscriberProperty(address=topic.topic_arn, subscription_type="SNS")],
    )
