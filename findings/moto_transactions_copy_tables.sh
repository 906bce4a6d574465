#!/bin/sh
# moto 5.2.5: the time of a DynamoDB transaction grows with the rows of its table times the number of its actions.
#
# Before a transaction, `transact_write_items` goes through the actions and takes a deep copy of the table of each, to be put
# back if it is cancelled: N actions on one table make N copies of all of its rows, of which one is kept. A copy of the rows
# that the actions touch would do. The work is shown as deep copies of values made for a transaction of so many puts:
#
#   actions   in a table of 100 rows   in a table of 1000 rows
#         1                      200                      2000
#        10                     2000                     20000
#
# So where tests use tables of more than a few rows, they spend most of their time on these copies.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "moto[dynamodb]==5.2.5" boto3==1.43.106 botocore==1.43.106
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import boto3
from moto import mock_aws
from moto.dynamodb.models.dynamo_type import DynamoType

copies = 0
copy_of = DynamoType.__deepcopy__


def counted(value, memo):
    global copies
    copies += 1
    return copy_of(value, memo)


DynamoType.__deepcopy__ = counted


def cost(actions, rows):
    """Deep copies that a transaction of new rows makes in a table of so many."""
    global copies
    with mock_aws():
        client = boto3.client("dynamodb", region_name="eu-central-1")
        keys, types = [{"AttributeName": "pk", "KeyType": "HASH"}], [{"AttributeName": "pk", "AttributeType": "S"}]
        client.create_table(TableName="t", KeySchema=keys, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")
        for number in range(rows):
            client.put_item(TableName="t", Item={"pk": {"S": str(number)}})
        copies = 0
        puts = [{"Put": {"TableName": "t", "Item": {"pk": {"S": f"new-{number}"}}}} for number in range(actions)]
        client.transact_write_items(TransactItems=puts)
    return copies


found = {(actions, rows): cost(actions, rows) for actions in (1, 10) for rows in (100, 1000)}
print("actions   in a table of 100 rows   in a table of 1000 rows")
for actions in (1, 10):
    print(f"{actions:7} {found[actions, 100]:24} {found[actions, 1000]:25}")
sys.exit(not found[10, 1000] > 50 * found[1, 100])
PYTHON
