"""What people entrust to a gallery is never replaced by something empty, whatever else of the template changes."""

import json
from pathlib import Path

import pytest
from infra.tools.deploy.announcement import contents
from infra.tools.deploy.stateful import lost_with, replaced, stateful
from tests.infrastructure.conftest import Resource, Synthesized

KNOWN = Path(__file__).with_name("stateful.json")
WAY_OUT = (
    "Every gallery that is deployed would get something empty in the place of {}. Leave logical names and key "
    "properties as they are in tests/infrastructure/stateful.json; where one must change, move the data in a change of "
    "its own first. What is new is added to the file by hand."
)


def test_no_table_bucket_or_pool_is_replaced(cloud: Synthesized) -> None:
    known: dict[str, Resource] = json.loads(KNOWN.read_text())
    lost = replaced(known, stateful(cloud.content))
    assert not lost, WAY_OUT.format(", ".join(lost))


def test_every_table_bucket_and_pool_is_known(cloud: Synthesized) -> None:
    assert stateful(cloud.content).keys() == json.loads(KNOWN.read_text()).keys()


def test_all_of_it_outlives_the_stack_in_the_cloud_and_none_on_a_laptop(cloud: Synthesized, local: Synthesized) -> None:
    assert lost_with(cloud.content) == []
    assert lost_with(local.content) == list(stateful(local.content))


def changed(template: Synthesized, kind: str, **properties: object) -> tuple[Resource, str]:
    """The template with properties of its first resource of a kind replaced, and that resource's name."""
    content = template.content
    name = next(iter(template.resources(kind)))
    content["Resources"][name]["Properties"] |= properties
    return content, name


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("AWS::DynamoDB::GlobalTable", {"TableName": "another"}),
        ("AWS::DynamoDB::GlobalTable", {"KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}),
        ("AWS::DynamoDB::GlobalTable", {"AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "B"}, {"AttributeName": "sk", "AttributeType": "S"}]}),
        ("AWS::S3::Bucket", {"BucketName": "another"}),
        ("AWS::Cognito::UserPool", {"UsernameAttributes": ["phone_number"]}),
    ],
)  # fmt: skip
def test_a_change_of_a_key_or_name_replaces(cloud: Synthesized, kind: str, properties: Resource) -> None:
    content, name = changed(cloud, kind, **properties)
    assert replaced(stateful(cloud.content), stateful(content)) == [name]


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("AWS::DynamoDB::GlobalTable", {"GlobalSecondaryIndexes": []}),
        ("AWS::S3::Bucket", {"LifecycleConfiguration": {}}),
        ("AWS::Cognito::UserPool", {"Policies": {}}),
    ],
)
def test_other_changes_are_made_in_place(cloud: Synthesized, kind: str, properties: Resource) -> None:
    content, _ = changed(cloud, kind, **properties)
    assert replaced(stateful(cloud.content), stateful(content)) == []


def test_a_renamed_resource_is_a_new_one(cloud: Synthesized) -> None:
    before = stateful(cloud.content)
    after = {f"{name}Moved": each for name, each in before.items()}
    assert replaced(before, after) == list(before)


def test_what_is_to_be_made_is_counted(cloud: Synthesized) -> None:
    counted = contents(cloud.content)
    assert "3 buckets, 1 table, 3 queues, 1 user pool, 1 HTTP API, 1 distribution" in counted
