#!/bin/sh
# moto 5.2.5: BatchWriteItem takes any number of writes, and two of one item.
#
# The API reference of BatchWriteItem has DynamoDB refuse a whole batch with more than 25 requests, and one with several
# operations on the same item. moto refuses neither, though it knows the same rules of BatchGetItem and TransactWriteItems:
#
#   batch                     moto                       AWS by its reference, and ministack 1.5.33
#   26 puts                   26 written                 ValidationException
#   a put and a delete of it  written                    ValidationException
#   101 gets                  ValidationException        ValidationException
#   the same get twice        ValidationException        ValidationException
#
# So code that forgets to cut its batches, or to drop doubles, passes on moto. boto3's Table.batch_writer cuts, and drops
# doubles only where `overwrite_by_pkeys` says by what. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "moto[dynamodb]==5.2.5" boto3==1.43.106 botocore==1.43.106
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws


def key(number):
    return {"pk": {"S": str(number)}}


def put(number):
    return {"PutRequest": {"Item": key(number)}}


with mock_aws():
    client = boto3.client("dynamodb", region_name="eu-central-1")
    keys, types = [{"AttributeName": "pk", "KeyType": "HASH"}], [{"AttributeName": "pk", "AttributeType": "S"}]
    client.create_table(TableName="items", KeySchema=keys, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")

    def outcome(call, requests):
        try:
            call(RequestItems={"items": requests})
        except ClientError as error:
            return error.response["Error"]["Code"]
        return f"{client.scan(TableName='items')['Count']} written"

    outcomes = {
        "26 puts": outcome(client.batch_write_item, [put(number) for number in range(26)]),
        "a put and a delete of it": outcome(client.batch_write_item, [put(26), {"DeleteRequest": {"Key": key(26)}}]),
        "101 gets": outcome(client.batch_get_item, {"Keys": [key(number) for number in range(101)]}),
        "the same get twice": outcome(client.batch_get_item, {"Keys": [key(0), key(0)]}),
    }
for name, what in outcomes.items():
    print(f"{name:25} {what}")
refused = "ValidationException"
sys.exit(list(outcomes.values()) != ["26 written", "26 written", refused, refused])
PYTHON
