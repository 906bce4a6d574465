"""Properties of the template that the emulator's CloudFormation drops, set through the services' own calls."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from infra.local.assembly import Template
from infra.local.cloud import Cloud
from infra.local.settings import STACK

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

Properties = dict[str, Any]


def repair(cloud: Cloud, template: Template) -> None:
    """Set what was dropped; what is already as the template says stays untouched."""
    names = _physical_names(cloud)
    for logical_name, resource in template["Resources"].items():
        mend = REPAIRS.get(resource["Type"])
        if mend:
            mend(cloud, names[logical_name], resource.get("Properties", {}))


def _physical_names(cloud: Cloud) -> dict[str, str]:
    formation: CloudFormationClient = cloud.client("cloudformation")
    pages = formation.get_paginator("list_stack_resources").paginate(StackName=STACK)
    resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources}


def _complete_table(cloud: Cloud, table: str, properties: Properties) -> None:
    _expire_rows(cloud, table, properties)
    _index_vectors(cloud, table, properties)


def _index_vectors(cloud: Cloud, table: str, properties: Properties) -> None:
    """Add vector indexes, which then are filled for some seconds; search reads lists meanwhile."""
    dynamodb: DynamoDBClient = cloud.client("dynamodb")
    there = dynamodb.describe_table(TableName=table)["Table"].get("VectorIndexes", [])
    known = {index["IndexName"] for index in there}
    for index in properties.get("VectorIndexes", []):
        if index["IndexName"] not in known:
            dynamodb.update_table(
                TableName=table,
                AttributeDefinitions=properties["AttributeDefinitions"],
                VectorIndexUpdates=[{"Create": index}],
            )


def _expire_rows(cloud: Cloud, table: str, properties: Properties) -> None:
    attribute = properties.get("TimeToLiveSpecification", {}).get("AttributeName")
    dynamodb: DynamoDBClient = cloud.client("dynamodb")
    status = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"].get("TimeToLiveStatus")
    if attribute and status != "ENABLED":
        dynamodb.update_time_to_live(
            TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": attribute}
        )


def _expire_objects(cloud: Cloud, bucket: str, properties: Properties) -> None:
    rules = [_rule(number, rule) for number, rule in enumerate(_rules(properties))]
    if rules:
        s3: S3Client = cloud.client("s3")
        s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": rules})


def _rules(properties: Properties) -> list[Properties]:
    rules: list[Properties] = properties.get("LifecycleConfiguration", {}).get("Rules", [])
    return rules


def _rule(number: int, rule: Properties) -> Any:  # noqa: ANN401 (the shape is boto3's)
    mended = {
        "ID": rule.get("Id", f"rule-{number}"),
        "Status": rule["Status"],
        "Filter": {"Prefix": rule.get("Prefix", "")},
    }
    if "ExpirationInDays" in rule:
        mended["Expiration"] = {"Days": rule["ExpirationInDays"]}
    if "AbortIncompleteMultipartUpload" in rule:
        mended["AbortIncompleteMultipartUpload"] = rule["AbortIncompleteMultipartUpload"]
    return mended


REPAIRS: dict[str, Callable[[Cloud, str, Properties], None]] = {
    "AWS::DynamoDB::GlobalTable": _complete_table,
    "AWS::DynamoDB::Table": _complete_table,
    "AWS::S3::Bucket": _expire_objects,
}
