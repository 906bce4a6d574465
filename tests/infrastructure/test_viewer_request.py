"""What the edge makes of an address, in the language that it runs there."""

import json
import shutil
import subprocess

import pytest
from infra.site import VIEWER_REQUEST

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
    "/mediathek": "/index.html",
    "/apiary": "/index.html",
}


@pytest.fixture(scope="module")
def rewritten() -> dict[str, str]:
    calls = "[...CASES].map(uri => handler({request: {uri: uri, querystring: {query: {value: 'a/b/'}}}}).uri)"
    script = f"{VIEWER_REQUEST.read_text()}\nvar CASES = {json.dumps([*CASES])};\nconsole.log(JSON.stringify({calls}))"
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    return dict(zip(CASES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("address", CASES)
def test_a_trailing_slash_means_nothing_and_the_pages_own_addresses_are_the_page(
    rewritten: dict[str, str], address: str
) -> None:
    assert rewritten[address] == CASES[address]
