"""A gallery in memory: one table and one bucket by moto, and functions called as Lambda would call them.

What takes long is made once for all tests of a process: moto's services, the SDK's clients, the pool's address. Each
test finds them as new.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import boto3
import pytest
from botocore import session
from moto import mock_aws
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from tests.dynamodb import ATTRIBUTES, TABLE
from tests.engines.running import running_engine
from tests.unit.cheaper_moto import cheaper_moto
from tests.unit.identity import CLIENT, POOL, Pool, running_pool
from tests.unit.kept_clients import CLIENTS
from tests.unit.writes import watched_writes

from gallery.aws.items import decode
from openapi import DOCUMENT

if TYPE_CHECKING:
    from tests.unit.captioning import SeesAPug

ENVIRONMENT = {
    "TABLE_NAME": "gallery-test",
    "MEDIA_BUCKET": "gallery-test-media",
    "ACCESS_MODE": "open",
    "ORIGINALS_DOWNLOADABLE": "true",
    "MODEL_NAME": "resnet50",
    "STUCK_SECONDS": "0",
    "SITE_URL": "https://gallery.example.org",
    "GALLERY_VERSION": "1.2.3",
    "ADMIN_FUNCTION": "admin",
    "MODELS": '["resnet50", "mobilenet"]',
    "RATES": '{"picture": 0.0001, "gb_month": 0.02, "month_at_rest": 0.05}',
    "POWERTOOLS_METRICS_NAMESPACE": "NeuralGallery",
    "POWERTOOLS_SERVICE_NAME": "test",
    "DYNAMODB_CLIENT": os.environ.get("DYNAMODB_CLIENT", "boto3"),  # whose requests moto answers
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
}


@pytest.fixture(scope="session", autouse=True)
def services() -> Iterator[None]:
    """AWS's services in memory, for the whole of a process; botocore reads what it knows of them once."""
    with pytest.MonkeyPatch.context() as patch, mock_aws(), cheaper_moto(), CLIENTS.in_use():
        patch.setattr(session, "create_loader", cache(session.create_loader))
        yield


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The environment of a function, read anew by each test."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("images.docs.DOCUMENT", DOCUMENT)  # where no deployment has put it beside the code
    monkeypatch.setattr("gallery.aws.dynamodb.Client.meta", property(_has_no_hooks), raising=False)
    forget_clients()
    yield monkeypatch
    forget_clients()
    CLIENTS.between_tests()


def _has_no_hooks(_: object) -> None:
    pytest.skip("hooks into the SDK's client, and DYNAMODB_CLIENT=lean is tried")


def forget_clients() -> None:
    """Have functions ask for clients and settings again, after a change of the environment."""
    from gallery import settings  # noqa: PLC0415
    from gallery.api import client_identity, tokens  # noqa: PLC0415
    from gallery.aws import accounts, calls, queue, table  # noqa: PLC0415
    from gallery.pictures import storage  # noqa: PLC0415

    if table.client.cache_info().currsize:
        table.client().close()
    for cached in (settings.settings, storage.client, storage.browser_client, table.client, queue.client):
        cached.cache_clear()
    accounts.client.cache_clear()
    calls.client.cache_clear()
    client_identity.key_at.cache_clear()
    tokens._keys.cache_clear()


