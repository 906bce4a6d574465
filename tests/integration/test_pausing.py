"""The kill switch on the local cloud: an alarm stops captioning, the gallery says so, and an admin lets it go on."""

import json
from typing import Any

import httpx
import pytest
from tests import photographs
from tests.accounts import Account
from tests.integration.waiting import image, settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(240)]


def settings(cloud: LocalCloud) -> dict[str, Any]:
    with cloud.http() as http:
        found: dict[str, Any] = http.get("/api/settings").raise_for_status().json()
    return found


def mappings(cloud: LocalCloud) -> list[Any]:
    """How the captioner takes pictures from its queues: new ones, and those that are captioned again."""
    functions = cloud.client("lambda")
    found = functions.list_event_source_mappings(FunctionName=cloud.outputs["CaptionFunctionName"])
    assert len(found["EventSourceMappings"]) == 2
    return list(found["EventSourceMappings"])


def taking(cloud: LocalCloud) -> bool:
    """Whether new pictures are taken; others only while there is a job."""
    new = (each for each in mappings(cloud) if each["EventSourceArn"].endswith("-pictures"))
    return all(each["State"] == "Enabled" for each in new)


def stopped(cloud: LocalCloud) -> bool:
    return all(each["State"] == "Disabled" for each in mappings(cloud))


def resume(cloud: LocalCloud, admin: Account) -> None:
    with cloud.http(headers=admin.headers) as http:
        assert http.post("/api/admin/resume").raise_for_status().json() == {"pause": None}
    assert eventually(lambda: taking(cloud), 60)


@needs_model
def test_an_alarm_stops_captioning_until_an_admin_lets_it_go_on(local_cloud: LocalCloud, admin: Account) -> None:
    cloudwatch, topic = local_cloud.client("cloudwatch"), local_cloud.outputs["SpendingTopicArn"]
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["neural-gallery-local-captions-a-day"])["MetricAlarms"]
    assert alarm["AlarmActions"] == [topic]
    cloudwatch.set_alarm_state(AlarmName=alarm["AlarmName"], StateValue="ALARM", StateReason="tried")
    try:
        assert eventually(lambda: stopped(local_cloud), 60), "the alarm stopped nothing"
        found = settings(local_cloud)
        assert (found["paused"], found["pause"]["reason"]) == (True, alarm["AlarmDescription"])
        image_id = local_cloud.upload(*photographs.some(1)[0])
        ((_, content),) = photographs.some(1)
        trial = httpx.post(
            f"{local_cloud.site_url}/api/classify", content=content, headers={"content-type": "image/jpeg"}
        )
        assert (trial.status_code, trial.headers["retry-after"]) == (503, "3600")
        assert image(local_cloud, image_id)["status"] == "pending"
    finally:
        resume(local_cloud, admin)
    assert settings(local_cloud)["pause"] is None
    assert settled(local_cloud, image_id)["status"] == "captioned"


def test_anything_that_can_publish_can_stop_it_and_the_sweeper_sees_to_it(
    local_cloud: LocalCloud, admin: Account
) -> None:
    message = json.dumps({"NewStateValue": "ALARM", "AlarmDescription": "The month is paid for."})
    local_cloud.client("sns").publish(TopicArn=local_cloud.outputs["SpendingTopicArn"], Message=message)
    try:
        assert eventually(lambda: stopped(local_cloud), 60)
        # As if a deployment had started the queues again.
        functions = local_cloud.client("lambda")
        for each in mappings(local_cloud):
            functions.update_event_source_mapping(UUID=each["UUID"], Enabled=True)
        functions.invoke(FunctionName=local_cloud.outputs["SweepFunctionName"])
        assert eventually(lambda: stopped(local_cloud), 60), "the sweeper left it as it was"
        assert settings(local_cloud)["pause"]["reason"] == "The month is paid for."
    finally:
        resume(local_cloud, admin)
