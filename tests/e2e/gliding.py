"""Moving about in a long list of pictures, and what a page tells of itself meanwhile."""

from datetime import datetime

from playwright.sync_api import Locator, Page, expect

MOST_NODES = 1500
"""Elements that a page may have, wherever one is among however many pictures."""
MOST_SHIFT = 0.1
"""Layout shift that is good by https://web.dev/articles/cls, here in the sum of all shifts."""

MOST_TURNS = 300
"""Of the wheel, until what one looks for has to be there."""

WATCH = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifted += value;
  }).observe({ type: 'layout-shift', buffered: false });
}"""
"""Counts, from now on, by how much what is in the window moves without having been asked to (Layout Instability)."""

UPPERMOST = """() => {
  const below = (tile) => tile.getBoundingClientRect().bottom > 120;
  return [...document.querySelectorAll('[data-image]')].find(below)?.dataset.image ?? null;
}"""
"""The picture that is first in the window, beneath the header."""


def watch(page: Page) -> None:
    """Sum up what shifts from now on."""
    page.evaluate(WATCH)


def shifted(page: Page) -> float:
    """Return what has shifted since one watches."""
    return float(page.evaluate("window.shifted"))


def nodes(page: Page) -> int:
    """Return how many elements a page has."""
    return int(page.evaluate("document.getElementsByTagName('*').length"))


def uppermost(page: Page) -> str | None:
    """Return the id of the first picture in the window; None where there is none."""
    picture: str | None = page.evaluate(UPPERMOST)
    return picture


def scrub(page: Page, month: str) -> Locator:
    """Go to a month (`August 2017`) in one movement of the scale beside the pictures; return its pictures."""
    scale = page.get_by_role("slider", name="Month")
    place = scale.bounding_box()
    if place is None:
        raise AssertionError("there is no scale")
    across, low, high = place["x"] + place["width"] / 2, place["y"] + 1, place["y"] + place["height"] - 1
    page.mouse.move(across, low)
    page.mouse.down()
    while high - low > 0.5 and _month_at(page, scale) != _date(month):
        middle = (low + high) / 2
        page.mouse.move(across, middle)
        low, high = (low, middle) if _month_at(page, scale) < _date(month) else (middle, high)
    page.mouse.up()
    expect(scale).to_have_attribute("aria-valuetext", month)
    shown = page.get_by_role("region", name=month)
    expect(shown.get_by_role("list", name="Pictures")).to_have_attribute("aria-busy", "false")
    return shown.get_by_role("listitem")


def _month_at(page: Page, scale: Locator) -> datetime:
    """Return the month that a scale says one is in, once what has moved is drawn."""
    next_frame(page)
    return _date(str(scale.get_attribute("aria-valuetext")))


def _date(month: str) -> datetime:
    return datetime.strptime(month, "%B %Y")  # noqa: DTZ007 - the clock of the place, which has no zone


def next_frame(page: Page) -> None:
    """Wait until what has changed is painted."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def roll_to(page: Page, picture: Locator, by: float) -> None:
    """Turn the wheel, so many pixels at a time, until a picture is drawn, and to where it is in the window."""
    page.mouse.move(700, 450)
    for _ in range(MOST_TURNS):
        if picture.count():
            picture.scroll_into_view_if_needed()
            return
        page.mouse.wheel(0, by)
        next_frame(page)
    raise AssertionError("the picture never came")
