#!/bin/sh
# Three bounds of S3 that neither moto 5.2.5 nor ministack 1.5.33 has.
#
# S3's user guide and API reference: a key has at most 1,024 bytes of UTF-8, a PUT at most 2 KB of metadata of one's own, and
# DeleteObjects takes at most 1,000 keys. AWS answers 400 with KeyTooLongError, MetadataTooLarge and MalformedXML. Both
# emulators know that an object has at most ten tags, and of these three nothing:
#
#                              moto   ministack   AWS by its documents
#   a key of 1,025 bytes       200    200         400
#   3,000 bytes of metadata    200    200         400
#   1,001 keys to delete       200    200         400
#   11 tags                    400    400         400
#
# So that code that keeps a file's name in the key, or a caption as metadata, or deletes an album with one call, passes until
# it meets AWS. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet 'moto[s3]==5.2.5' ministack==1.5.33 boto3==1.43.106
cat > "$folder/try.py" <<'PY'
import sys

import boto3
from botocore.exceptions import ClientError


def statuses(s3):
    s3.create_bucket(Bucket="bucket")

    def status(call, **request):
        try:
            answer = call(Bucket="bucket", **request)
        except ClientError as error:
            answer = error.response
        return answer["ResponseMetadata"]["HTTPStatusCode"]

    return [
        status(s3.put_object, Key="k" * 1025),
        status(s3.put_object, Key="key", Metadata={"caption": "c" * 3000}),
        status(s3.delete_objects, Delete={"Objects": [{"Key": str(number)} for number in range(1001)]}),
        status(s3.put_object, Key="key", Tagging="&".join(f"tag{number}=1" for number in range(11))),
    ]


keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
if sys.argv[1] == "moto":
    from moto import mock_aws

    with mock_aws():
        result = statuses(boto3.client("s3", **keys))
else:
    result = statuses(boto3.client("s3", endpoint_url=sys.argv[1], **keys))
print(sys.argv[1], *result)
sys.exit(result != [200, 200, 200, 400])
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
