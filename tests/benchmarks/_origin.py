"""A page and so many pictures behind one address, of whichever build is on its path.

The page is as the build's own tools made it, the API's answers are those of its own functions over a table in memory,
compressed or not as they come; files are compressed as the distribution does. Half of the pictures are public and
nobody's, half are somebody's private ones. Renditions are one photograph in each size. Its first argument is the folder
of the page, its second how many pictures there are of either kind; it says on a line where it listens, with tokens.
"""

import base64
import gzip
import io
import json
import mimetypes
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import skimage
from PIL import Image, ImageOps

OWNER = "3f8a2c1e-0000-4000-8000-000000000001"
EMAIL = "owner@example.org"
FIRST, DAYS = datetime.fromisoformat("2011-12-01"), 15 * 365
SIZES = {"small": (480, 360), "medium": (1067, 800), "large": (2000, 1500)}
FORMER_SIZES = {"small": (400, 300), "large": (1600, 1200)}
ENVIRONMENT = {
    "TABLE_NAME": "table", "MEDIA_BUCKET": "media-bucket", "ACCESS_MODE": "open", "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "POWERTOOLS_SERVICE_NAME": "page",
    "POWERTOOLS_METRICS_NAMESPACE": "Page", "POWERTOOLS_LOG_LEVEL": "CRITICAL", "MODEL_NAME": "resnet50",
}  # fmt: skip
FUNCTIONS = {"me": "people", "users": "people", "posts": "posts", "feed": "posts", "search": "search"}
"""Which function answers what is not for the one that serves pictures, by the first word of the path."""
_LISTENING = "=> "


class Contents:
    """What the table holds: rows by key, and the sort keys of each partition in order."""

    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self._rows = {(_text(row["pk"]), _text(row["sk"])): row for row in rows}
        self._keys: dict[str, list[str]] = defaultdict(list)
        for pk, sk in sorted(self._rows):
            self._keys[pk].append(sk)

    def keys(self, partition: str) -> Sequence[str]:
        """Return the sort keys of a partition."""
        return self._keys.get(partition, ())

    def ranking(self, _: str) -> Sequence[tuple[int, str, str]]:
        """Return what stands in a partition of the index of ranks: nothing."""
        return ()

    def row(self, pk: str, sk: str) -> dict[str, Any] | None:
        """Return a row; None where there is none."""
        return self._rows.get((pk, sk))


def _text(value: Any) -> str:  # noqa: ANN401 - a string, or in the build of before DynamoDB's JSON of one
    return str(value["S"] if isinstance(value, dict) else value)


