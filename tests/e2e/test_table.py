"""The table of pictures and what is done there with many at once, in a real browser against a real local cloud."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from tests.accounts import Account
from tests.e2e.barriers import barriers
from tests.e2e.choosing import choose, files, uploads
from tests.e2e.conftest import window
from tests.e2e.filling import filled
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300), needs_model]


COUNT = 5


@pytest.fixture
def images(local_cloud: LocalCloud, admin: Account) -> Iterator[list[dict[str, Any]]]:
    """The pictures of a small gallery."""
    with filled(local_cloud, admin, COUNT) as found:
        yield found


@pytest.fixture
def table(browser: Browser, local_cloud: LocalCloud, images: list[dict[str, Any]]) -> Iterator[Page]:
    """Its page, as a table; in a browser that can't write straight to files."""
    with window(browser, local_cloud) as opened:
        opened.add_init_script("delete window.showSaveFilePicker")
        opened.goto("/")
        opened.get_by_role("button", name="Show as table").click()
        expect(rows(opened)).to_have_count(len(images))
        yield opened


def rows(page: Page) -> Locator:
    return page.get_by_role("table", name="Pictures").locator("tbody tr[data-index]")


def shown(page: Page) -> list[str]:
    """The ids of the pictures in the table, in their order."""
    return [str(each.get_attribute("data-image")) for each in rows(page).locator("a[data-image]").all()]


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_table_tells_of_each_picture_in_the_order_of_the_gallery(table: Page, images: list[dict[str, Any]]) -> None:
    first = images[0]
    row = rows(table).first
    for words in (first["filename"], first["labels"][0]["label"]):
        expect(row).to_contain_text(words)
    expect(table.get_by_text(f"{COUNT} loaded")).to_be_visible()
    assert shown(table) == [image["id"] for image in images]
    assert barriers(table) == []
    table.reload()
    expect(rows(table)).to_have_count(COUNT)
    row.get_by_role("link", name="Open").click()
    table.get_by_role("complementary", name="About this picture").wait_for()
    table.keyboard.press("Escape")
    expect(rows(table)).to_have_count(COUNT)


def test_pictures_are_selected_by_keyboard_moved_to_the_trash_together_and_taken_out_again(
    table: Page, images: list[dict[str, Any]], local_cloud: LocalCloud
) -> None:
    box(table, f"Select {images[0]['filename']}").focus()
    table.keyboard.press("Space")
    box(table, f"Select {images[2]['filename']}").click(modifiers=["Shift"])
    selected = table.get_by_role("region", name="Selected pictures")
    expect(selected).to_contain_text("3 selected")
    assert barriers(table) == []
    selected.get_by_role("button", name="Move to trash").press("Enter")
    expect(rows(table)).to_have_count(COUNT - 3)
    expect(table.get_by_text("3 pictures are in the trash for 30 days.")).to_be_visible()
    assert listed(local_cloud) == [image["id"] for image in images[3:]]
    table.get_by_role("button", name="Undo").click()
    expect(table.get_by_text("3 pictures are out of the trash again.")).to_be_visible()
    expect(rows(table)).to_have_count(COUNT)
    assert listed(local_cloud) == [image["id"] for image in images]


def listed(cloud: LocalCloud) -> list[str]:
    with cloud.http() as http:
        return [image["id"] for image in http.get("/api/images").json()["images"]]


def test_the_selection_is_saved_in_one_archive_of_what_each_download_gives(
    table: Page, images: list[dict[str, Any]], local_cloud: LocalCloud
) -> None:
    box(table, f"Select all {COUNT} loaded").check()
    with table.expect_download() as download:
        table.get_by_role("button", name="Download as ZIP").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        packed = {each: sha256(archive.read(each)) for each in archive.namelist()}
    with local_cloud.http(follow_redirects=True) as http:
        given = {each["filename"]: http.get(f"/api/images/{each['id']}/download").content for each in images}
    assert packed == {name: sha256(content) for name, content in given.items()}
    expect(table.get_by_text(f"Saved {COUNT} pictures.")).to_be_visible()


def test_what_the_gallery_has_already_is_not_sent_again(
    table: Page, images: list[dict[str, Any]], local_cloud: LocalCloud, admin: Account
) -> None:
    sent: list[str] = []
    table.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    name = images[0]["filename"]
    with local_cloud.http(headers=admin.headers) as http:  # others would get a file without its metadata
        found = http.get(f"/api/images/{images[0]['id']}/download", params={"format": "json"}).raise_for_status()
    content = httpx.get(found.json()["url"]).raise_for_status().content
    new = content + b"a new one"
    choose(
        table,
        [
            *files([(name, content)]),
            FilePayload(name="new.jpg", mimeType="image/jpeg", buffer=new),
            FilePayload(name="new again.jpg", mimeType="image/jpeg", buffer=new),
        ],
    )
    listed = uploads(table).get_by_role("listitem")
    expect(listed.filter(has_text=name)).to_contain_text("Already here")
    expect(listed.filter(has_text="new again.jpg")).to_contain_text("sent once")
    expect(rows(table)).to_have_count(COUNT + 1)
    assert len([url for url in sent if "/api/" not in url]) == 1
    listed.filter(has_text=name).get_by_role("link", name="show the picture").click()
    expect(table).to_have_url(re.compile(f"/images/{images[0]['id']}"))


def test_all_labels_are_listed_with_their_counts_and_lead_to_their_pictures(
    table: Page, images: list[dict[str, Any]]
) -> None:
    label = images[0]["labels"][0]["label"]
    table.get_by_role("button", name="More", exact=True).click()
    table.get_by_role("menuitem", name="Labels").click()
    table.get_by_role("searchbox", name="Find a label").fill(label)
    expect(table.get_by_text(re.compile(r"\d+ of \d+, most used first"))).to_be_visible()
    assert barriers(table) == []
    table.get_by_role("list", name="Labels").get_by_role("link", name=label).first.click()
    expect(table.get_by_role("heading", name=f"Pictures labelled “{label}”")).to_be_visible()
    expect(rows(table).locator(f"a[data-image='{images[0]['id']}']").first).to_be_visible()
