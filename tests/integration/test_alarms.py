"""Each alarm of the deployed gallery reaches whoever listens, and its page's queries find what they are to find."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from infra.settings import ROOT
from tests import photographs
from tests.accounts import Account
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(240)]

PREFIX = "neural-gallery-local-"
RUNBOOK = ROOT / "docs" / "runbook"
PAGES = sorted(page.stem for page in RUNBOOK.glob("*.md") if page.stem != "README")
(STORY,) = re.findall(r"```text\n(.+?)```", (RUNBOOK / "README.md").read_text(), re.DOTALL)
PAGE_BEGINS = {name: (RUNBOOK / f"{name}.md").read_text().partition("\n")[0].removeprefix("# ") for name in PAGES}
TOPICS = {"captions-a-day": "SpendingTopicArn"}


def topics_may_send_to(queue: str) -> dict[str, Any]:
    sending = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage"}
    return {"Version": "2012-10-17", "Statement": [{**sending, "Resource": queue}]}


@pytest.fixture(scope="module")
def heard(local_cloud: LocalCloud) -> Iterator[list[dict[str, Any]]]:
    """What somebody hears who subscribes to all topics; grows when asked by `listen`."""
    queues, topics = local_cloud.client("sqs"), local_cloud.client("sns")
    queue = queues.create_queue(QueueName="somebody-who-listens")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    queues.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(topics_may_send_to(arn))})
    names = {TOPICS.get(page, "AlarmsTopicArn") for page in PAGES}
    subscribed = [
        topics.subscribe(TopicArn=local_cloud.outputs[name], Protocol="sqs", Endpoint=arn)["SubscriptionArn"]
        for name in sorted(names)
    ]
    yield []
    for each in subscribed:
        topics.unsubscribe(SubscriptionArn=each)
    queues.delete_queue(QueueUrl=queue)


def listen(cloud: LocalCloud, heard: list[dict[str, Any]]) -> list[dict[str, Any]]:
    queues = cloud.client("sqs")
    queue = queues.get_queue_url(QueueName="somebody-who-listens")["QueueUrl"]
    for message in queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        heard.append(json.loads(json.loads(message["Body"])["Message"]))
        queues.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return heard


def paused(cloud: LocalCloud) -> bool:
    with cloud.http() as http:
        return bool(http.get("/api/settings").json()["paused"])


@pytest.fixture
def going_again(local_cloud: LocalCloud, admin: Account) -> Iterator[None]:
    """What was stopped by an alarm goes on afterwards, as an admin has it."""
    yield
    with local_cloud.http(headers=admin.headers) as http:
        http.post("/api/admin/resume").raise_for_status()
    assert eventually(lambda: not paused(local_cloud), 60)


def told(cloud: LocalCloud, heard: list[dict[str, Any]], name: str) -> list[str]:
    """The states that somebody who listens has heard an alarm to be in."""
    found = [each for each in listen(cloud, heard) if each["AlarmName"] == PREFIX + name]
    assert all(each["AlarmDescription"].startswith(PAGE_BEGINS[name]) for each in found)
    return [each["NewStateValue"] for each in found]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("going_again")
def test_an_alarm_is_heard_when_it_begins_and_when_it_is_over(
    local_cloud: LocalCloud, heard: list[dict[str, Any]], name: str
) -> None:
    watch, stops = local_cloud.client("cloudwatch"), name in TOPICS
    watch.set_alarm_state(AlarmName=PREFIX + name, StateValue="ALARM", StateReason="a test")
    assert eventually(lambda: told(local_cloud, heard, name) == ["ALARM"], 60)
    assert eventually(lambda: paused(local_cloud) == stops, 60)
    watch.set_alarm_state(AlarmName=PREFIX + name, StateValue="OK", StateReason="a test")
    # Nobody needs to hear that a day is over whose captions were too many: captioning stays stopped.
    assert eventually(lambda: told(local_cloud, heard, name) == ["ALARM", *([] if stops else ["OK"])], 60)


def log_groups(cloud: LocalCloud) -> list[str]:
    found = cloud.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{PREFIX}")["logGroups"]
    return [each["logGroupName"] for each in found]


def ask(cloud: LocalCloud, query: str) -> list[dict[str, str]]:
    """Ask Logs Insights about every function's log."""
    logs = cloud.client("logs")
    asked = logs.start_query(logGroupNames=log_groups(cloud), startTime=0, endTime=4_000_000_000, queryString=query)
    answers: list[Any] = []

    def answered() -> bool:
        answers.append(logs.get_query_results(queryId=asked["queryId"]))
        return answers[-1]["status"] not in {"Scheduled", "Running"}

    assert eventually(answered, 60)
    assert answers[-1]["status"] == "Complete"
    return [{each["field"]: each["value"] for each in row} for row in answers[-1]["results"]]


