"""A real browser that visits the gallery, and clients that replay what it asked for on such a visit."""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle

import httpx
from playwright.sync_api import Error, Page, Response, sync_playwright
from tests.e2e.conftest import CHROMIUM, QUIET
from tests.load.samples import NO_ANSWER, Asking, Log, Sample

PAUSE = 1500
PATIENCE = 30_000
"""Milliseconds that a person looks before doing the next thing, and that we wait for what was done to show."""
SCROLLS = 4

DRAWN = """() => {
  const seen = [...document.querySelectorAll('[aria-label=Pictures] img')].filter((image) => {
    const { top, bottom } = image.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  return seen.length > 0 && seen.every(({ complete, naturalWidth }) => complete && naturalWidth > 0);
}"""
"""Whether all pictures in view are there."""

FRAMES = """() => {
  window.longestFrame = 0;
  let before = performance.now();
  const next = (now) => {
    window.longestFrame = Math.max(window.longestFrame, now - before);
    before = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""
"""Goes on measuring the longest time between two frames."""


@dataclass(frozen=True)
class Request:
    """Something a browser asked for, seconds after its visit began."""

    at: float
    path: str


class Visitor:
    """Somebody in front of a real browser."""

    def __init__(self, page: Page, log: Log) -> None:
        self.page = page
        self.log = log
        self.longest_frames: list[float] = []

    def visit(self) -> None:
        """Look at the gallery, scroll, search, choose a label and open a picture; if there is no gallery, give up."""
        if not self._do("open the gallery", self._open):
            return
        self.page.evaluate(FRAMES)
        for _ in range(SCROLLS):
            self._do("scroll on", self._scroll)
        self.longest_frames.append(float(self.page.evaluate("window.longestFrame")))
        self._do("search", self._search)
        self._do("choose a label", self._choose_label)
        self._do("open a picture", self._open_picture)

    def _do(self, what: str, act: Callable[[], None]) -> bool:
        began, clock, status = time.time(), time.perf_counter(), 200
        try:
            act()
        except Error:  # the gallery did not answer, or too late
            status = NO_ANSWER
        self.log.add(Sample(f"page: {what}", began, time.perf_counter() - clock, status))
        self.page.wait_for_timeout(PAUSE)
        return status != NO_ANSWER

    def _open(self) -> None:
        self.page.goto("/", wait_until="commit")
        self._until_drawn()

    def _scroll(self) -> None:
        self.page.mouse.wheel(0, 1200)
        self._until_drawn()

    def _search(self) -> None:
        self.page.get_by_role("searchbox", name="Search the pictures").fill("animal")
        self.page.get_by_role("status").filter(has_text="best first").wait_for(state="attached")
        self._until_drawn()

    def _choose_label(self) -> None:
        self.page.get_by_role("button", name="Choose a label").press("Enter")
        self.page.get_by_role("option").first.click()
        self._until_drawn()

    def _open_picture(self) -> None:
        self.page.locator("a[data-image]").first.click()
        self.page.get_by_role("complementary", name="About this picture").wait_for()

    def _until_drawn(self) -> None:
        self.page.wait_for_function(DRAWN)


@contextmanager
def visitor(site_url: str, log: Log) -> Iterator[Visitor]:
    """A browser whose person knows nothing of the gallery yet."""
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, as in tests/e2e.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        page = browser.new_page(base_url=site_url, viewport={"width": 1400, "height": 900})
        page.set_default_timeout(PATIENCE)
        yield Visitor(page, log)
        browser.close()


def record(site_url: str) -> list[Request]:
    """Visit with a real browser; return what it asked the gallery for, without thumbnails."""
    found: list[Request] = []
    with visitor(site_url, Log()) as person:
        began = time.monotonic()

        def note(response: Response) -> None:
            path = response.url.removeprefix(site_url)
            if response.request.method == "GET" and path.startswith("/") and not is_thumbnail(path):
                found.append(Request(time.monotonic() - began, path))

        person.page.on("response", note)
        person.visit()
    return found


def visit_until(site_url: str, log: Log, until: float) -> list[float]:
    """Visit again and again with a real browser; return the longest milliseconds between frames of each visit."""
    with visitor(site_url, log) as person:
        while time.monotonic() < until:
            person.visit()
        return person.longest_frames


class Replay:
    """A client that asks for what a browser asked for, with a cache as browsers have."""

    def __init__(self, asking: Asking, requests: list[Request]) -> None:
        self.asking = asking
        self.requests = requests
        self._fresh_until: dict[str, float] = {}

    def until(self, end: float, delay: float) -> None:
        """Visit again and again, the first time after a delay in seconds; one request after the other."""
        began = time.monotonic() + delay
        for each in cycle(self.requests):
            if each is self.requests[0]:
                began = max(began, time.monotonic())
            time.sleep(max(0.0, began + each.at - time.monotonic()))
            if time.monotonic() > end:
                return
            self._get(each.path)

    def _get(self, path: str) -> None:
        if self._fresh_until.get(path, 0) > time.monotonic():
            return
        answer = self.asking.ask(route_of(path), "GET", path)
        if answer is not None and answer.status_code == 200:
            self._fresh_until[path] = time.monotonic() + max_age(answer)
            for thumbnail in thumbnails(answer):
                self._get(thumbnail)


def max_age(answer: httpx.Response) -> int:
    """Return for how many seconds an answer may be kept."""
    found = re.search(r"(?<!s-)max-?age=(\d+)", answer.headers.get("cache-control", ""))
    return int(found[1]) if found else 0


def thumbnails(answer: httpx.Response) -> list[str]:
    """Return the addresses of the thumbnails that a page shows after an answer that lists pictures."""
    if "json" not in answer.headers.get("content-type", ""):
        return []
    said = answer.json()
    images = said.get("images") or [each["image"] for each in said.get("results", [])]
    return [each["urls"]["small"] for each in images if each["urls"]["small"]]


def is_thumbnail(path: str) -> bool:
    """Tell whether an address is a thumbnail's."""
    return path.startswith("/media/") and "-small." in path


def route_of(path: str) -> str:
    """Return the name under which requests of a kind are measured together."""
    route, _, query = path.partition("?")
    if route.startswith("/media/"):
        return f"GET /media/… ({'small' if is_thumbnail(path) else 'large'})"
    if not route.startswith("/api/"):
        return "GET the page's files"
    asked = [name for name in ("label", "ids", "cursor") if f"{name}=" in query]
    return " ?".join((f"GET {re.sub(r'/[0-7][0-9A-Z]{25}', '/{id}', route)}", *asked))
