#!/bin/sh
# moto 5.2.5: DynamoDB's numbers are kept as texts, and its sets as lists.
#
# DynamoDB's developer guide (naming rules and data types): numbers have up to 38 digits and end below 1E+126, beyond which is
# an exception; zeros before and behind are trimmed; values of a set are unique. moto keeps what is sent, to the letter:
#
#   sent                       moto gives back              AWS by its guide, and ministack 1.5.33
#   1.50                       1.50                         1.5
#   0007                       0007                         7
#   1e2                        1e2                          100
#   39 digits                  39 digits                    ValidationException
#   1e126                      1e126                        ValidationException
#   the set of 1 and 1.0       both                         ValidationException
#   the set of "a" and "a"     both                         ValidationException
#
# (boto3's resource, unlike its client, refuses the 39 digits by itself.) So tests on moto pass that compare texts of numbers,
# or write a set from a list with a label twice, and fail on AWS. Exits with 1 where that has changed.
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

sent = [
    {"N": "1.50"},
    {"N": "0007"},
    {"N": "1e2"},
    {"N": "123456789" * 4 + "123"},
    {"N": "1e126"},
    {"NS": ["1", "1.0"]},
    {"SS": ["a", "a"]},
]
with mock_aws():
    client = boto3.client("dynamodb", region_name="eu-central-1")
    keys, types = [{"AttributeName": "pk", "KeyType": "HASH"}], [{"AttributeName": "pk", "AttributeType": "S"}]
    client.create_table(TableName="values", KeySchema=keys, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")

    def kept(value):
        """The value as it is read after it was written."""
        try:
            client.put_item(TableName="values", Item={"pk": {"S": "a"}, "value": value})
        except ClientError as error:
            return error.response["Error"]["Code"]
        return client.get_item(TableName="values", Key={"pk": {"S": "a"}})["Item"]["value"]

    outcomes = [kept(value) for value in sent]
for value, outcome in zip(sent, outcomes, strict=True):
    print(f"{value!s:50} {outcome}")
sys.exit(outcomes != sent)
PYTHON