def rows_of(count: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the pictures of both kinds, of their months, and of their owner."""
    from tests.benchmarks import _synthetic as synthetic  # noqa: PLC0415 - of the build that is measured

    drawn = synthetic.draw(2 * count)
    pictures = [_picture(drawn[number], number, count) for number in range(2 * count)]
    for picture in pictures:
        yield from _of_picture(picture)
    yield from _of_months(pictures)
    yield from _of_owner()


def _picture(picture: Any, number: int, count: int) -> Any:  # noqa: ANN401 - a Picture of the build
    place, private = divmod(number, 2)
    at = FIRST + timedelta(days=DAYS) * place / count
    content = picture.content
    if hasattr(content, "sizes"):
        content = replace(content, sizes=SIZES)
    owner, visibility = (OWNER, "private") if private else (None, "public")
    created = f"{at:%Y-%m-%dT%H:%M:%S}.000Z"
    return replace(picture, owner=owner, visibility=visibility, created_at=created, content=content)


def _of_picture(picture: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - likewise
    try:
        from gallery.pictures import rows  # noqa: PLC0415
    except ImportError:  # the build of before has other modules
        from gallery import rows  # type: ignore[attr-defined,no-redef] # noqa: PLC0415
    yield rows.to_row(picture)
    for posting in rows.postings(picture):
        yield rows.posting_row(posting, picture.version, 1_780_000_000)


def _of_months(pictures: Sequence[Any]) -> Iterator[dict[str, Any]]:
    try:
        from gallery.pictures import months  # noqa: PLC0415
    except ImportError:  # which has no months
        return
    counted: dict[Any, Counter[str]] = defaultdict(Counter)
    for picture in pictures:
        for month, weight in months.weights(picture).items():
            counted[month].update(weight)
    for month, weight in counted.items():
        yield {**month.key, **weight, "changes": 1}


def _of_owner() -> Iterator[dict[str, Any]]:
    try:
        from gallery.people import people  # noqa: PLC0415
    except ImportError:  # where the page asks for nobody at first
        return
    yield people.to_row(people.Person(sub=OWNER, username="owner", created_at="2026-01-01T00:00:00.000Z"))


class Origin(BaseHTTPRequestHandler):
    """Answers as the distribution does: the page, the API and the renditions under one address."""

    protocol_version = "HTTP/1.1"
    page: Path
    turn = Lock()

    def do_GET(self) -> None:
        """Answer a request that changes nothing."""
        path = urlsplit(self.path).path
        if path.startswith("/api/"):
            self._call(path)
        elif path.startswith(("/media/", "/media-bucket/")):
            self._send(200, rendition(path), {"content-type": "image/jpeg", "cache-control": "max-age=300"})
        else:
            self._show(path)

    def _call(self, path: str) -> None:
        function = FUNCTIONS.get(path.split("/")[2], "images")
        with self.turn:
            answer = handler_of(function)(self._event(path), CONTEXT)
        body = answer.get("body") or ""
        content = base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
        multi = {name: values[0] for name, values in (answer.get("multiValueHeaders") or {}).items()}
        self._send(answer["statusCode"], content, multi | (answer.get("headers") or {}))

    def _event(self, path: str) -> dict[str, Any]:
        query = urlsplit(self.path).query
        return {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": query,
            "queryStringParameters": dict(parse_qsl(query)),
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "requestContext": {"http": {"method": "GET", "path": path, "sourceIp": "203.0.113.7"}, "stage": "$default"},
            "isBase64Encoded": False,
        }

    def _show(self, path: str) -> None:
        file = self.page / path.lstrip("/")
        file = file if file.is_file() else self.page / "index.html"
        kind = mimetypes.guess_type(file.name)[0] or "text/html"
        caching = "public, max-age=31536000, immutable" if "/assets/" in path else "no-cache"
        self._send(200, compressed(file), {"content-type": kind, "cache-control": caching, "content-encoding": "gzip"})

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@cache
def compressed(file: Path) -> bytes:
    """Return a file in gzip."""
    return gzip.compress(file.read_bytes(), 6, mtime=0)


def rendition(path: str) -> bytes:
    """Return a rendition in the size that its name says."""
    name = Path(path).stem.rpartition("-")[2]
    sizes = FORMER_SIZES if Origin.page.is_relative_to(Path.cwd() / "build" / "former") else SIZES
    return _photograph(sizes.get(name, SIZES["small"]))


@cache
def _photograph(size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    source = Image.open(Path(skimage.__file__).parent / "data" / "coffee.png").convert("RGB")
    ImageOps.fit(source, size).save(file, "JPEG", quality=82)
    return file.getvalue()


@cache
def handler_of(function: str) -> Any:  # noqa: ANN401 - a Lambda's handler
    """Return the handler of a function's folder."""
    from importlib import import_module  # noqa: PLC0415

    return import_module(f"{function}.handler").handler


class _Context:
    function_name = "page"
    memory_limit_in_mb = 1769
    invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:page"
    aws_request_id = "benchmark"


CONTEXT = _Context()


def main(page: Path, count: int) -> None:
    """Serve until the process is ended."""
    Origin.page = page
    server = ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    address = f"http://localhost:{server.server_port}"
    os.environ.update(ENVIRONMENT, SITE_URL=address, S3_BROWSER_ENDPOINT=address)
    from tests.benchmarks._table import Table  # noqa: PLC0415 - of the build that is measured, in this environment
    from tests.unit.identity import CLIENT, POOL, running_pool  # noqa: PLC0415

    with running_pool() as pool:
        os.environ.update(
            USER_POOL_ID=POOL, USER_POOL_CLIENT_ID=CLIENT, AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=pool.url
        )
        Table(Contents(rows_of(count))).stand_in()
        claims: dict[str, Any] = {"username": OWNER, "email": EMAIL}
        told = {
            "address": address,
            "client": CLIENT,
            "access": pool.token(OWNER, **claims),
            "id": pool.token(OWNER, token_use="id", aud=CLIENT, **claims),
        }
        sys.stdout.write(f"\n{_LISTENING}{json.dumps(told)}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
