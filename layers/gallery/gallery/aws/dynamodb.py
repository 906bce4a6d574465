"""A DynamoDB client that takes a seventh of the SDK's processor time, with the SDK's names, answers and errors.

Any of DynamoDB's operations is a method, as in boto3: `client.get_item(TableName=…, Key=…)`. The SDK validates each
request against its model of the service, and builds answers by it; here both are JSON as they are.
"""

import json
import random
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from gallery.aws import credentials
from gallery.aws.connections import Answer, ConnectionFailed, Connections
from gallery.aws.endpoints import endpoint
from gallery.aws.signature import signed

_VERSION = "DynamoDB_20120810"
_CONTENT_TYPE = "application/x-amz-json-1.0"

_RETRIED_STATUSES = {500, 502, 503, 504}
_RETRIED = {
    "BandwidthLimitExceeded", "EC2ThrottledException", "InternalServerError", "LimitExceededException",
    "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
    "RequestThrottledException", "RequestTimeout", "RequestTimeoutException", "SlowDown", "ThrottledException",
    "Throttling", "ThrottlingException", "TooManyRequestsException", "TransactionInProgressException",
}  # fmt: skip
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
        failed: ConnectionFailed | None = None
        answer: Answer | None = None
        for _ in self._attempts():
            try:
                answer, failed = self._post(operation, body), None
            except ConnectionFailed as error:
                failed = error
                continue
            if answer.status == 200:
                return dict(json.loads(answer.body))
            if not _is_transient(answer):
                break
        raise _no_answer(failed) if failed else _refusal(answer, operation)

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


def _is_transient(answer: Answer) -> bool:
    return answer.status in _RETRIED_STATUSES or _error(answer)["Code"] in _RETRIED


def _error(answer: Answer) -> dict[str, Any]:
    """Return code and message of an answer, and why a transaction was called off."""
    try:
        body = dict(json.loads(answer.body))
    except ValueError:
        body = {}
    code = str(body.get("__type") or answer.status).rpartition("#")[2]
    message = str(body.get("message") or body.get("Message") or "")
    return {"Code": code, "Message": message, "Reasons": body.get("CancellationReasons")}


def _refusal(answer: Answer | None, operation: str) -> Exception:
    from botocore.exceptions import ClientError  # noqa: PLC0415 - loaded where a service refuses

    if answer is None:
        raise AssertionError("there is an attempt")
    error = _error(answer)
    reasons = error.pop("Reasons")
    metadata = {"HTTPStatusCode": answer.status, "RequestId": answer.headers.get("x-amzn-requestid", "")}
    response: Any = {"Error": error, "ResponseMetadata": metadata}
    return ClientError(response | ({"CancellationReasons": reasons} if reasons else {}), operation)


def _no_answer(failed: ConnectionFailed) -> Exception:
    from botocore.exceptions import HTTPClientError  # noqa: PLC0415 - likewise

    return HTTPClientError(error=failed)
