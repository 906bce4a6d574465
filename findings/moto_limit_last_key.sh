#!/bin/sh
# moto 5.2.5: a page that a Limit fills to the last row has no LastEvaluatedKey.
#
# DynamoDB stops when it has read as many items as Limit says, and gives the key to go on from, whether or not more follow; the
# developer guide warns that such a key doesn't mean that there is more. moto looks ahead. Three rows:
#
#   Limit   moto              ministack 1.5.33, and DynamoDB by its guide
#   2       2 rows, key       2 rows, key
#   3       3 rows, no key    3 rows, key, and behind it an empty page
#   4       3 rows, no key    3 rows, no key
#
# So the empty last page, and the button "more" that leads to it, are not met in tests on moto. Exits with 1 where that has
# changed.
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
    keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
    types = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
    client.create_table(TableName="rows", KeySchema=keys, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")
    for number in range(3):
        client.put_item(TableName="rows", Item={"pk": {"S": "a"}, "sk": {"S": str(number)}})

    def page(limit):
        query = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": "a"}}}
        answer = client.query(TableName="rows", Limit=limit, **query)
        return f"{answer['Count']} rows, {'key' if 'LastEvaluatedKey' in answer else 'no key'}"

    pages = {limit: page(limit) for limit in (2, 3, 4)}
print("Limit")
for limit, text in pages.items():
    print(f"{limit:<7} {text}")
sys.exit(list(pages.values()) != ["2 rows, key", "3 rows, no key", "3 rows, no key"])
PYTHON
