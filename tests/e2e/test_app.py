"""The page as an app: installed, offline, and taking in what other apps share."""

import re
from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page, expect
from tests.local_cloud import LocalCloud

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300)]

SHARE = """() => {
  const form = document.createElement('form');
  Object.assign(form, { action: '/api/share', method: 'POST', enctype: 'multipart/form-data' });
  const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files' });
  const data = new DataTransfer();
  data.items.add(new File(['no picture at all'], 'shared.jpg', { type: 'image/jpeg' }));
  input.files = data.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""
"""What the system does when somebody shares a file with the installed page."""


@pytest.fixture
def app(browser: Browser, local_cloud: LocalCloud) -> Iterator[Page]:
    """The page once its service worker controls it."""
    context = browser.new_context(base_url=local_cloud.site_url, viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.goto("/")
    opened.evaluate("() => navigator.serviceWorker.ready")
    opened.wait_for_function("() => navigator.serviceWorker.controller !== null")
    yield opened
    context.close()


def test_chromium_finds_nothing_that_keeps_it_from_being_installed(app: Page) -> None:
    devtools = app.context.new_cdp_session(app)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    reported = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A private window, as each test's is, never installs anything.
    assert [error["errorId"] for error in reported if error["errorId"] != "in-incognito"] == []


def test_without_the_gallery_it_says_so(app: Page) -> None:
    app.context.set_offline(True)
    app.goto("/labels")
    expect(app.get_by_role("heading", name=re.compile("The gallery can.t be reached"))).to_be_visible()
    for scheme in ("light", "dark"):
        app.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert Axe().run(app).violations_count == 0
    app.context.set_offline(False)
    app.get_by_role("link", name="Try again").click()
    expect(app.get_by_role("heading", name="Labels", exact=True)).to_be_visible()


def test_shared_files_wait_for_a_yes_and_are_forgotten_with_a_no(app: Page) -> None:
    app.evaluate(SHARE)
    question = app.get_by_role("dialog", name="Add 1 file from another app?")
    question.get_by_role("button", name="Throw away").click()
    expect(question).to_be_hidden()
    app.reload()
    expect(app.get_by_role("button", name="Add pictures").first).to_be_visible()
    expect(question).to_be_hidden()
    app.evaluate(SHARE)
    question.get_by_role("button", name="Add 1 file").click()
    expect(app.get_by_text("shared.jpg")).to_be_visible()


def test_what_no_worker_takes_in_ends_on_a_page_that_says_what_to_do(local_cloud: LocalCloud) -> None:
    answer = httpx.post(f"{local_cloud.site_url}/api/share", files={"files": b"some bytes"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/share-missed")


def test_the_worker_and_the_manifest_are_asked_for_anew_each_time(local_cloud: LocalCloud) -> None:
    for name in ("sw.js", "manifest.webmanifest", "offline.html"):
        answer = httpx.get(f"{local_cloud.site_url}/{name}").raise_for_status()
        assert answer.headers["cache-control"] == "no-cache", name


def test_it_keeps_nothing_but_what_is_the_same_for_everybody(app: Page) -> None:
    app.reload()
    expect(app.get_by_role("button", name="Add pictures").first).to_be_visible()
    kept = app.evaluate(
        """async () => {
          const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
          const requests = await Promise.all(stores.map((cache) => cache.keys()));
          return requests.flat().map(({ url }) => new URL(url).pathname);
        }"""
    )
    assert any(path.startswith("/assets/") for path in kept)
    assert [path for path in kept if not path.startswith(("/assets/", "/offline.html", "/favicon.svg"))] == []
