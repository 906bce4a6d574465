"""Trying pictures on the page without keeping any, in a real browser against a real local cloud."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, Request, expect
from tests import photographs
from tests.accounts import Account
from tests.e2e.barriers import barriers
from tests.e2e.choosing import drop
from tests.e2e.conftest import empty, window
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300), needs_model]


UPRIGHT, ROTATED = 1, 6
ORIENTATION = 0x0112


@pytest.fixture
def trying(browser: Browser, local_cloud: LocalCloud) -> Iterator[Page]:
    """The page for trying."""
    with window(browser, local_cloud) as opened:
        opened.goto("/try")
        opened.get_by_role("heading", name="Try it without keeping anything").wait_for()
        yield opened


def choose(page: Page, *files: FilePayload) -> None:
    page.locator("main input[type=file]").first.set_input_files(files)


def tried(page: Page) -> Locator:
    return page.get_by_role("list", name="Pictures tried").locator("> li")


def large(orientation: int) -> bytes:
    """A photograph of 3000 by 2000 pixels as a camera stores it, to be turned as its note says."""
    ((_, content),) = photographs.some(1)
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        image.resize((3000, 2000)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_pictures_are_looked_at_in_a_row_and_none_is_kept(
    trying: Page, local_cloud: LocalCloud, admin: Account
) -> None:
    empty(local_cloud, admin)
    drop(trying, photographs.some(2))
    for each in (tried(trying).first, tried(trying).last):
        expect(each.get_by_role("heading")).not_to_be_empty()
        expect(each.get_by_role("list", name="Labels by probability").get_by_role("listitem")).to_have_count(5)
        expect(each).to_contain_text(re.compile(r"Looked at in [\d.,]+ ms; .* Nothing was stored"))
    expect(trying).to_have_url(re.compile("/try$"))
    assert barriers(trying) == []
    with local_cloud.http() as http:
        assert http.get("/api/images").json()["images"] == []


@pytest.mark.parametrize(("orientation", "size"), [(UPRIGHT, (1280, 853)), (ROTATED, (853, 1280))])
def test_a_large_picture_is_sent_small_and_the_right_way_up(
    trying: Page, orientation: int, size: tuple[int, int]
) -> None:
    sent: list[Request] = []
    trying.on("request", lambda request: sent.append(request) if "/api/classify" in request.url else None)
    trying.evaluate(
        """() => {
          const fetch = window.fetch;
          window.fetch = async (request) => {
            if (request.url?.includes('/api/classify')) {
              const bitmap = await createImageBitmap(await request.clone().blob());
              window.sentSize = [bitmap.width, bitmap.height];
            }
            return fetch(request);
          };
        }"""
    )
    choose(trying, FilePayload(name="large.jpg", mimeType="image/jpeg", buffer=large(orientation)))
    expect(tried(trying).get_by_role("heading")).not_to_be_empty()
    assert trying.evaluate("window.sentSize") == list(size)
    assert [each.headers["content-type"] for each in sent] == ["image/jpeg"]


def test_what_cannot_be_looked_at_is_said_in_words(trying: Page) -> None:
    choose(trying, FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"no picture"))
    expect(tried(trying).first).to_contain_text("can\N{RIGHT SINGLE QUOTATION MARK}t be shown here")
    heavy = FilePayload(name="large.heic", mimeType="image/heic", buffer=bytes(4 * 1024 * 1024 + 1))
    choose(trying, heavy)
    expect(tried(trying).first).to_contain_text("Save it as JPEG and try again")
    assert barriers(trying) == []