@dataclass(frozen=True)
class Gallery:
    """The parts of a gallery in memory, to look at from behind."""

    s3: Any
    dynamodb: Any
    sqs: Any
    queue_url: str

    def rows(self) -> list[dict[str, Any]]:
        return [decode(each) for each in self.dynamodb.scan(TableName="gallery-test")["Items"]]

    def objects(self) -> set[str]:
        found = self.s3.list_objects_v2(Bucket="gallery-test-media").get("Contents", [])
        return {each["Key"] for each in found}

    def upload(self, image_id: str, body: bytes) -> None:
        """Send a picture, as with its ticket's form."""
        self.s3.put_object(Bucket="gallery-test-media", Key=f"incoming/{image_id}", Body=body)

    def put_original(self, image_id: str, body: bytes) -> None:
        """Put an original there by hand, which no form can do."""
        self.s3.put_object(Bucket="gallery-test-media", Key=f"originals/{image_id}", Body=body)

    def queued(self) -> list[str]:
        messages = self.sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10).get("Messages", [])
        for each in messages:  # or they would be there again after half a minute
            self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=each["ReceiptHandle"])
        return [each["Body"] for each in messages]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what touches no table out where another engine is to be tried (`make test-engine`)."""
    if os.environ.get("TABLE_ENGINE"):
        items[:] = [each for each in items if "gallery" in getattr(each, "fixturenames", ())]


OF_AUDIENCES: Any = [{"AttributeName": "audience", "AttributeType": "S"}]
WITH_VECTORS: Any = {
    "VectorIndexes": [
        {
            "IndexName": "vectors",
            "VectorAttribute": {"AttributeName": "vector"},
            "Dimensions": 384,
            "DistanceFunction": "COSINE",
            "SearchSchema": [{"AttributeName": "audience", "SearchSchemaElementType": "HASH"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["text"]},
        }
    ]
}
"""The vector index, which neither moto nor dynalite knows."""


@pytest.fixture(scope="session")
def engine() -> Iterator[str | None]:
    """Where another DynamoDB than moto's answers over HTTP, one for each worker; None unless TABLE_ENGINE names it."""
    name = os.environ.get("TABLE_ENGINE")
    if not name:
        yield None
        return
    with running_engine(name) as endpoint:
        yield endpoint


