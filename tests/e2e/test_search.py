"""Searching on the page, and what is made of the votes, in a real browser against a real local cloud."""

import csv
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests import photographs
from tests.accounts import Account
from tests.e2e.barriers import barriers
from tests.e2e.conftest import empty, window
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model, needs_shared

from search.encoder import MODEL_FOLDER

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.timeout(300),
    needs_model,
    pytest.mark.skipif(not (MODEL_FOLDER / "manifest.json").exists(), reason="needs the encoder: run `make model`"),
]


class Gallery:
    """Some captioned photographs, and what the API says of them."""

    def __init__(self, cloud: LocalCloud, images: list[dict[str, Any]]) -> None:
        self.cloud = cloud
        self.images = images

    @property
    def surest(self) -> dict[str, Any]:
        """The picture that the model is surest of, the newest of equals, as a search sorts them."""
        return max(self.images, key=lambda each: (each["labels"][0]["probability"], each["id"]))

    @property
    def label(self) -> str:
        """What is in that picture."""
        return str(self.surest["labels"][0]["label"])

    def found(self, path: str, **asked: str) -> list[str]:
        """The ids that a path answers with, in its order."""
        with self.cloud.http() as http:
            answer = http.get(path, params=asked).raise_for_status().json()
        return [each["image"]["id"] for each in answer["results"]]


@pytest.fixture(scope="module")
def gallery(local_cloud: LocalCloud, admin: Account) -> Iterator[Gallery]:
    """A gallery of twelve photographs."""
    empty(local_cloud, admin)
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda each: local_cloud.upload(*each), photographs.some(12)))
    images = [settled(local_cloud, each) for each in ids]
    yield Gallery(local_cloud, [each for each in images if each["status"] == "captioned"])
    empty(local_cloud, admin)


@pytest.fixture
def visited(browser: Browser, gallery: Gallery) -> Iterator[Page]:
    """Its page."""
    with window(browser, gallery.cloud) as opened:
        opened.goto("/")
        tiles(opened).first.wait_for()
        yield opened


def tiles(page: Page) -> Locator:
    return page.get_by_role("list", name="Pictures").locator("a[data-image]")


def shown(page: Page) -> list[str]:
    """The ids of the pictures on the page, in their order."""
    expect(page.get_by_role("list", name="Pictures")).to_have_attribute("aria-busy", "false")
    return [str(each.get_attribute("data-image")) for each in tiles(page).all()]


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Search the pictures").fill(words)
    expect(page.get_by_role("heading", name=f"Pictures for “{words}”")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="best first")).to_be_attached()


def test_a_picture_is_found_looked_at_and_voted_on_by_keyboard_alone(visited: Page, gallery: Gallery) -> None:
    keyboard = visited.keyboard
    keyboard.press("Control+k")
    keyboard.type(gallery.label)
    keyboard.press("Enter")
    expect(tiles(visited).first).to_have_attribute("data-image", gallery.surest["id"])
    expect(visited).to_have_title(f"{gallery.label} · Neural Gallery")
    tab_to(visited, "[data-image]")
    keyboard.press("Enter")
    expect(visited.get_by_role("complementary", name="About this picture")).to_be_visible()
    keyboard.press("Escape")
    expect(tiles(visited).first).to_be_focused()
    keyboard.press("Tab")
    expect(visited.get_by_role("list", name="Why it was found").first.get_by_role("link").first).to_be_focused()
    tab_to(visited, "[aria-pressed]")
    keyboard.press("Space")
    expect(visited.get_by_role("button", name="Fits").first).to_have_attribute("aria-pressed", "true")
    expect(visited.get_by_text("Thank you. The next search")).to_be_visible()
    keyboard.press("Control+k")
    keyboard.press("Escape")
    expect(visited).to_have_url(re.compile("/$"))
    assert len(shown(visited)) == len(gallery.images)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on something."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no {selector} within thirty steps")


def test_results_say_why_and_lead_to_all_pictures_of_a_label(visited: Page, gallery: Gallery) -> None:
    search(visited, gallery.label)
    reason = visited.get_by_role("list", name="Why it was found").first.get_by_role("link").first
    expect(reason).to_contain_text(gallery.label)
    assert barriers(visited) == []
    reason.click()
    expect(visited.get_by_role("heading", name=f"Pictures labelled “{gallery.label}”")).to_be_visible()
    assert gallery.surest["id"] in shown(visited)


@needs_shared
def test_the_slider_leaves_out_what_fits_less_well_and_the_address_says_all(
    visited: Page, browser: Browser, gallery: Gallery
) -> None:
    search(visited, gallery.label)
    before = shown(visited)
    slider = visited.get_by_role("slider", name="How well pictures have to fit")
    slider.focus()
    for _ in range(10):
        visited.keyboard.press("ArrowRight")
    expect(visited).to_have_url(re.compile(r"min=0\.5$"))
    fitting = gallery.found("/api/search", query=gallery.label, limit="48", min_score="0.5")
    expect(tiles(visited)).to_have_count(len(fitting))
    assert shown(visited) == fitting
    assert len(fitting) < len(before)
    with window(browser, gallery.cloud) as other:
        other.goto(visited.url)
        expect(tiles(other)).to_have_count(len(fitting))
        assert shown(other) == fitting
        expect(other.get_by_role("searchbox")).to_have_value(gallery.label)
    visited.go_back()
    expect(visited.get_by_role("searchbox")).to_have_value("")
    assert len(shown(visited)) == len(gallery.images)


