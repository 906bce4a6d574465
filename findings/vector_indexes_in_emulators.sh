#!/bin/sh
# ministack 1.5.33's CloudFormation and moto 5.2.5 drop a table's vector indexes without a word.
#
# A table of DynamoDB may have vector indexes since 2026 (`VectorIndexes` of CreateTable, AWS::DynamoDB::Table and
# AWS::DynamoDB::GlobalTable), which SearchVectors searches. ministack knows both calls. But its CloudFormation makes a
# table without the indexes of the template, and calls the stack complete; moto makes one without those of CreateTable,
# and has no SearchVectors. Indexes that a table has after each:
#
#   ministack, CreateTable                              1
#   ministack, AWS::DynamoDB::Table                     0
#   ministack, AWS::DynamoDB::GlobalTable               0
#   moto, CreateTable                                   0
#
# So an index has to be added by UpdateTable, and is not to be relied on in a test with moto. Exits with 1 where that has
# changed.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'moto[dynamodb]==5.2.5' ministack==1.5.33 boto3==1.43.106
cat > "$folder/try.py" <<'PY'
import json
import sys
import time

import boto3

keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
INDEX = {
    "IndexName": "vectors",
    "VectorAttribute": {"AttributeName": "vector"},
    "Dimensions": 2,
    "DistanceFunction": "COSINE",
    "Projection": {"ProjectionType": "KEYS_ONLY"},
}
TABLE = {
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
    "VectorIndexes": [INDEX],
}


def indexes(client, name):
    return len(client.describe_table(TableName=name)["Table"].get("VectorIndexes", []))


def created(client):
    client.create_table(TableName="created", **TABLE)
    return indexes(client, "created")


def deployed(client, formation, kind, more):
    name = kind.rpartition("::")[2]
    resource = {"Type": kind, "Properties": {"TableName": name, **TABLE, **more}}
    formation.create_stack(StackName=name, TemplateBody=json.dumps({"Resources": {"Table": resource}}))
    for _ in range(60):
        status = formation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
        if not status.endswith("_IN_PROGRESS"):
            break
        time.sleep(0.5)
    assert status == "CREATE_COMPLETE", status
    return indexes(client, name)


if sys.argv[1] == "moto":
    from moto import mock_aws

    with mock_aws():
        result = created(boto3.client("dynamodb", **keys))
    print("moto, CreateTable:", result)
    sys.exit(result != 0)
client, formation = (boto3.client(name, endpoint_url=sys.argv[1], **keys) for name in ("dynamodb", "cloudformation"))
results = [
    created(client),
    deployed(client, formation, "AWS::DynamoDB::Table", {}),
    deployed(client, formation, "AWS::DynamoDB::GlobalTable", {"Replicas": [{"Region": "us-east-1"}]}),
]
print("ministack, CreateTable, Table, GlobalTable:", *results)
sys.exit(results != [1, 0, 0])
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