@pytest.fixture
def gallery(environment: pytest.MonkeyPatch, engine: str | None, request: pytest.FixtureRequest) -> Iterator[Gallery]:
    """An empty gallery."""
    if engine:
        if marker := request.node.get_closest_marker("moto_only"):
            pytest.skip(marker.args[0])
        environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", engine)
    s3, dynamodb, sqs = boto3.client("s3"), boto3.client("dynamodb"), boto3.client("sqs")
    assert engine in {None, dynamodb.meta.endpoint_url}
    has_vectors = engine is not None and os.environ.get("TABLE_ENGINE") != "dynalite"
    s3.create_bucket(Bucket="gallery-test-media", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    attributes = {"AttributeDefinitions": [*ATTRIBUTES, *OF_AUDIENCES]}
    dynamodb.create_table(TableName="gallery-test", **TABLE | (attributes | WITH_VECTORS if has_vectors else {}))
    queue_url = sqs.create_queue(QueueName="captions")["QueueUrl"]
    environment.setenv("CAPTION_QUEUE_URL", queue_url)
    environment.setenv("DEAD_LETTERS_URL", sqs.create_queue(QueueName="dead-letters")["QueueUrl"])
    environment.setenv("RECAPTION_QUEUE_URL", sqs.create_queue(QueueName="recaptions")["QueueUrl"])
    forget_clients()
    try:
        with watched_writes():
            yield Gallery(s3, dynamodb, sqs, queue_url)
    finally:
        for name in dynamodb.list_tables()["TableNames"]:  # none where a test has deleted it
            dynamodb.delete_table(TableName=name)
        BackendDict.reset()
        reset_model_data()


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What functions have other functions do: the events they get, in order."""
    from gallery.albums import clearing  # noqa: PLC0415 - after the environment is set
    from gallery.captioning import pausing, recaptions  # noqa: PLC0415
    from gallery.people import people  # noqa: PLC0415
    from gallery.pictures import vectors  # noqa: PLC0415
    from images import mosaics  # noqa: PLC0415
    from people import exporting, originals  # noqa: PLC0415
    from sweep import rules  # noqa: PLC0415

    events: list[dict[str, Any]] = []
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "neural-gallery-test")
    monkeypatch.setenv("EXPORT_FUNCTION", "neural-gallery-test-export")
    for module in (clearing, exporting, mosaics, originals, pausing, people, recaptions, rules, vectors):
        monkeypatch.setattr(module, "call", lambda _, event: events.append(event))
    return events


PAGE = "<!doctype html><html><head><title>Neural Gallery</title></head><script src='/assets/x.js'></script></html>"


@pytest.fixture
def site(gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    """The bucket with the built page."""
    from albums.pages import _page_at  # noqa: PLC0415 - after the environment is set

    location: Any = {"LocationConstraint": "eu-central-1"}
    gallery.s3.create_bucket(Bucket="gallery-test-site", CreateBucketConfiguration=location)
    gallery.s3.put_object(Bucket="gallery-test-site", Key="album.html", Body=PAGE.encode())
    environment.setenv("SITE_BUCKET", "gallery-test-site")
    _page_at.cache_clear()


@pytest.fixture
def words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search as if no sentence encoder had been compiled."""
    from search import meaning, relevance  # noqa: PLC0415 - after the environment is set

    for module in (meaning, relevance):
        monkeypatch.setattr(module, "encoder", lambda: None)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> "SeesAPug":
    """The captioner's model, which sees the same in every picture."""
    from tests.unit.captioning import SeesAPug  # noqa: PLC0415

    from caption import pipeline  # noqa: PLC0415 - after the environment is set

    seen = SeesAPug()
    monkeypatch.setattr(pipeline, "classifier", lambda: seen)
    return seen


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let time pass: by ten seconds, unless told otherwise, after which the sweeper looks at what is left over."""

    def pass_time(seconds: float = 10) -> None:
        monkeypatch.setattr("time.time", lambda clock=time.time: clock() + seconds)

    return pass_time


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have tries of a batch follow each other at once."""
    monkeypatch.setattr("gallery.aws.table.time.sleep", lambda _: None)


@pytest.fixture(scope="session")
def pool_of_all() -> Iterator[Pool]:
    """The pool that serves all tests of a process, one after another."""
    with running_pool() as running:
        yield running


@pytest.fixture
def pool(environment: pytest.MonkeyPatch, pool_of_all: Pool) -> Pool:
    """A gallery with accounts: its pool, which signs tokens for whomever a test names."""
    environment.setenv("USER_POOL_ID", POOL)
    environment.setenv("USER_POOL_CLIENT_ID", CLIENT)
    environment.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", pool_of_all.url)
    forget_clients()
    pool_of_all.fetched = 0
    return pool_of_all


@dataclass(frozen=True)
class Answer:
    """What a caller of the API gets."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.text)


Api = Callable[..., Answer]


@pytest.fixture
def api(gallery: Gallery) -> Api:  # noqa: ARG001 - the API needs the gallery to be there
    """Call the API: `api("GET", "/api/images", query={"limit": "2"}, body=…, headers=…)`."""
    from admin.handler import handler as admin  # noqa: PLC0415 - after the environment is set
    from albums.handler import handler as albums  # noqa: PLC0415
    from caption.demo import app as demo  # noqa: PLC0415
    from counter.handler import handler as counter  # noqa: PLC0415
    from feedback.handler import handler as feedback  # noqa: PLC0415
    from images.handler import handler as images  # noqa: PLC0415
    from people.handler import handler as people  # noqa: PLC0415
    from posts.handler import handler as posts  # noqa: PLC0415
    from search.handler import handler as search  # noqa: PLC0415

    others: dict[str, Callable[..., Any]] = {
        r"/api/admin/": admin,
        r"/api/albums(/|$)|/a/": albums,
        r"/api/feedback|/api/analytics|/api/reports": feedback,
        r"/api/classify$": demo.resolve,
        r"/api/counter": counter,
        r"/api/posts|/api/feed$|/api/shared/|/s/": posts,
        r"/api/me(/|$)|/api/users(/|$)|/api/suggestions$": people,
        r"/api/search|/api/suggestions/search|/api/images/[^/]+/similar$": search,
    }

    def call(
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        body: Any = None,  # noqa: ANN401 - any JSON, or text as it is
        headers: dict[str, str] | None = None,
    ) -> Answer:
        event = _event(method, path, query or {}, body, headers or {})
        handler = next((each for paths, each in others.items() if re.match(paths, path)), images)
        answer = handler(event, cast("Any", SimpleNamespace(**_CONTEXT)))
        lowered = {name.lower(): value for name, value in answer.get("headers", {}).items()}
        return Answer(answer["statusCode"], lowered, answer.get("body") or "")

    return call


_CONTEXT = {
    "function_name": "images",
    "memory_limit_in_mb": 1024,
    "invoked_function_arn": "arn:aws:lambda:eu-central-1:123456789012:function:images",
    "aws_request_id": "00000000-0000-0000-0000-000000000000",
}


def _event(method: str, path: str, query: dict[str, str], body: Any, headers: dict[str, str]) -> dict[str, Any]:  # noqa: ANN401
    text = body if body is None or isinstance(body, str) else json.dumps(body)
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "queryStringParameters": query,
        "headers": {"content-type": "application/json", **headers},
        "requestContext": {
            "requestId": str(uuid4()),
            "http": {"method": method, "path": path, "sourceIp": "203.0.113.7"},
            "stage": "$default",
        },
        "body": text,
        "isBase64Encoded": False,
    }
