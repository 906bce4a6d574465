#!/bin/sh
# moto 5.2.5: a DynamoDB transaction that is sent again with its token is carried out again.
#
# A ClientRequestToken makes TransactWriteItems idempotent for ten minutes: the same request with the same token changes
# nothing, and another request with it raises IdempotentParameterMismatchException (API reference of TransactWriteItems).
# botocore 1.43.106 sends a token of its own with each call and keeps it when it retries. moto never looks at it. A counter
# that starts at nothing gets 1 by a transaction:
#
#   sent                                    AWS says                               moto
#   first                                   1                                      1
#   again with the same token               1                                      2
#   with the same token, 10 instead of 1    IdempotentParameterMismatchException   12
#
# So a test on moto can't show whether a token guards a counter from a second delivery; ministack 1.5.33 does as AWS says.
# Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "moto[dynamodb]==5.2.5" boto3==1.43.106 botocore==1.43.106
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import boto3
from moto import mock_aws

with mock_aws():
    client = boto3.client("dynamodb", region_name="eu-central-1")
    keys, types = [{"AttributeName": "pk", "KeyType": "HASH"}], [{"AttributeName": "pk", "AttributeType": "S"}]
    client.create_table(TableName="counters", KeySchema=keys, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")
    key = {"TableName": "counters", "Key": {"pk": {"S": "likes"}}}

    def counter_after(amount, token):
        change = {"UpdateExpression": "ADD likes :amount", "ExpressionAttributeValues": {":amount": {"N": str(amount)}}}
        try:
            client.transact_write_items(TransactItems=[{"Update": {**key, **change}}], ClientRequestToken=token)
        except client.exceptions.IdempotentParameterMismatchException as error:
            return type(error).__name__
        return int(client.get_item(**key)["Item"]["likes"]["N"])

    outcomes = {
        "first": counter_after(1, "token"),
        "again with the same token": counter_after(1, "token"),
        "with the same token, 10 instead of 1": counter_after(10, "token"),
    }
for name, counter in outcomes.items():
    print(f"{name:39} {counter}")
sys.exit(list(outcomes.values()) != [1, 2, 12])
PYTHON
