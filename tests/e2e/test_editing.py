"""Editing what is said of a picture, in a real browser against a real local cloud."""

from collections.abc import Iterator
from typing import Any

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
def image(local_cloud: LocalCloud, admin: Account) -> Iterator[dict[str, Any]]:
    """The one picture of a gallery."""
    with filled(local_cloud, admin, 1) as (only,):
        yield only


@pytest.fixture
def editing(browser: Browser, local_cloud: LocalCloud, image: dict[str, Any]) -> Iterator[Page]:
    """Its page, where somebody has begun to write a title."""
    with window(browser, local_cloud) as opened:
        opened.goto(f"/images/{image['id']}")
        opened.get_by_role("button", name="Edit").press("Enter")
        opened.get_by_role("textbox", name="Title").fill("Mine <b>bold</b>")
        yield opened


def change_elsewhere(cloud: LocalCloud, image: dict[str, Any], **change: str) -> None:
    with cloud.http() as http:
        version = http.get(f"/api/images/{image['id']}").json()["version"]
        answer = http.patch(f"/api/images/{image['id']}", json=change, headers={"if-match": f'"{version}"'})
        answer.raise_for_status()


def test_two_people_who_write_at_once_lose_nothing_without_being_asked(
    editing: Page, image: dict[str, Any], local_cloud: LocalCloud
) -> None:
    editing.get_by_role("textbox", name="Attribution").fill("Photo: me")
    change_elsewhere(local_cloud, image, title="Theirs", attribution="Photo: them")
    editing.get_by_role("button", name="Save").press("Enter")
    title = editing.get_by_role("group", name="Title")
    expect(title.get_by_role("radio", name="Theirs")).not_to_be_checked()
    assert barriers(editing) == []
    expect(title).to_contain_text("Mine <b>bold</b>")
    editing.get_by_role("group", name="Attribution").get_by_role("radio", name="Theirs").check()
    editing.get_by_role("button", name="Save this choice").press("Enter")
    expect(editing.get_by_role("heading", name="Mine <b>bold</b>")).to_be_visible()
    with local_cloud.http() as http:
        now = http.get(f"/api/images/{image['id']}").json()
    assert (now["title"], now["attribution"]) == ("Mine <b>bold</b>", "Photo: them")


def test_words_that_are_not_saved_are_not_lost_by_mistake(editing: Page) -> None:
    editing.get_by_role("button", name="Close").click()
    question = editing.get_by_role("dialog", name="Discard what you have written?")
    question.get_by_role("button", name="Keep writing").click()
    expect(question).to_be_hidden()
    expect(editing.get_by_role("textbox", name="Title")).to_have_value("Mine <b>bold</b>")
    editing.get_by_role("textbox", name="Title").press("Escape")
    question.get_by_role("button", name="Discard").click()
    expect(editing.get_by_role("textbox", name="Title")).to_be_hidden()
    expect(editing.get_by_role("complementary", name="About this picture")).to_be_visible()