def test_what_cannot_be_found_is_said_in_words(visited: Page) -> None:
    search_box = visited.get_by_role("searchbox", name="Search the pictures")
    search_box.fill("xyzzy plugh")
    slider = visited.get_by_role("slider", name="How well pictures have to fit")
    slider.focus()
    visited.keyboard.press("End")
    expect(visited.get_by_text("Nothing found for “xyzzy plugh”")).to_be_visible()
    assert barriers(visited) == []


def test_pictures_like_one_are_shown_by_an_address_of_their_own(visited: Page, gallery: Gallery) -> None:
    source = gallery.surest["id"]
    visited.goto(f"/images/{source}")
    visited.get_by_role("link", name="More like this").click()
    expect(visited).to_have_url(re.compile(f"similar={source}$"))
    similar = gallery.found(f"/api/images/{source}/similar", limit="48")
    expect(tiles(visited)).to_have_count(len(similar))
    assert shown(visited) == similar
    visited.reload()
    expect(tiles(visited)).to_have_count(len(similar))
    assert barriers(visited) == []


def test_pictures_of_a_label_are_chosen_from_a_list_by_typing(visited: Page, gallery: Gallery) -> None:
    visited.get_by_role("button", name="Choose a label").press("Enter")
    expect(visited.get_by_role("combobox", name="Find a label")).to_be_focused()
    expect(visited.get_by_role("option").first).to_be_visible()
    assert barriers(visited) == []
    visited.keyboard.type(gallery.label)
    option = visited.get_by_role("option").filter(has_text=gallery.label).first
    expect(option).to_be_visible()
    visited.keyboard.press("ArrowDown")
    visited.keyboard.press("Enter")
    expect(visited.get_by_role("heading", name=f"Pictures labelled “{gallery.label}”")).to_be_visible()
    assert gallery.surest["id"] in shown(visited)
    visited.get_by_role("link", name="All pictures").click()
    expect(tiles(visited)).to_have_count(len(gallery.images))


def test_votes_are_seen_and_saved_by_admins_alone(visited: Page, gallery: Gallery, admin: Account) -> None:
    words = f"{gallery.label} please"
    search(visited, words)
    visited.get_by_role("button", name="Fits").first.click()
    with visited.expect_response(lambda answer: "/api/feedback" in answer.url) as sent:
        visited.get_by_role("button", name="Doesn\N{RIGHT SINGLE QUOTATION MARK}t fit").nth(1).click()
    assert sent.value.status == 202
    visited.get_by_role("button", name="Search again").click()
    expect(visited.get_by_text("Thank you.")).to_have_count(0)

    visited.goto("/analytics")
    expect(visited.get_by_role("heading", name="This page is for admins")).to_be_visible()
    sign_in(visited, admin)
    row = visited.get_by_role("row").filter(has_text=words)
    expect(row).to_contain_text("1 right, 1 wrong")
    assert barriers(visited) == []
    row.get_by_role("link", name=words).click()
    for heading in ("Found right", "Found wrong"):
        section = visited.locator("section").filter(has=visited.get_by_role("heading", name=heading))
        expect(section.locator("img")).to_have_count(1)
    assert barriers(visited) == []
    with visited.expect_download() as download:
        visited.get_by_role("button", name="Download as CSV").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {(each["positive"], each["negative"]) for each in lines} == {("1", "0"), ("0", "1")}


def test_a_vote_counts_though_the_page_is_left_at_once(visited: Page, gallery: Gallery, admin: Account) -> None:
    visited.goto("/analytics")
    sign_in(visited, admin)
    visited.get_by_role("main").get_by_role("img").or_(visited.get_by_text("No votes yet")).first.wait_for()
    words = f"a {gallery.label}"
    search(visited, words)
    visited.get_by_role("button", name="Fits").first.click()
    visited.reload()
    with gallery.cloud.http(headers=admin.headers) as http:
        assert eventually(lambda: http.get("/api/analytics", params={"query": words}).json()["feedback"], 60)


def sign_in(page: Page, account: Account) -> None:
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    dialog = page.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("E-mail address").fill(account.email)
    dialog.get_by_label("Password", exact=True).fill(account.password)
    dialog.get_by_role("button", name="Sign in").click()


def test_a_digit_is_counted_exactly_while_one_types(visited: Page) -> None:
    visited.get_by_role("button", name="More", exact=True).click()
    visited.get_by_role("menuitem", name="Digit counter").click()
    expect(visited.get_by_text("300", exact=True)).to_be_visible()
    number = visited.get_by_label("Up to this number")
    number.fill("9" * 1000)
    # Each of a thousand places holds a digit in a tenth of all numbers below 10^1000.
    expect(visited.get_by_text(f"{10**1002:,}", exact=True)).to_be_visible()
    assert barriers(visited) == []