def lines(cloud: LocalCloud) -> list[str]:
    """Every line of every function's log."""
    read = cloud.client("logs").get_paginator("filter_log_events").paginate
    pages = [page for group in log_groups(cloud) for page in read(logGroupName=group)]
    return [each["message"] for page in pages for each in page["events"]]


@needs_model
def test_the_whole_story_of_a_picture_is_told_under_one_id(local_cloud: LocalCloud) -> None:
    image_id = local_cloud.upload(*photographs.some(1)[0])
    assert settled(local_cloud, image_id)["status"] == "captioned"
    query = re.sub(r"/\w{26}/", f"/{image_id}/", STORY)

    def story() -> list[tuple[str, str]]:
        told = [json.loads(row["@message"]) for row in ask(local_cloud, query)]
        assert {each["correlation_id"] for each in told} <= {image_id}
        return [(each["service"], each["message"]) for each in told]

    assert eventually(lambda: story() == [("images", "ticket"), ("caption", "picture captioned")], 60), story()


@needs_model
def test_what_the_dashboard_shows_of_ours_is_really_measured(local_cloud: LocalCloud) -> None:
    watch = local_cloud.client("cloudwatch")
    body = watch.get_dashboard(DashboardName=local_cloud.outputs["DashboardName"])["DashboardBody"]
    shown = set(re.findall(r'"NeuralGallery-local","(\w+)","service","(\w+)"', body))
    local_cloud.upload("none.jpg", b"no picture at all")
    local_cloud.upload(*photographs.some(1)[0])
    local_cloud.client("lambda").invoke(FunctionName=f"{PREFIX}sweep")

    def measured() -> set[tuple[str, str]]:
        found = [json.loads(line) for line in lines(local_cloud) if line.startswith('{"_aws"')]
        return {
            (metric["Name"], each["service"])
            for each in found
            for sent in each["_aws"]["CloudWatchMetrics"]
            if sent["Namespace"] == "NeuralGallery-local"
            for metric in sent["Metrics"]
        }

    # What the captioner measures in trouble alone is measured in a test of its own.
    expected = shown - {("PicturesInTrouble", "caption")}
    assert expected
    assert eventually(lambda: expected <= measured(), 90), expected - measured()


def test_nothing_of_people_and_no_token_is_in_the_logs(local_cloud: LocalCloud, admin: Account) -> None:
    file = {"name": "Ada Lovelace.jpg", "title": "Ada at sea", "type": "image/jpeg", "size": 9, "visibility": "private"}
    with local_cloud.http(headers=admin.headers) as http:
        (ticket,) = http.post("/api/uploads", json={"files": [file]}).raise_for_status().json()["uploads"]
        http.get("/api/search", params={"query": "adas holiday"}).raise_for_status()
        http.post("/api/admin/failures/redrive").raise_for_status()
    assert eventually(lambda: any(ticket["image_id"] in line for line in lines(local_cloud)), 60)
    written = "".join(lines(local_cloud))
    for private in (admin.email, admin.token, admin.password, "Lovelace", "at sea", "adas", "X-Amz-Signature"):
        assert private not in written
    assert ticket["fields"]["policy"] not in written
