#!/bin/sh
# s3rver 3.7.1: asked for the last three bytes, it gives the first four.
#
# `Range: bytes=-3` is the last three bytes of what there is (RFC 9110, 14.1.2), and S3's GetObject heeds it; readers of zip
# files and of pictures with metadata at the end begin so. s3rver reads it as from 0 to 3, and says so in Content-Range, so
# that nobody notices who does not look there. If-None-Match at a put, which S3 has had since 2024, it passes over. Of
# b"0123456789":
#
#   bytes=-3                          b'0123'   bytes 0-3/10       AWS: b'789'   bytes 7-9/10
#   bytes=7-                          b'789'    bytes 7-9/10
#   put again with If-None-Match: *   200                          AWS: 412
#
# moto 5.2.5 and ministack 1.5.33 do as AWS. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet boto3==1.43.106
npm install --silent --no-audit --no-fund --prefix "$folder" s3rver@3.7.1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir "$folder/data"
(cd "$folder" && exec node node_modules/s3rver/bin/s3rver.js -a 127.0.0.1 -p "$port" -d data --silent > log 2>&1) &
server=$!
for _ in $(seq 60); do
    python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && break
    sleep 0.5
done
"$folder/venv/bin/python" - "http://127.0.0.1:$port" <<'PYTHON'
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

keys = {"aws_access_key_id": "S3RVER", "aws_secret_access_key": "S3RVER", "region_name": "us-east-1"}
client = boto3.client("s3", endpoint_url=sys.argv[1], config=Config(s3={"addressing_style": "path"}), **keys)
client.create_bucket(Bucket="bucket")
target = {"Bucket": "bucket", "Key": "key"}
client.put_object(**target, Body=b"0123456789")


def part(span):
    answer = client.get_object(**target, Range=span)
    return f"{answer['Body'].read()!r:9} {answer['ContentRange']}"


def put_again():
    try:
        answer = client.put_object(**target, Body=b"0123456789", IfNoneMatch="*")
    except ClientError as error:
        answer = error.response
    return str(answer["ResponseMetadata"]["HTTPStatusCode"])


outcomes = [part("bytes=-3"), part("bytes=7-"), put_again()]
for name, what in zip(["bytes=-3", "bytes=7-", "put again with If-None-Match: *"], outcomes, strict=True):
    print(f"{name:33} {what}")
sys.exit(outcomes != ["b'0123'   bytes 0-3/10", "b'789'    bytes 7-9/10", "200"])
PYTHON
