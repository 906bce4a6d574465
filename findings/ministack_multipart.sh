#!/bin/sh
# ministack 1.5.33: CompleteMultipartUpload takes what S3 refuses.
#
# S3's API reference of it: parts but the last have at least 5 MiB, or it is EntityTooSmall; the list of parts is in ascending
# order, or it is InvalidPartOrder; and an empty list is no list. ministack makes an object of each, and sorts by itself:
#
#   completed with                 ministack   AWS by its reference
#   parts of 1 and 1 bytes         200         400 EntityTooSmall
#   part 2, then part 1            200         400 InvalidPartOrder
#   no part                        200         400 MalformedXML
#   a part with a wrong ETag       400         400 InvalidPart
#
# A resumable upload that cuts too small, or finishes its parts in any order, passes here and fails there. moto 5.2.5 refuses
# the small parts and the empty list. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet ministack==1.5.33 boto3==1.43.106
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(cd "$folder" && TMPDIR=$folder BIND_HOST=127.0.0.1 GATEWAY_PORT=$port SFTP_ENABLED=0 IOT_MTLS_ENABLED=0 \
    exec "$folder/venv/bin/ministack" > "$folder/log" 2>&1) &
server=$!
for _ in $(seq 60); do
    python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && break
    sleep 0.5
done
"$folder/venv/bin/python" - "http://127.0.0.1:$port" <<'PYTHON'
import sys

import boto3
from botocore.exceptions import ClientError

keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
client = boto3.client("s3", endpoint_url=sys.argv[1], **keys)
client.create_bucket(Bucket="bucket")
target = {"Bucket": "bucket", "Key": "key"}
large = bytes(5 * 2**20)


def completed(bodies, change=lambda parts: parts):
    """The status of an upload of these parts, whose list was changed before it was sent."""
    upload = {**target, "UploadId": client.create_multipart_upload(**target)["UploadId"]}
    parts = [
        {"PartNumber": number, "ETag": client.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}
        for number, body in enumerate(bodies, 1)
    ]
    try:
        answer = client.complete_multipart_upload(**upload, MultipartUpload={"Parts": change(parts)})
    except ClientError as error:
        answer = error.response
    return answer["ResponseMetadata"]["HTTPStatusCode"]


outcomes = {
    "parts of 1 and 1 bytes": completed([b"a", b"b"]),
    "part 2, then part 1": completed([large, large], lambda parts: parts[::-1]),
    "no part": completed([], lambda _: []),
    "a part with a wrong ETag": completed([large], lambda parts: [{**parts[0], "ETag": f'"{"0" * 32}"'}]),
}
for name, status in outcomes.items():
    print(f"{name:30} {status}")
sys.exit(list(outcomes.values()) != [200, 200, 200, 400])
PYTHON
