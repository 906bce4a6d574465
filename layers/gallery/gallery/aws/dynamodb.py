"""A DynamoDB client that takes a seventh of the SDK's processor time, with the SDK's names, answers and errors.

Any of DynamoDB's operations is a method, as in boto3: `client.get_item(TableName=…, Key=…)`. The SDK validates each
request against its model of the service, and builds answers by it; here both are JSON as they are.
"""

import json
import random
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from gallery.aws import credentials
from gallery.aws.connections import Answer, ConnectionFailed, Connections
from gallery.aws.endpoints import endpoint
from gallery.aws.errors import THROTTLED, code_of, service_error
from gallery.aws.signature import signed

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

_VERSION = "DynamoDB_20120810"
_CONTENT_TYPE = "application/x-amz-json-1.0"

_RETRIED_STATUSES = {500, 502, 503, 504}
_RETRIED = THROTTLED | {"InternalServerError", "RequestTimeout", "RequestTimeoutException"}
"""Codes after which botocore's standard mode tries again."""

_LONGEST_DELAY = 20.0


class Client:
    """Sends requests to DynamoDB, at most `tries` times each, after exponential backoff with full jitter."""

    def __init__(self, tries: int) -> None:
        self._tries = tries
        self._region = credentials.region()
        self._connections = Connections(endpoint("dynamodb"))

    def __getattr__(self, name: str) -> Callable[..., dict[str, Any]]:
        """Return the method of an operation, such as `batch_get_item` of BatchGetItem."""
        if name.startswith("_"):
            raise AttributeError(name)
        operation = "".join(word.title() for word in name.split("_"))
        return lambda **request: self._call(operation, request)

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def _call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer of an operation; raises botocore's ClientError where the service refuses.

        Raises botocore's HTTPClientError where no answer comes. A transaction has one token in all tries, so that it is
        done once.
        """
        if operation == "TransactWriteItems":
            request = {"ClientRequestToken": str(uuid4()), **request}
        body = json.dumps(request, default=_text_of, separators=(",", ":")).encode()
        failed: Exception = ConnectionFailed("It was not asked at all.")
        for _ in self._attempts():
            try:
                answer = self._post(operation, body)
            except ConnectionFailed as error:
                failed = _no_answer(error)
                continue
            if answer.status == HTTPStatus.OK:
                return dict(json.loads(answer.body))
            failed = _refusal(answer, operation)
            if answer.status not in _RETRIED_STATUSES and code_of(failed) not in _RETRIED:
                break
        raise failed

    def _post(self, operation: str, body: bytes) -> Answer:
        headers = {"content-type": _CONTENT_TYPE, "x-amz-target": f"{_VERSION}.{operation}"}
        host = self._connections.host
        return self._connections.post(signed(credentials.keys(), self._region, "dynamodb", host, headers, body), body)

    def _attempts(self) -> Iterator[int]:
        for attempt in range(self._tries):
            if attempt:
                time.sleep(random.uniform(0, min(2 ** (attempt - 1), _LONGEST_DELAY)))  # noqa: S311 - jitter
            yield attempt


def _text_of(value: object) -> str:
    """Return binary values as JSON has them; raises TypeError for what DynamoDB has no type for."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    raise TypeError(f"DynamoDB has no {type(value).__name__}")


def _refusal(answer: Answer, operation: str) -> "ClientError":
    """Return the SDK's error for an answer: its code and message, and why a transaction was called off."""
    try:
        body = dict(json.loads(answer.body))
    except ValueError:
        body = {}
    code = str(body.get("__type") or answer.status).rpartition("#")[2]
    response: Any = {
        "Error": {"Code": code, "Message": str(body.get("message") or body.get("Message") or "")},
        "ResponseMetadata": {
            "HTTPStatusCode": answer.status, "RequestId": answer.headers.get("x-amzn-requestid", ""),
        },
    }  # fmt: skip
    if reasons := body.get("CancellationReasons"):
        response["CancellationReasons"] = reasons
    return service_error()(response, operation)


def _no_answer(failed: ConnectionFailed) -> Exception:
    from botocore.exceptions import HTTPClientError  # noqa: PLC0415 - likewise

    return HTTPClientError(error=failed)
