"""Mosaics on the page, in a real browser against a real local cloud."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.accounts import Account
from tests.e2e.barriers import barriers
from tests.e2e.conftest import window
from tests.e2e.filling import filled
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300), needs_model]


@pytest.fixture
def opened(browser: Browser, local_cloud: LocalCloud, admin: Account) -> Iterator[Page]:
    """One picture of a small gallery."""
    with filled(local_cloud, admin, 6) as images, window(browser, local_cloud) as page:
        page.goto(f"/images/{images[0]['id']}")
        yield page


def test_a_mosaic_is_made_as_chosen_shown_beside_the_picture_and_saved(opened: Page) -> None:
    opened.get_by_role("link", name="Mosaic").press("Enter")
    opened.get_by_role("radio", name="Pictures of this gallery").check()
    size = opened.get_by_role("slider", name="Size of a tile")
    size.press("End")
    expect(size).to_have_value("64")
    opened.get_by_role("slider", name="Tinted like the picture").press("ArrowRight")
    opened.get_by_role("button", name="Make it").press("Enter")
    done = opened.get_by_role("status").filter(has_text="different ones")
    expect(done).to_contain_text(re.compile(r"tiles, 32 . \d+;"))
    expect(opened).to_have_url(re.compile(r"/mosaic\?tiles=gallery&tile_size=64&blend=0\.35$"))
    mosaic = opened.get_by_role("img", name="The mosaic")
    expect(mosaic).to_have_js_property("naturalWidth", 2048)
    assert barriers(opened) == []
    before = mosaic.bounding_box()
    opened.get_by_role("button", name="Zoom in").click()
    expect(opened.get_by_role("button", name="Zoom out")).to_be_enabled()
    after = mosaic.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"]
    with opened.expect_download() as download:
        opened.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.endswith("-mosaic.jpg")
    assert download.value.path().read_bytes().startswith(b"\xff\xd8")
    opened.reload()
    expect(done).to_be_visible()
