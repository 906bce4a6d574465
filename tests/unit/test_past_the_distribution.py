"""Nobody walks around the distribution, and long answers travel compressed, which neither it nor the API does."""

import gzip
import json
from base64 import b64decode

import pytest
from tests.unit.conftest import Api, forget_clients

from openapi import DOCUMENT

PRESENT, FORMER = "present-secret", "former-secret"
ROUTES = (
    ("GET", "/api/health"),
    ("GET", "/api/images"),
    ("GET", "/api/nothing-here"),
    ("DELETE", "/api/health"),
    ("POST", "/api/uploads"),
    ("GET", "/api/search"),
    ("GET", "/api/posts"),
    ("GET", "/s/01KAGVQ2W3M8Y6Z5T4R7N9P0XC"),
    ("GET", "/api/me"),
    ("POST", "/api/feedback"),
    ("GET", "/api/counter"),
    ("GET", "/api/admin/stats"),
    ("POST", "/api/classify"),
)
"""Of each function, and of what each answers before it looks at a request: no such address, method or field."""


@pytest.fixture
def secrets(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ORIGIN_SECRETS", f"{PRESENT} {FORMER}")
    forget_clients()


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("sent", [None, "", "guess", f"{PRESENT} {FORMER}", "é"])
def test_what_comes_past_the_distribution_is_refused(api: Api, method: str, path: str, sent: str | None) -> None:
    headers = {} if sent is None else {"x-origin-proof": sent, "x-viewer-address": "192.0.2.1"}
    answer = api(method, path, headers=headers)
    assert (answer.status, answer.headers["content-type"]) == (403, "application/problem+json")
    assert answer.json["title"] == "Forbidden"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize("sent", [PRESENT, FORMER])
def test_while_one_secret_takes_anothers_place_both_are_good(api: Api, sent: str) -> None:
    """The servers of a distribution hear of a new header one after the other."""
    assert api("GET", "/api/health", headers={"x-origin-proof": sent}).status == 200


def test_where_there_is_no_distribution_nothing_is_asked_for(api: Api) -> None:
    assert api("GET", "/api/health").status == 200


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [("gzip", True), ("br;q=1.0, gzip;q=0.8", True), ("*", True), ("GZIP", True)]
    + [(each, False) for each in ("", "identity", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0")],
)
def test_a_long_answer_is_compressed_for_whoever_takes_it(api: Api, accepted: str, compressed: bool) -> None:
    """CloudFront compresses nothing under a policy that caches nothing, and an HTTP API never does."""
    answer = api("GET", "/api/openapi.json", headers={"accept-encoding": accepted})
    assert answer.headers["vary"] == "Accept-Encoding"
    assert (answer.headers.get("content-encoding") == "gzip") is compressed
    body = gzip.decompress(b64decode(answer.text)).decode() if compressed else answer.text
    assert json.loads(body) == json.loads(DOCUMENT.read_text())
    if compressed:
        assert len(b64decode(answer.text)) < len(body) / 5


def test_a_short_answer_is_sent_as_it_is(api: Api) -> None:
    answer = api("GET", "/api/health", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.json
