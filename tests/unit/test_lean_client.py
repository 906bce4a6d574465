"""Our DynamoDB client: signed as the SDK signs, retried as the SDK retries, with the SDK's errors."""

import json
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, HTTPClientError

from gallery.aws import connections, dynamodb, sdk, signature, table
from gallery.aws.credentials import Keys, keys
from gallery.aws.endpoints import endpoint
from gallery.aws.items import decode, encode
from gallery.settings import settings

Reply = tuple[int, dict[str, Any] | None]


class Service(BaseHTTPRequestHandler):
    """Answers what a test has it answer, one after the other; None hangs up without a word."""

    protocol_version = "HTTP/1.1"
    replies: ClassVar[list[Reply]] = []
    received: ClassVar[list[tuple[str, dict[str, Any]]]] = []
    hung_up: ClassVar[list[int]] = []
    checksum_error = 0

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.received.append((self.headers["X-Amz-Target"], request))
        status, content = self.replies.pop(0) if self.replies else (200, {})
        if content is None:
            self.close_connection = True
            return
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("x-amz-crc32", str(zlib.crc32(body) + type(self).checksum_error))
        type(self).checksum_error = 0
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(environment: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    """A DynamoDB that answers as it is told, to our client."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{server.server_address[1]}")
    environment.setenv("DYNAMODB_CLIENT", "lean")
    environment.setattr("gallery.aws.dynamodb.time.sleep", lambda _: None)
    settings.cache_clear()
    table.client.cache_clear()
    Service.replies.clear()
    Service.received.clear()
    yield Service
    table.client().close()
    server.shutdown()
    server.server_close()


def refused(code: str, status: int = 400, **more: object) -> Reply:
    return status, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "no", **more}


@pytest.mark.parametrize("token", [None, "AQoDYXdzEPT//////////wEXAMPLE=="])
@pytest.mark.parametrize("body", [b"{}", '{"ü":"漢字"}'.encode(), b"x" * 100_000])
def test_requests_are_signed_as_the_sdk_signs_them(token: str | None, body: bytes) -> None:
    at = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    headers = {"content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.Query"}
    ours = signature.signed(Keys("AKIA", "se/cr+et", token), "eu-central-1", "dynamodb", "host:8000", headers, body, at)
    request = AWSRequest("POST", "http://host:8000/", {**headers, "host": "host:8000"}, body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("botocore.auth.get_current_datetime", lambda **_: at.replace(tzinfo=None), raising=False)
        SigV4Auth(Credentials("AKIA", "se/cr+et", token), "dynamodb", "eu-central-1").add_auth(request)
    assert ours["authorization"] == request.headers["Authorization"]


def test_a_row_is_the_same_after_it_went_through_both_codecs(service: type[Service]) -> None:
    row = {
        "pk": "ü",
        "whole": 10**30,
        "part": 0.1,
        "bytes": b"\0\xff",
        "no": None,
        "yes": True,
        "set": {"a", "b"},
        "m": {"l": [1, "x"]},
    }
    service.replies.append((200, {"Item": json.loads(json.dumps(encode(row), default=dynamodb._text_of))}))
    assert table.get(table.key("a", "b")) == row
    assert service.received == [
        (
            "DynamoDB_20120810.GetItem",
            {"TableName": "gallery-test", "Key": encode(table.key("a", "b")), "ConsistentRead": True},
        )
    ]
    assert decode({"numbers": {"L": [{"N": "-3"}, {"N": "1E+2"}]}}) == {"numbers": [-3, 100.0]}


@pytest.mark.parametrize(
    "reply",
    [
        refused("ThrottlingException"),
        refused("ProvisionedThroughputExceededException"),
        (500, {}),
        (503, {}),
        (200, None),
    ],
)
def test_what_passes_is_tried_again(service: type[Service], reply: Reply) -> None:
    service.replies += [reply, reply, (200, {"Items": [], "Count": 3})]
    assert table.count("X") == 3
    assert len(service.received) == 3


def test_a_wrong_checksum_is_tried_again(service: type[Service]) -> None:
    service.checksum_error = 1
    assert table.get(table.key("a", "b")) is None
    assert len(service.received) == 2


def test_it_is_tried_as_often_as_the_function_may(service: type[Service]) -> None:
    service.replies += [refused("ThrottlingException")] * 9
    with pytest.raises(ClientError, match="ThrottlingException") as error:
        table.get(table.key("a", "b"))
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert len(service.received) == settings().tries == 4


def test_no_answer_is_the_sdks_error(service: type[Service]) -> None:
    service.replies += [(200, None)] * 9
    with pytest.raises(HTTPClientError):
        table.get(table.key("a", "b"))


@pytest.mark.parametrize("code", ["ConditionalCheckFailedException", "ValidationException", "AccessDeniedException"])
def test_a_refusal_is_not_tried_again(service: type[Service], code: str) -> None:
    service.replies.append(refused(code))
    with pytest.raises(ClientError, match=code):
        table.get(table.key("a", "b"))
    assert len(service.received) == 1


def test_a_failed_condition_of_a_transaction_is_a_conflict(service: type[Service]) -> None:
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Message": "no"}]
    service.replies.append(refused("TransactionCanceledException", CancellationReasons=reasons))
    with pytest.raises(table.Conflict):
        table.transact_write([table.put_new({"pk": "a", "sk": "b"})])


def test_all_tries_of_a_transaction_have_one_token(service: type[Service]) -> None:
    service.replies += [(500, {}), (200, None)]
    table.transact_write([table.put_new({"pk": "a", "sk": "b"})])
    table.transact_write([table.put_new({"pk": "a", "sk": "b"})])
    first, second, third, other = (request["ClientRequestToken"] for _, request in service.received)
    assert first == second == third != other


def test_a_connection_is_kept_and_one_that_was_closed_meanwhile_is_not_a_failure(service: type[Service]) -> None:
    client = table.client()
    pool: connections.Connections = client._connections  # type: ignore[attr-defined]
    table.get(table.key("a", "b"))
    (first,) = pool._idle
    table.get(table.key("a", "b"))
    assert list(pool._idle) == [first]
    assert first.sock is not None
    first.sock.shutdown(2)
    assert table.get(table.key("a", "b")) is None
    assert len(service.received) == 3


def test_many_threads_share_the_connections(service: type[Service]) -> None:
    service.replies += [(200, {"Item": encode({"pk": str(number)})}) for number in range(64)]
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(table.get(table.key("a", "b")))) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(row["pk"]) for row in answers) == list(range(64))


def test_a_list_is_read_page_by_page(service: type[Service]) -> None:
    key = encode(table.key("X", "a"))
    service.replies += [(200, {"Items": [key], "Count": 1, "LastEvaluatedKey": key}), (200, {"Items": [], "Count": 0})]
    assert [len(page) for page in table.pages(KeyConditionExpression="pk = :pk")] == [1, 0]
    assert service.received[1][1]["ExclusiveStartKey"] == key
    service.replies.append((200, {"Items": [key, key, key], "Count": 3, "LastEvaluatedKey": key}))
    assert [len(page) for page in table.pages(most=2, KeyConditionExpression="pk = :pk")] == [2]


@pytest.mark.parametrize(
    ("environment_", "address"),
    [
        ({}, "https://dynamodb.eu-central-1.amazonaws.com"),
        ({"AWS_REGION": "cn-north-1"}, "https://dynamodb.cn-north-1.amazonaws.com.cn"),
        (
            {"AWS_USE_FIPS_ENDPOINT": "true", "AWS_DEFAULT_REGION": "us-east-1"},
            "https://dynamodb-fips.us-east-1.amazonaws.com",
        ),
        ({"AWS_USE_DUALSTACK_ENDPOINT": "true"}, "https://dynamodb.eu-central-1.api.aws"),
        ({"AWS_ENDPOINT_URL": "http://a:1"}, "http://a:1"),
        ({"AWS_ENDPOINT_URL": "http://a:1", "AWS_ENDPOINT_URL_DYNAMODB": "http://b:2"}, "http://b:2"),
    ],
)
def test_it_asks_where_the_sdk_would(
    environment: pytest.MonkeyPatch, environment_: dict[str, str], address: str
) -> None:
    for name, value in environment_.items():
        environment.setenv(name, value)
    assert endpoint("dynamodb") == address


@contextmanager
def without_keys(environment: pytest.MonkeyPatch) -> Iterator[None]:
    environment.delenv("AWS_ACCESS_KEY_ID")
    sdk.session.cache_clear()
    yield
    sdk.session.cache_clear()


def test_keys_come_from_the_environment_else_from_where_the_sdk_finds_them(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("AWS_SESSION_TOKEN", "token")
    assert keys() == Keys("testing", "testing", "token")
    file = tmp_path / "credentials"
    file.write_text("[default]\naws_access_key_id = other\naws_secret_access_key = secret\n")
    environment.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    with without_keys(environment):
        assert keys() == Keys("other", "secret", None)


def test_without_keys_it_says_so(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        environment.setenv(name, str(tmp_path / "none"))
    environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with without_keys(environment), pytest.raises(RuntimeError, match="no AWS credentials"):
        keys()
