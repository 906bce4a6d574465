"""What the edge makes of an address, in the language that it runs there."""

import json
import shutil
import subprocess
from typing import Any

import pytest
from infra.constructs.site import VIEWER_REQUEST

from gallery import limits
from gallery.problems import CONTENT_TYPE

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="needs Node")

CASES = {
    "/": "/index.html",
    "": "/index.html",
    "/images/01JABC": "/index.html",
    "/images/01JABC/": "/index.html",
    "/index.html": "/index.html",
    "/assets/page-1a2b.js": "/assets/page-1a2b.js",
    "/favicon.svg": "/favicon.svg",
    "/api/images": "/api/images",
    "/api/images/": "/api/images",
    "/api/images//": "/api/images",
    "/api/users/a.b": "/api/users/a.b",
    "/media/01JABC/1-small.webp": "/media/01JABC/1-small.webp",
    "/api/docs": "/api/docs",
    "/api-docs/start.js": "/api-docs/start.js",
    "/mediathek": "/index.html",
    "/downloads/01JABC/public-1": "/downloads/01JABC/public-1",
    "/apiary": "/index.html",
    "/s/01JABC-_x": "/s/01JABC-_x",
    "/s/01JABC-_x/": "/s/01JABC-_x",
    "/s": "/index.html",
    "/a/9sXr2LwqT1m0aYV3kQ8ZbA": "/a/9sXr2LwqT1m0aYV3kQ8ZbA",
    "/a": "/index.html",
    "/about": "/index.html",
    "/signed": "/index.html",
}


@pytest.fixture(scope="module")
def rewritten() -> dict[str, str]:
    return {address: answered(address)["uri"] for address in CASES}


def answered(address: str, **headers: Any) -> dict[str, Any]:  # noqa: ANN401 - as the edge writes headers
    request = {"uri": address, "querystring": {"query": {"value": "a/b/"}}, "headers": headers}
    event = {"request": request, "viewer": {"ip": "198.51.100.9"}}
    script = f"{VIEWER_REQUEST.read_text()}\nconsole.log(JSON.stringify(handler({json.dumps(event)})))"
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("address", CASES)
def test_a_trailing_slash_means_nothing_and_the_pages_own_addresses_are_the_page(
    rewritten: dict[str, str], address: str
) -> None:
    assert rewritten[address] == CASES[address]


def test_the_api_is_told_who_sent_a_request_whatever_the_sender_says() -> None:
    forged = {"value": "203.0.113.1", "multiValue": [{"value": "203.0.113.1"}, {"value": "203.0.113.2"}]}
    for sent in ({}, {"x-viewer-address": forged}):
        assert answered("/api/feedback", **sent)["headers"]["x-viewer-address"] == {"value": "198.51.100.9"}


def length(size: int) -> dict[str, Any]:
    return {"content-length": {"value": str(size)}}


@pytest.mark.parametrize("address", ["/api/classify", "/api/classify/"])
def test_a_picture_too_large_to_be_classified_is_refused_as_the_function_would(address: str) -> None:
    answer = answered(address, **length(limits.MAX_CLASSIFY_BYTES + 1))
    problem = json.loads(answer["body"]["data"])
    assert answer["statusCode"] == problem["status"] == 413
    assert answer["headers"]["content-type"]["value"] == CONTENT_TYPE
    assert problem["detail"] == f"The picture is larger than {limits.MAX_CLASSIFY_BYTES // 2**20} MB."


def test_what_may_be_classified_and_what_goes_elsewhere_is_let_through() -> None:
    assert answered("/api/classify", **length(limits.MAX_CLASSIFY_BYTES))["uri"] == "/api/classify"
    assert answered("/api/classify")["uri"] == "/api/classify"
    assert answered("/api/uploads", **length(limits.MAX_CLASSIFY_BYTES + 1))["uri"] == "/api/uploads"


def test_the_api_is_told_which_host_a_browser_addressed_whatever_the_sender_says() -> None:
    asked = answered(
        "/api/reports", host={"value": "gallery.example.org"}, **{"x-viewer-host": {"value": "evil.example"}}
    )
    assert asked["headers"]["x-viewer-host"] == {"value": "gallery.example.org"}
