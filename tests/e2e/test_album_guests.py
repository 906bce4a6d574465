"""A link to an album in the browser of somebody without an account."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from tests import photographs
from tests.accounts import Account, account
from tests.e2e.barriers import barriers
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300), needs_model]


@pytest.fixture(scope="module")
def owner(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


@pytest.fixture
def album(local_cloud: LocalCloud, owner: Account) -> str:
    """Path of an album with one private picture."""
    ((name, content),) = photographs.some(1)
    file = {"name": name, "type": "image/jpeg", "size": len(content), "title": "Waves", "visibility": "private"}
    with local_cloud.http(headers=owner.headers) as http:
        (ticket,) = http.post("/api/uploads", json={"files": [file]}).raise_for_status().json()["uploads"]
        sent = httpx.post(
            ticket["url"], data=ticket["fields"], files={"file": (name, content, "image/jpeg")}, timeout=30
        )
        sent.raise_for_status()
        settled(local_cloud, ticket["image_id"], headers=owner.headers)
        made = http.post("/api/albums", json={"title": "A week at the sea"}).raise_for_status().json()
        path = f"/api/albums/{made['id']}"
        http.put(f"{path}/images", json={"ids": [ticket["image_id"]]}).raise_for_status()
    return path


@pytest.fixture
def stranger(browser: Browser, local_cloud: LocalCloud) -> Iterator[Page]:
    """A phone on which nobody is signed in."""
    context = browser.new_context(
        base_url=local_cloud.site_url, viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def test_a_stranger_sees_a_private_picture_adds_one_and_is_told_when_the_link_ends(
    local_cloud: LocalCloud, owner: Account, album: str, stranger: Page
) -> None:
    with local_cloud.http(headers=owner.headers) as http:
        link: dict[str, Any] = http.post(f"{album}/links", json={"mode": "view_and_add"}).raise_for_status().json()
    stranger.goto(f"/a/{link['token']}")
    expect(stranger.get_by_role("heading", level=1, name="A week at the sea")).to_be_visible()
    stranger.get_by_role("button", name="Open Waves").click()
    picture = stranger.get_by_role("dialog", name="Picture")
    shown = picture.get_by_role("img", name="Waves")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("picture => picture.naturalWidth") > 0
    stranger.keyboard.press("Escape")
    expect(picture).to_have_count(0)
    stranger.get_by_role("button", name="Add yours").click()
    expect(stranger.get_by_text("Films are not.")).to_be_visible()
    stranger.get_by_label("Your name").fill("Aunt Olga")
    name, content = photographs.some(2)[1]
    stranger.locator("input[type=file]").set_input_files(
        [FilePayload(name=name, mimeType="image/jpeg", buffer=content)]
    )
    expect(stranger.get_by_text("1 of 1 added.")).to_be_visible()
    expect(stranger.get_by_role("region", name="Added by you").get_by_role("button")).to_have_count(1)
    assert barriers(stranger) == []
    stranger.set_viewport_size({"width": 390, "height": 844})
    with local_cloud.http(headers=owner.headers) as http:
        waiting = http.get("/api/images", params={"review": "pending"}).raise_for_status().json()["images"]
        assert [added["guest_name"] for added in waiting] == ["Aunt Olga"]
        http.delete(f"{album}/links/{link['link_id']}").raise_for_status()
    stranger.reload()
    expect(stranger.get_by_role("alert")).to_contain_text("This link opens nothing any more")
