#!/bin/sh
# moto 5.2.5: S3 takes an upload whose checksum is that of other bytes.
#
# S3 compares what arrives with the Content-MD5 or x-amz-checksum-* that the client gives, and answers 400 BadDigest where they
# differ ("Checking object integrity" in its user guide): that is how a damaged upload comes to light. moto compares neither,
# and keeps no SHA-256 that a client has worked out itself. Ten bytes are put with each; moto, and ministack 1.5.33 as AWS:
#
#   put with                      moto                   ministack
#   the wrong Content-MD5         stored                 BadDigest
#   the wrong SHA-256             stored                 BadDigest
#   the right SHA-256, then head  no ChecksumSHA256      ChecksumSHA256
#
# So a test on moto of what happens to a damaged upload shows nothing. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'moto[s3]==5.2.5' ministack==1.5.33 boto3==1.43.106
cat > "$folder/try.py" <<'PY'
import base64
import hashlib
import sys

import boto3
from botocore.exceptions import ClientError

BODY = b"0123456789"


def coded(digest):
    return base64.b64encode(digest).decode()


def outcomes(s3):
    """What three puts come to."""
    s3.create_bucket(Bucket="bucket")

    def put(**checksum):
        try:
            s3.put_object(Bucket="bucket", Key="key", Body=BODY, **checksum)
        except ClientError as error:
            return error.response["Error"]["Code"]
        return "stored"

    wrong = [put(ContentMD5=coded(hashlib.md5(b"other").digest())), put(ChecksumSHA256=coded(hashlib.sha256(b"other").digest()))]
    put(ChecksumSHA256=coded(hashlib.sha256(BODY).digest()))
    head = s3.head_object(Bucket="bucket", Key="key", ChecksumMode="ENABLED")
    return [*wrong, f"{'' if 'ChecksumSHA256' in head else 'no '}ChecksumSHA256"]


keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
if sys.argv[1] == "moto":
    from moto import mock_aws

    with mock_aws():
        result = outcomes(boto3.client("s3", **keys))
    print("moto:     ", ", ".join(result))
    sys.exit(result != ["stored", "stored", "no ChecksumSHA256"])
result = outcomes(boto3.client("s3", endpoint_url=sys.argv[1], **keys))
print("ministack:", ", ".join(result))
sys.exit(result != ["BadDigest", "BadDigest", "ChecksumSHA256"])
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
