"""A real browser on the page of a local cloud."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.accounts import Account
from tests.e2e.sessions import session_of
from tests.local_cloud import LocalCloud

# Machines that run tests may be slow; what is right at last is right.
expect.set_options(timeout=60_000)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: on Debian and Ubuntu, `sudo apt-get install chromium` installs it")
    # Chromium refuses its sandbox to root, who is what containers and many CI machines run as.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield running
        running.close()


def empty(cloud: LocalCloud, admin: Account) -> None:
    """Delete every picture that others can see, whosever it is."""
    with cloud.http(headers=admin.headers) as http:
        while images := http.get("/api/images", params={"limit": "100"}).json()["images"]:
            for each in images:
                http.delete(f"/api/images/{each['id']}").raise_for_status()


@contextmanager
def window(browser: Browser, cloud: LocalCloud, somebody: Account | None = None) -> Iterator[Page]:
    """A fresh window of somebody signed in, or of nobody; whatever its page complains about in the console fails."""
    context = browser.new_context(
        base_url=cloud.site_url,
        viewport={"width": 1400, "height": 900},
        reduced_motion="reduce",
        service_workers="block",
        storage_state=session_of(cloud, somebody) if somebody else None,
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, local_cloud: LocalCloud, admin: Account) -> Iterator[Page]:
    """The page of an empty gallery."""
    empty(local_cloud, admin)
    with window(browser, local_cloud) as opened:
        opened.goto("/")
        yield opened
