"""A library of many years in a real browser: going through it, choosing much of it at once, coming back to a place."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests import library
from tests.e2e.barriers import at_rest, barriers
from tests.e2e.conftest import window
from tests.e2e.gliding import MOST_NODES, MOST_SHIFT, next_frame, nodes, roll_to, scrub, shifted, uppermost, watch
from tests.local_cloud import LocalCloud, running

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(600)]

JOURNEY, MONTH = "August 2017", "2017-08"
CHOSEN = 300


@pytest.fixture(scope="module", params=[2000, pytest.param(library.PICTURES, marks=pytest.mark.slow)])
def years(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """A gallery of so many pictures over fifteen years."""
    with running(tmp_path_factory.mktemp("years")) as cloud:
        library.fill(cloud, library.Library(request.param, library.coloured()))
        yield cloud


@pytest.fixture
def grid(browser: Browser, years: LocalCloud) -> Iterator[Page]:
    """Its page."""
    with window(browser, years) as opened:
        opened.goto("/")
        expect(opened.get_by_role("listitem").first).to_be_visible()
        yield opened


def in_month(cloud: LocalCloud, month: str) -> int:
    with cloud.http() as http:
        counted = http.get("/api/timeline").raise_for_status().json()["months"]
    return next((int(entry["count"]) for entry in counted if entry["month"] == month), 0)


def test_three_hundred_of_a_month_go_to_the_trash_and_come_back(grid: Page, years: LocalCloud) -> None:
    before = in_month(years, MONTH)
    pictures = scrub(grid, JOURNEY)
    pictures.first.hover()
    pictures.first.get_by_role("checkbox").check()
    last = grid.get_by_role("region", name=JOURNEY).locator(f"[aria-posinset='{CHOSEN}'] a")
    roll_to(grid, last, 600)
    last.click(modifiers=["Shift"])
    selected = grid.get_by_role("region", name="Selected pictures")
    expect(selected).to_contain_text(f"{CHOSEN} selected")
    assert nodes(grid) <= MOST_NODES
    selected.get_by_role("button", name="Move to trash").click()
    expect(grid.get_by_text(f"{CHOSEN} pictures are in the trash for 30 days.")).to_be_visible(timeout=180_000)
    assert in_month(years, MONTH) == before - CHOSEN
    assert grid.evaluate("document.activeElement !== document.body")
    grid.get_by_role("button", name="Undo").click()
    expect(grid.get_by_text(f"{CHOSEN} pictures are out of the trash again.")).to_be_visible(timeout=180_000)
    assert in_month(years, MONTH) == before
    expect(grid.get_by_role("region", name=JOURNEY).get_by_role("listitem").first).to_be_visible()


def test_the_page_stays_small_and_still_wherever_one_goes(grid: Page) -> None:
    watch(grid)
    for month in (JOURNEY, "December 2011", "March 2014"):
        scrub(grid, month)
        assert nodes(grid) <= MOST_NODES
    grid.mouse.move(700, 450)
    for _ in range(30):
        grid.mouse.wheel(0, 700)
        next_frame(grid)
        assert nodes(grid) <= MOST_NODES
    at_rest(grid)
    assert shifted(grid) <= MOST_SHIFT


def test_another_width_shows_the_same_pictures(grid: Page) -> None:
    pictures = scrub(grid, JOURNEY)
    roll_to(grid, grid.get_by_role("region", name=JOURNEY).locator("[aria-posinset='60'] a"), 300)
    expect(pictures.first).to_be_attached()
    before = uppermost(grid)
    for width in (820, 390):
        grid.set_viewport_size({"width": width, "height": 900})
        at_rest(grid)
        assert nodes(grid) <= MOST_NODES
        expect(grid.locator(f"[data-image='{before}']")).to_be_in_viewport()


def test_a_reload_and_the_way_back_show_the_same_place(grid: Page) -> None:
    scrub(grid, JOURNEY)
    picture = grid.get_by_role("region", name=JOURNEY).locator("[aria-posinset='40'] a")
    roll_to(grid, picture, 300)
    place = str(picture.get_attribute("data-image"))
    grid.reload()
    shown = grid.locator(f"[data-image='{place}']")
    expect(shown).to_be_in_viewport()
    shown.click()
    grid.get_by_role("complementary", name="About this picture").wait_for()
    expect(grid).to_have_url(re.compile(place))
    grid.keyboard.press("ArrowRight")
    expect(grid).not_to_have_url(re.compile(place))
    grid.keyboard.press("Escape")
    expect(shown).to_be_in_viewport()
    grid.get_by_role("link", name="Posts").dispatch_event("click")  # a click of Playwright's scrolls the page
    grid.get_by_role("heading", name="Posts").first.wait_for()
    grid.go_back()
    expect(shown).to_be_in_viewport()


def test_a_link_to_a_picture_opens_it_among_its_neighbours(browser: Browser, years: LocalCloud) -> None:
    with years.http() as http:
        days = {"order": "taken", "from": f"{MONTH}-01", "to": f"{MONTH}-31", "limit": "60"}
        listed = [picture["id"] for picture in http.get("/api/images", params=days).json()["images"]]
    with window(browser, years) as page:
        page.goto(f"/images/{listed[50]}")
        page.get_by_role("complementary", name="About this picture").wait_for()
        page.get_by_role("button", name="Next").first.click()
        expect(page).to_have_url(re.compile(listed[51]))
        page.keyboard.press("ArrowLeft")
        expect(page).to_have_url(re.compile(listed[50]))
        page.keyboard.press("Escape")
        for neighbour in listed[49:52]:
            expect(page.locator(f"[data-image='{neighbour}']")).to_be_in_viewport()


def first(page: Page) -> Locator:
    return page.get_by_role("list", name="Pictures").first.get_by_role("listitem").first


def choose_one(page: Page) -> Locator:
    """Select the first picture by the keyboard; return the bar with what can be done."""
    first(page).get_by_role("link").focus()
    page.keyboard.press("x")
    bar = page.get_by_role("region", name="Selected pictures")
    expect(bar).to_contain_text("1 selected")
    return bar


def select_none(page: Page) -> None:
    bar = choose_one(page)
    bar.get_by_role("button", name="Select none").press("Enter")
    expect(bar).to_be_hidden()


def trash_and_undo(page: Page) -> None:
    choose_one(page).get_by_role("button", name="Move to trash").press("Enter")
    expect(page.get_by_text("1 picture is in the trash for 30 days.")).to_be_visible()
    expect_focus(page)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("1 picture is out of the trash again.")).to_be_visible()


def order_otherwise(page: Page) -> None:
    page.get_by_role("button", name="Order by when they were added").press("Enter")
    expect(page).to_have_url(re.compile("order=added"))


def show_as_table(page: Page) -> None:
    page.get_by_role("button", name="Show as table").press("Enter")
    expect(page.get_by_role("table", name="Pictures")).to_be_visible()


def open_and_close(page: Page) -> None:
    first(page).get_by_role("link").press("Enter")
    about = page.get_by_role("complementary", name="About this picture")
    about.wait_for()
    expect_focus(page)
    page.keyboard.press("Escape")
    expect(about).to_be_hidden()


def edit_and_save(page: Page) -> None:
    first(page).get_by_role("link").press("Enter")
    page.get_by_role("button", name="Edit").first.press("Enter")
    title = page.get_by_role("textbox", name="Title")
    title.fill("A title")
    page.get_by_role("button", name="Save").press("Enter")
    expect(title).to_be_hidden()


def show_keys(page: Page) -> None:
    first(page).get_by_role("link").focus()
    page.keyboard.press("?")
    help_with_keys = page.get_by_role("dialog")
    expect(help_with_keys).to_be_visible()
    expect_focus(page)
    page.keyboard.press("Escape")
    expect(help_with_keys).to_be_hidden()


def expect_focus(page: Page) -> None:
    """Wait until something has the focus, which is not so as long as what had it goes and what shall have it comes."""
    page.wait_for_function("() => document.activeElement !== document.body", timeout=5000)


ACTS = (select_none, trash_and_undo, order_otherwise, show_as_table, open_and_close, edit_and_save, show_keys)


@pytest.mark.parametrize("act", ACTS)
def test_no_act_leaves_the_keyboard_without_a_place(grid: Page, act: Callable[[Page], None]) -> None:
    act(grid)
    expect_focus(grid)


@pytest.mark.parametrize("address", ["/", "/?order=added", "/?view=table", "/labels"])
def test_everybody_can_read_and_use_a_library(grid: Page, address: str) -> None:
    grid.goto(address)
    grid.get_by_role("main").get_by_role("link").first.wait_for()
    assert barriers(grid) == []
