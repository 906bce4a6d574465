#!/bin/sh
# ministack 1.5.33: an update that removes two elements of a list removes the wrong second one.
#
# All paths of an UpdateExpression mean the item as it was before: the developer guide removes two elements with one
# `REMOVE RelatedItems[1], RelatedItems[2]`. ministack takes out one after the other, and the second index then counts in the
# shortened list. What is left of ["a", "b", "c", "d"]:
#
#                             ministack         moto 5.2.5, and AWS by its guide
#   REMOVE list[0], list[1]   ['b', 'd']        ['c', 'd']
#   REMOVE list[1], list[0]   ['c', 'd']        ['c', 'd']
#
# So the higher index has to come first, where both are to do the same. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'moto[dynamodb]==5.2.5' ministack==1.5.33 boto3==1.43.106
cat > "$folder/try.py" <<'PY'
import sys

import boto3

keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}


def left(client, expression):
    """What is left of the list."""
    item = {"pk": {"S": "a"}, "list": {"L": [{"S": letter} for letter in "abcd"]}}
    client.put_item(TableName="items", Item=item)
    names = {"ExpressionAttributeNames": {"#list": "list"}, "ReturnValues": "ALL_NEW"}
    answer = client.update_item(TableName="items", Key={"pk": {"S": "a"}}, UpdateExpression=expression, **names)
    return [value["S"] for value in answer["Attributes"]["list"]["L"]]


def outcomes(client):
    schema, types = [{"AttributeName": "pk", "KeyType": "HASH"}], [{"AttributeName": "pk", "AttributeType": "S"}]
    client.create_table(TableName="items", KeySchema=schema, AttributeDefinitions=types, BillingMode="PAY_PER_REQUEST")
    return [left(client, f"REMOVE #list[{first}], #list[{1 - first}]") for first in (0, 1)]


if sys.argv[1] == "moto":
    from moto import mock_aws

    with mock_aws():
        result = outcomes(boto3.client("dynamodb", **keys))
    print("moto:     ", *result)
    sys.exit(result != [["c", "d"], ["c", "d"]])
result = outcomes(boto3.client("dynamodb", endpoint_url=sys.argv[1], **keys))
print("ministack:", *result)
sys.exit(result != [["b", "d"], ["c", "d"]])
PY
"$folder/venv/bin/python" "$folder/try.py" moto
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(cd "$folder" && TMPDIR=$folder BIND_HOST=127.0.0.1 GATEWAY_PORT=$port SFTP_ENABLED=0 IOT_MTLS_ENABLED=0 \
    exec "$folder/venv/bin/ministack" > "$folder/log" 2>&1) &
server=$!
for _ in $(seq 60); do
    python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && break
    sleep 0.5
done
"$folder/venv/bin/python" "$folder/try.py" "http://127.0.0.1:$port"
