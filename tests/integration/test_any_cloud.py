"""What any cloud has to do for the gallery: the one that AWS_ENDPOINT_URL names, or else the local one.

An endpoint need not have everything: what of the template it lacks is left out, and the tests of that skip by name.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
from infra.app import new_app, synthesize
from infra.local.settings import REGION
from infra.settings import stack_name
from infra.stages import STAGES
from infra.tools.deploy.partial import without
from infra.tools.deploy.toolkit import template_in
from tests.bare_cloud import bare_cloud
from tests.endpoints import ASKING, ENDPOINT, Clients, clients, lacking
from tests.local_cloud import eventually

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(300)]

STAGE = replace(STAGES["local"], stage="storage")
STACK = stack_name(STAGE.stage)
HOLDING = {"S3": "AWS::S3::", "SQS": "AWS::SQS::", "DynamoDB": "AWS::DynamoDB::"}
"""Service → what of the template it makes. This is about what code stands on, not about the code."""


@dataclass(frozen=True)
class AnyCloud:
    """A cloud, what of the gallery is in it and what it lacks."""

    client: Clients
    lacking: tuple[str, ...]
    outputs: Mapping[str, str]

    def needs(self, *services: str) -> None:
        """Skip the test where one of these is lacking."""
        missing = [each for each in services if each in self.lacking]
        if missing:
            pytest.skip(f"this endpoint has no {', '.join(missing)}")


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnyCloud]:
    folder = Path(tmp_path_factory.mktemp("any"))
    if ENDPOINT:
        found = storage(boto3.Session(region_name=REGION), ENDPOINT, folder)
        yield found
        remove(found)
        return
    with bare_cloud(folder / "data") as bare:
        yield storage(bare.account.session, bare.settings.endpoint, folder)


def storage(session: boto3.Session, endpoint: str, folder: Path) -> AnyCloud:
    """Deploy what of a local stage holds things, as far as an endpoint takes it."""
    client = clients(session, endpoint)
    missing = lacking(client)
    if {"CloudFormation", "S3"} & set(missing):
        return AnyCloud(client, tuple(ASKING), {})
    synthesize(new_app(folder / "assembly"), replace(STAGE, browser_endpoint=endpoint))
    template = template_in(folder / "assembly", STAGE.stage)
    there = tuple(kind for service, kind in HOLDING.items() if service not in missing)
    others = {each["Type"] for each in template["Resources"].values() if not each["Type"].startswith(there)}
    return AnyCloud(client, missing, deployed(client("cloudformation"), without(template, others)))


def deployed(formation: Any, template: dict[str, Any]) -> dict[str, str]:  # noqa: ANN401 (boto3's client)
    formation.create_stack(StackName=STACK, TemplateBody=json.dumps(template))
    formation.get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    found = formation.describe_stacks(StackName=STACK)["Stacks"][0]
    return {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]}


def remove(cloud: AnyCloud) -> None:
    """Leave the cloud as it was."""
    if not cloud.outputs:
        return
    s3, bucket = cloud.client("s3"), cloud.outputs["MediaBucketName"]
    for each in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
        s3.delete_object(Bucket=bucket, Key=each["Key"])
    formation = cloud.client("cloudformation")
    formation.delete_stack(StackName=STACK)
    formation.get_waiter("stack_delete_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 120})


def ticket(cloud: AnyCloud, key: str, most: int = 1000) -> dict[str, Any]:
    """A form for one object of up to so many bytes, as the gallery hands it out."""
    form: dict[str, Any] = cloud.client("s3").generate_presigned_post(
        cloud.outputs["MediaBucketName"],
        key,
        Fields={"Content-Type": "image/png"},
        Conditions=[{"Content-Type": "image/png"}, ["content-length-range", 1, most]],
    )
    return form


def send(form: dict[str, Any], content: bytes, **fields: str) -> int:
    return httpx.post(form["url"], data=form["fields"] | fields, files={"file": content}).status_code


def test_an_upload_arrives_and_is_announced_on_the_queue(cloud: AnyCloud) -> None:
    cloud.needs("S3", "SQS")
    key = f"incoming/{secrets.token_hex(8)}"
    assert send(ticket(cloud, key), b"picture") in (200, 201, 204)
    queue = cloud.client("sqs")
    said: list[str] = []

    def announced() -> bool:
        found = queue.receive_message(
            QueueUrl=cloud.outputs["CaptionQueueUrl"], WaitTimeSeconds=1, MaxNumberOfMessages=10
        )
        said.extend(each["Body"] for each in found.get("Messages", []))
        return any(key in each for each in said)

    assert eventually(announced, 60), said


def test_a_rendition_is_not_announced(cloud: AnyCloud) -> None:
    cloud.needs("S3", "SQS")
    cloud.client("s3").put_object(Bucket=cloud.outputs["MediaBucketName"], Key="media/a", Body=b"")
    found = cloud.client("sqs").receive_message(QueueUrl=cloud.outputs["CaptionQueueUrl"], WaitTimeSeconds=1)
    assert not any("media/a" in each["Body"] for each in found.get("Messages", []))


@pytest.mark.parametrize(
    ("content", "fields"),
    [(b"x" * 1001, {}), (b"", {}), (b"x", {"Content-Type": "text/html"}), (b"x", {"key": "records/stolen.json"})],
    ids=["too much", "nothing", "another type", "another key"],
)
def test_a_ticket_is_good_for_what_it_says_and_nothing_else(
    cloud: AnyCloud, content: bytes, fields: dict[str, str]
) -> None:
    cloud.needs("S3")
    assert 400 <= send(ticket(cloud, "incoming/b"), content, **fields) < 500


def test_a_page_of_another_origin_may_send_a_form(cloud: AnyCloud) -> None:
    cloud.needs("S3")
    asked = {"origin": "http://localhost:5173", "access-control-request-method": "POST"}
    answer = httpx.options(ticket(cloud, "incoming/c")["url"], headers=asked)
    assert answer.headers["access-control-allow-origin"] in ("*", asked["origin"])


def test_a_row_is_written_once_and_found_by_its_rank(cloud: AnyCloud) -> None:
    cloud.needs("DynamoDB")
    dynamodb, table = cloud.client("dynamodb"), cloud.outputs["TableName"]
    row = {"pk": {"S": "LIST"}, "sk": {"S": "1"}, "ranking": {"S": "votes"}, "rank": {"N": "3"}}
    dynamodb.put_item(TableName=table, Item=row)
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException):
        dynamodb.put_item(TableName=table, Item=row, ConditionExpression="attribute_not_exists(pk)")
    found = dynamodb.query(
        TableName=table,
        IndexName="ranking",
        KeyConditionExpression="ranking = :votes",
        ExpressionAttributeValues={":votes": {"S": "votes"}},
    )
    assert found["Items"] == [row]


def test_of_two_writes_that_go_together_both_or_none_is_made(cloud: AnyCloud) -> None:
    cloud.needs("DynamoDB")
    dynamodb, table = cloud.client("dynamodb"), cloud.outputs["TableName"]
    one = {"pk": {"S": "BOTH"}, "sk": {"S": "1"}}
    impossible = {"TableName": table, "Item": one | {"sk": {"S": "2"}}, "ConditionExpression": "attribute_exists(pk)"}
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException):
        dynamodb.transact_write_items(TransactItems=[{"Put": {"TableName": table, "Item": one}}, {"Put": impossible}])
    assert "Item" not in dynamodb.get_item(TableName=table, Key=one)


def test_all_that_the_gallery_needs_is_there(cloud: AnyCloud) -> None:
    cloud.needs(*ASKING)
