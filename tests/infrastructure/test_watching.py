"""What is watched, who is told, and that somebody who is told knows what to do."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from infra.constructs.api import ACCESS_LOG_FIELDS
from infra.settings import ROOT
from infra.stages import STAGES
from infra.tools.cost import ASKED_A_MONTH, Usage, at_rest
from infra.tools.idle_bill import metrics_of
from tests.infrastructure.conftest import Resource, Synthesized, synthesized

RUNBOOK = ROOT / "docs" / "runbook"
PAGES = {page.stem: page.read_text() for page in RUNBOOK.glob("*.md") if page.stem != "README"}
FREE_ALARMS = 10


def alarms(template: Synthesized) -> dict[str, Resource]:
    """Name, without the stage's prefix → properties."""
    found = template.resources("AWS::CloudWatch::Alarm").values()
    return {each["AlarmName"].removeprefix("neural-gallery-prod-"): each for each in found}


def dashboard(template: Synthesized) -> str:
    """The dashboard's body, as far as it is known before it is deployed."""
    parts = template.only("AWS::CloudWatch::Dashboard")["DashboardBody"]["Fn::Join"][1]
    return "".join(part if isinstance(part, str) else next(iter(part.values())).__str__() for part in parts)


def test_each_alarm_has_a_page_and_each_page_an_alarm(cloud: Synthesized) -> None:
    assert alarms(cloud).keys() == PAGES.keys()
    index = (RUNBOOK / "README.md").read_text()
    assert set(re.findall(r"^\| \[([a-z-]+)\]\(\1\.md\)", index, re.MULTILINE)) == PAGES.keys()


def test_an_alarm_says_what_its_page_begins_with(cloud: Synthesized) -> None:
    for name, alarm in alarms(cloud).items():
        assert alarm["AlarmDescription"].startswith(PAGES[name].partition("\n")[0].removeprefix("# "))


def test_an_alarm_that_tells_the_owner_alone_says_where_its_page_is(cloud: Synthesized) -> None:
    # What stops captioning is read by everybody.
    private = {name: each for name, each in alarms(cloud).items() if "Spending" not in str(each["AlarmActions"])}
    assert alarms(cloud).keys() - private.keys() == {"captions-a-day"}
    assert all(each["AlarmDescription"].endswith(f"docs/runbook/{name}.md") for name, each in private.items())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_what_somebody_asks_who_is_woken_up(page: str) -> None:
    parts = ["What people notice.", "Look here.", "Do this.", "It is over"]
    assert re.findall(r"^\*\*(.+?)\*\*", PAGES[page], re.MULTILINE) == parts


@pytest.mark.parametrize("page", [*PAGES, "README"])
def test_what_a_page_refers_to_is_there(page: str, cloud: Synthesized) -> None:
    text = (RUNBOOK / f"{page}.md").read_text()
    for link in re.findall(r"\]\(([^)#]+)", text):
        assert (RUNBOOK / link).exists()
    shown = dashboard(cloud)
    for title in re.findall(r"“([A-Z][^”]+)”(?= on the dashboard)|dashboard, “([^”]+)”", text):
        assert "".join(title) in shown
    for setting in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text):
        assert hasattr(STAGES["prod"], setting) or setting in {"correlation_id", "xray_trace_id"}, setting


LINES = {"service", "level", "message", "exception", "request", "correlation_id"}
"""What the functions' log lines have, and which tests of them look for."""
WORDS = {"fields", "filter", "sort", "limit", "stats", "by", "as", "and", "or", "like", "asc", "desc"}


@pytest.mark.parametrize("page", [*PAGES, "README"])
def test_a_page_asks_the_logs_for_what_is_in_them(page: str) -> None:
    text = (RUNBOOK / f"{page}.md").read_text()
    for query in re.findall(r"```text\n(.+?)```", text, re.DOTALL):
        bare = re.sub(r'"[^"]*"|(?<=like )/.+?/|@\w+|\w+(?=\()', " ", query)
        made = set(re.findall(r"\bas (\w+)", query))
        asked = set(re.findall(r"\b[a-z_]\w*", re.sub(r"\b\d\w*", "", bare))) - WORDS - made
        assert asked <= LINES or asked <= ACCESS_LOG_FIELDS.keys(), query


def test_watching_costs_nothing_where_nothing_else_is_watched(cloud: Synthesized) -> None:
    assert all("Metrics" not in each for each in alarms(cloud).values()), "each metric of an alarm is charged for"
    assert len(alarms(cloud)) <= FREE_ALARMS
    assert len(cloud.resources("AWS::CloudWatch::Dashboard")) == 1
    (told,) = (each for each in at_rest(0, Usage()) if each.price == "alarm_month")
    assert told.amount == len(alarms(cloud))


