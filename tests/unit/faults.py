"""Ways to die: a process killed between any two of its writes, or a service that fails for a while."""

import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import boto3
import pytest
from botocore.awsrequest import AWSResponse, HeadersDict
from PIL import Image

from gallery.aws import queue, table
from gallery.pictures import storage

_WRITES = (
    "Put",
    "Delete",
    "BatchWrite",
    "Update",
    "Copy",
    "Send",
    "Transact",
    "CreateMultipart",
    "Upload",
    "Complete",
    "Abort",
)


class Killed(BaseException):
    """The process is gone; no handler of exceptions sees this in real life, so none may catch it here."""


class Deaths:
    """Counts the writes of this process to S3, DynamoDB and SQS, and kills it, all threads, before one."""

    def __init__(self, before: int) -> None:
        self.before = before
        self.writes: list[str] = []

    def __call__(self, model: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's hook
        if not model.name.startswith(_WRITES):
            return
        self.writes.append(model.name)
        if len(self.writes) > self.before:
            raise Killed(model.name)


@contextmanager
def killed_before_write(number: int) -> Iterator[Deaths]:
    """Kill the process before its write `number`, counted from 0."""
    deaths = Deaths(number)
    clients: list[Any] = [storage.client(), table.client(), queue.client()]
    for client in clients:
        client.meta.events.register("before-call.*.*", deaths, unique_id="deaths")
    try:
        yield deaths
    except Killed:
        pass
    finally:
        for client in clients:
            client.meta.events.unregister("before-call.*.*", deaths, unique_id="deaths")


def each_death(stride: int = 1) -> Iterator[int]:
    """Yield 0, 1, 2 …, or some of these alone; stop by `break` once nobody died."""
    return itertools.count(0, stride)


some_deaths = pytest.mark.parametrize("stride", [4, pytest.param(1, marks=pytest.mark.slow)])
"""For what takes long: every fourth death in `make test`, each in `make test-all`."""


def empty(bucket: str, table: str) -> None:
    """Remove everything, so that the next death finds the same beginning."""
    s3, dynamodb = boto3.client("s3"), boto3.client("dynamodb")
    for each in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
        s3.delete_object(Bucket=bucket, Key=each["Key"])
    for row in dynamodb.scan(TableName=table)["Items"]:
        dynamodb.delete_item(TableName=table, Key={"pk": row["pk"], "sk": row["sk"]})


def photograph() -> bytes:
    """Return a small JPEG."""
    file = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, "JPEG")
    return file.getvalue()


@contextmanager
def failing(client: Any, operation: str, times: int, status: int, code: str) -> Iterator[list[str]]:  # noqa: ANN401
    """Answer the first `times` tries of an operation with an error, as the service does when it is unwell.

    The service is not asked at all. A handler of `before-send` could not see to that: botocore calls every one of them
    and takes the first answer, so moto's would do what is asked all the same.
    """
    answered: list[str] = []
    service = client.meta.service_model.service_id.hyphenize()
    body = "" if service == "s3" else f'{{"__type": "{code}", "message": "injected"}}'
    events, event = client.meta.events, f"before-send.{service}.{operation}"
    emit = events.emit

    def refuse(event_name: str, **facts: Any) -> Any:  # noqa: ANN401 - botocore's own
        if event_name != event or len(answered) >= times:
            return emit(event_name, **facts)
        answered.append(operation)
        return [(refuse, _answer(facts["request"].url, status, body))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "emit", refuse)
        yield answered


def _answer(url: str, status: int, body: str) -> AWSResponse:
    raw = SimpleNamespace(stream=lambda: iter([body.encode()]), close=lambda: None)
    headers = cast("Any", HeadersDict({"content-type": "application/x-amz-json-1.0"}))
    return AWSResponse(url, status, headers, raw)


@contextmanager
def lists_ending_late() -> Iterator[None]:
    """Have DynamoDB say where to go on at the very end of a list as well, as it does where `Limit` rows were left."""
    client = table.client()

    def resume(parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:  # noqa: ANN401 - botocore's hook
        asked = context["asked"]
        if len(parsed["Items"]) == asked.get("Limit"):
            names = ["pk", "sk", *(["ranking", "rank"] if "IndexName" in asked else [])]
            parsed["LastEvaluatedKey"] = {name: parsed["Items"][-1][name] for name in names}

    def remember(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:  # noqa: ANN401 - botocore's hook
        context["asked"] = params

    hooks: dict[str, Any] = {"provide-client-params.dynamodb.Query": remember, "after-call.dynamodb.Query": resume}
    for event, hook in hooks.items():
        client.meta.events.register(event, hook)
    try:
        yield
    finally:
        for event, hook in hooks.items():
            client.meta.events.unregister(event, hook)


@contextmanager
def leaving_undone(times: int) -> Iterator[list[int]]:
    """Have DynamoDB leave the first `times` batches of writes undone, as it does when it is throttled."""
    client = table.client()
    left: list[int] = []
    batch_write_item = client.batch_write_item

    def partly(**request: Any) -> Any:  # noqa: ANN401 - the client's own
        if len(left) < times:
            left.append(len(left))
            return {"UnprocessedItems": request["RequestItems"]}
        return batch_write_item(**request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "batch_write_item", partly)
        yield left
