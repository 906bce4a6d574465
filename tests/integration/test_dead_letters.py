"""A captioner in trouble on the deployed gallery: five tries, a dead letter with its reason, and another chance."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from tests import photographs
from tests.accounts import Account
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(240)]


@contextmanager
def captioner_in_trouble(cloud: LocalCloud) -> Iterator[None]:
    """Take the table away from the captioner, and let its messages come again at once rather than after minutes."""
    functions, queues = cloud.client("lambda"), cloud.client("sqs")
    name, queue = cloud.outputs["CaptionFunctionName"], cloud.outputs["CaptionQueueUrl"]
    before = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    hidden = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    queues.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "2"})
    functions.update_function_configuration(
        FunctionName=name, Environment={"Variables": {**before, "TABLE_NAME": "no-such-table"}}
    )
    try:
        yield
    finally:
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": before})
        queues.set_queue_attributes(QueueUrl=queue, Attributes=hidden)


def reports(cloud: LocalCloud, admin: Account, image_id: str) -> list[dict[str, Any]]:
    with cloud.http(headers=admin.headers) as http:
        found = http.get("/api/admin/failures").raise_for_status().json()["failures"]
    return [each for each in found if each["image_id"] == image_id]


@needs_model
@pytest.mark.fault("the captioner may not reach its table", "a dead letter after five tries; captioned when sent again")
def test_what_the_captioner_gives_up_on_is_shown_and_sent_again(local_cloud: LocalCloud, admin: Account) -> None:
    with captioner_in_trouble(local_cloud):
        image_id = local_cloud.upload(*photographs.some(1)[0])
        assert eventually(lambda: reports(local_cloud, admin, image_id), 90), "no dead letter"
    (report,) = reports(local_cloud, admin, image_id)
    assert (report["kind"], report["image"]["status"]) == ("dead_letter", "pending")
    assert report["detail"]
    with local_cloud.http(headers=admin.headers) as http:
        assert http.post("/api/admin/failures/redrive").json()["redriven"] >= 1
    assert settled(local_cloud, image_id)["status"] == "captioned"
    assert reports(local_cloud, admin, image_id) == []