def test_each_queue_that_lambda_asks_is_on_the_bill(cloud: Synthesized) -> None:
    (asked,) = (each for each in at_rest(0, Usage()) if each.what == "Lambda asking the queues")
    mappings = cloud.resources("AWS::Lambda::EventSourceMapping").values()
    assert asked.amount == ASKED_A_MONTH * sum(each.get("Enabled", True) for each in mappings)


def test_a_gallery_that_nobody_visits_raises_no_alarm_and_each_alarm_says_when_it_is_over(cloud: Synthesized) -> None:
    for name, alarm in alarms(cloud).items():
        assert alarm["TreatMissingData"] == "notBreaching"
        assert alarm.get("OKActions") or name == "captions-a-day"


def test_no_alarm_looks_back_further_than_cloudwatch_can(cloud: Synthesized) -> None:
    week = 7 * 24 * 3600
    for alarm in alarms(cloud).values():
        assert alarm["Period"] * alarm["EvaluationPeriods"] <= (week if alarm["Period"] >= 3600 else week / 7)


def test_what_goes_wrong_in_any_function_is_noticed_whichever_there_will_be(cloud: Synthesized) -> None:
    watched = {each["MetricName"] for each in alarms(cloud).values() if "Dimensions" not in each}
    assert watched == {"Errors", "Throttles"}


def test_the_dashboard_shows_every_function_and_answers_three_questions(cloud: Synthesized) -> None:
    body = dashboard(cloud)
    assert re.findall(r"## ([\w ]+\?)", body) == ["Is it healthy?", "Is it fast?", "What does it cost?"]
    for name in cloud.resources("AWS::Lambda::Function"):
        assert body.count(f'"AWS/Lambda","Duration","FunctionName","{name}"') >= 1
    assert '"AWS/Lambda","Errors"' in body
    for name in cloud.resources("AWS::Logs::LogGroup"):
        assert f"SOURCE '{name}'" in body or "AccessLog" in name
    assert all(str(name) in body for name in cloud.resources("AWS::CloudWatch::Alarm"))


FREE_METRICS = 50


def test_the_dashboard_is_one_of_those_that_cost_nothing(cloud: Synthesized) -> None:
    """Three dashboards of up to 50 metrics each are free; one that has more costs $3 a month, even if it is alone."""
    (bill,) = (each for each in at_rest(0, Usage()) if each.price == "dashboard_month")
    assert (bill.amount, bill.dollars) == (len(cloud.resources("AWS::CloudWatch::Dashboard")), 0)
    shown = metrics_of(dashboard(cloud))
    assert len(shown) <= FREE_METRICS, sorted(shown)


def test_the_dashboard_shows_every_queue(cloud: Synthesized) -> None:
    shown = dashboard(cloud)
    assert all(f"'{name}'" in shown for name in cloud.resources("AWS::SQS::Queue"))


def test_the_dashboard_s_rows_are_full(cloud: Synthesized) -> None:
    rows: dict[int, int] = {}
    for widget in json.loads(dashboard(cloud))["widgets"]:
        rows[widget["y"]] = rows.get(widget["y"], 0) + widget["width"]
    assert set(rows.values()) == {24}


def test_each_stage_measures_for_itself(cloud: Synthesized) -> None:
    for function in cloud.resources("AWS::Lambda::Function").values():
        assert function["Environment"]["Variables"]["POWERTOOLS_METRICS_NAMESPACE"] == "NeuralGallery-prod"
    own = [each["Namespace"] for each in alarms(cloud).values() if "Gallery" in each["Namespace"]]
    assert own
    assert set(own) == {"NeuralGallery-prod"}


def test_only_this_account_s_alarms_and_budgets_publish(cloud: Synthesized) -> None:
    topics = cloud.resources("AWS::SNS::Topic")
    policies = cloud.resources("AWS::SNS::TopicPolicy").values()
    assert len(topics) == len(policies) == 2
    for policy in policies:
        allowed = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
        assert [sorted(each["Principal"]["Service"]) for each in allowed] == [
            ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"]
        ]
        assert allowed[0]["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


@pytest.mark.slow
def test_an_owner_who_leaves_an_address_and_a_budget_hears_of_both(tmp_path: Path) -> None:
    own = replace(STAGES["local"], alarms_email="ada@example.org", monthly_budget=12.5)
    stage = synthesized(own, tmp_path)
    mails = [each for each in stage.resources("AWS::SNS::Subscription").values() if each["Protocol"] == "email"]
    assert [each["Endpoint"] for each in mails] == ["ada@example.org"] * 2
    budget = stage.only("AWS::Budgets::Budget")
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 12.5, "Unit": "USD"}
    told = {
        each["Notification"]["Threshold"]: each["Subscribers"][0]["Address"]["Ref"]
        for each in budget["NotificationsWithSubscribers"]
    }
    assert "Alarms" in told[80]
    assert "Spending" in told[100]
