"""What a person does on the page, in a real browser against a real local cloud."""

import base64
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import FilePayload, Locator, Page, expect
from tests import photographs
from tests.e2e.choosing import choose, drop, files, uploads
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300)]


PICTURE = re.compile(r"/images/[0-9A-Z]{26}$")


def pictures(page: Page) -> Locator:
    return page.get_by_role("list", name="Pictures").get_by_role("link")


def expect_captions(page: Page, count: int) -> None:
    """Wait until the page shows so many pictures, and none of them still without a caption."""
    expect(pictures(page)).to_have_count(count)
    expect(page.locator("figure[aria-busy=true]")).to_have_count(0)


def test_an_empty_gallery_says_what_to_do(page: Page) -> None:
    expect(page.get_by_text("No pictures yet")).to_be_visible()
    expect(page.get_by_role("button", name="Add pictures").first).to_be_visible()


@needs_model
def test_twenty_dropped_photographs_get_their_captions_without_a_reload(page: Page, local_cloud: LocalCloud) -> None:
    drop(page, photographs.some(20))
    expect(uploads(page).get_by_role("listitem")).to_have_count(20)
    expect(page.get_by_role("list", name="Pictures").get_by_role("listitem")).to_have_count(20)
    expect_captions(page, 20)
    expect(uploads(page).get_by_text("20 uploaded")).to_be_visible()
    with local_cloud.http() as http:
        captions = [each["caption"] for each in http.get("/api/images").json()["images"]]
    for caption in filter(None, captions):
        expect(page.get_by_text(caption, exact=True).first).to_be_visible()
    page.reload()
    expect(pictures(page)).to_have_count(20)


@needs_model
def test_a_pasted_picture_is_added(page: Page) -> None:
    page.get_by_role("button", name="Add pictures").first.wait_for()
    ((name, content),) = photographs.some(1)
    page.evaluate(
        """([name, content]) => {
          const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], name, { type: 'image/jpeg' }));
          window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
        }""",
        [name, base64.b64encode(content).decode()],
    )
    expect_captions(page, 1)


@needs_model
def test_a_picture_opens_large_with_its_labels_and_facts(page: Page, local_cloud: LocalCloud) -> None:
    choose(page, files(photographs.some(2)))
    expect_captions(page, 2)
    pictures(page).first.click()
    about = page.get_by_role("complementary", name="About this picture")
    page.wait_for_url("**/images/*")
    with local_cloud.http() as http:
        found = http.get(f"/api/images/{page.url.rpartition('/')[2]}").raise_for_status().json()["labels"]
    assert 1 <= len(found) <= 10
    expect(about.locator("summary").last).to_be_visible()
    for fold in about.locator("summary").all():
        fold.click()
    listed = about.get_by_role("list", name=re.compile("abels")).get_by_role("listitem")
    expect(listed).to_have_count(len(found))  # what must not be guessed is left out
    for fact in ("Size", "Dimensions", "Type", "Added", "Model"):
        expect(about.get_by_text(fact, exact=True)).to_be_visible()
    expect(page).to_have_url(PICTURE)
    first = page.url
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(first)
    page.reload()
    expect(about).to_be_visible()
    page.keyboard.press("Escape")
    expect(about).to_be_hidden()


@needs_model
def test_a_picture_in_the_trash_comes_back_by_undo_and_its_bytes_stay(page: Page, local_cloud: LocalCloud) -> None:
    choose(page, files(photographs.some(2)))
    expect_captions(page, 2)
    pictures(page).first.click()
    expect(page).to_have_url(PICTURE)
    image_id = page.url.rpartition("/")[2]
    trash = page.get_by_role("toolbar", name="Actions").get_by_role("button", name="Move to the trash")
    trash.click()
    expect(pictures(page)).to_have_count(1)
    with local_cloud.http() as http:
        listed = http.get("/api/images").json()["images"]
        assert image_id not in [picture["id"] for picture in listed]
    page.get_by_role("button", name="Undo").click()
    expect(pictures(page)).to_have_count(2)
    with local_cloud.http() as http:
        assert http.get(f"/api/images/{image_id}").json()["trashed_at"] is None
        assert http.get(f"/api/images/{image_id}/download", follow_redirects=True).status_code == 200


def test_what_cannot_be_captioned_is_named_and_the_rest_goes_on(page: Page) -> None:
    ((name, content),) = photographs.some(1)
    choose(
        page,
        [
            FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"no picture"),
            FilePayload(name="empty.jpg", mimeType="image/jpeg", buffer=b""),
            FilePayload(name="letter.jpg", mimeType="image/jpeg", buffer=b"Dear Sir or Madam, " * 100),
            FilePayload(name=name, mimeType="image/jpeg", buffer=content),
        ],
    )
    rows = uploads(page).get_by_role("listitem")
    for refused, reason in (("notes.txt", "type"), ("empty.jpg", "empty"), ("letter.jpg", "not a picture")):
        expect(rows.filter(has_text=refused)).to_contain_text(re.compile(reason, re.IGNORECASE))
    expect(page.locator("img[src*='media/']").first).to_be_visible()


def test_a_picture_that_is_too_large_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(210 * 1000 * 1000)
    page.locator("input[type=file]").first.set_input_files(large)
    expect(uploads(page).get_by_role("listitem").filter(has_text="large.jpg")).to_contain_text("200")


@needs_model
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_everybody_can_read_and_use_the_page(page: Page, width: int, scheme: str) -> None:
    choose(page, files(photographs.some(1)))
    expect_captions(page, 1)
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.reload()
    pictures(page).first.wait_for()
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    pictures(page).first.press("Enter")
    page.get_by_role("complementary", name="About this picture").wait_for()
    assert Axe().run(page).violations_count == 0
