#!/bin/sh
# CopyObject with If-None-Match: * in moto 5.2.5 and ministack 1.5.33.
#
# S3 answers 412 PreconditionFailed where the target exists, and botocore 1.43.106 sends the header. Both emulators heed
# it in PutObject, and in CopyObject overwrite the target without a word. Seen, for each of them:
#   put: 412, still b'first'
#   copy: no error, now b'second'
# Hence originals are kept by a conditional PutObject (gallery.storage.keep_original). Exits with 1 where that has changed.
set -eu
here=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet 'moto[s3]==5.2.5' ministack==1.5.33 boto3==1.43.106
cat > "$here/try.py" <<'PY'
import sys

import boto3
from botocore.exceptions import ClientError


def outcome(call, s3):
    try:
        call()
        said = "no error, now"
    except ClientError as error:
        said = f"{error.response['ResponseMetadata']['HTTPStatusCode']}, still"
    return f"{said} {s3.get_object(Bucket='bucket', Key='target')['Body'].read()!r}"


def tried(s3):
    s3.create_bucket(Bucket="bucket")
    s3.put_object(Bucket="bucket", Key="target", Body=b"first")
    s3.put_object(Bucket="bucket", Key="source", Body=b"second")
    put = outcome(lambda: s3.put_object(Bucket="bucket", Key="target", Body=b"second", IfNoneMatch="*"), s3)
    source = {"Bucket": "bucket", "Key": "source"}
    copy = outcome(lambda: s3.copy_object(Bucket="bucket", Key="target", CopySource=source, IfNoneMatch="*"), s3)
    print(f"put: {put}\ncopy: {copy}")
    return (put, copy) == ("412, still b'first'", "no error, now b'second'")


keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
if sys.argv[1] == "moto":
    from moto import mock_aws

    with mock_aws():
        sys.exit(not tried(boto3.client("s3", **keys)))
sys.exit(not tried(boto3.client("s3", endpoint_url=sys.argv[1], **keys)))
PY
"$here/venv/bin/python" "$here/try.py" moto
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(cd "$here" && TMPDIR=$here BIND_HOST=127.0.0.1 GATEWAY_PORT=$port SFTP_ENABLED=0 IOT_MTLS_ENABLED=0 \
    exec "$here/venv/bin/ministack" > "$here/log" 2>&1) &
server=$!
for _ in $(seq 60); do
    python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && break
    sleep 0.5
done
"$here/venv/bin/python" "$here/try.py" "http://127.0.0.1:$port"
