"""The page side by side with that of commit 5a01465: bytes, largest contentful paint, interaction to next paint.

Both pages are built by their own tools and answered by their own functions, see _origin.py, of as many pictures.
Chromium opens them in turn, unslowed and on a processor slowed four times, as a guest and as the owner of private
pictures, whose second look is taken in the same window. Each figure is the median of five. Web Vitals are measured as
https://web.dev/articles/lcp and https://web.dev/articles/inp say. `python -m tests.benchmarks page` prints the table.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Browser, CDPSession, Page, StorageState, ViewportSize, sync_playwright
from tests.benchmarks._gallery import environment
from tests.benchmarks._size import sized
from tests.benchmarks.former import COMMIT, FORMER, check_out
from tests.e2e.conftest import CHROMIUM, QUIET
from tests.local_cloud import ROOT

PICTURES = sized(2000, 200)
TURNS = sized(5, 1)
SLOWED = 4
WINDOW = ViewportSize(width=1400, height=900)
PAGE_OF_LIST = "100"
SECONDS = 60_000
"""How long anything may take, in milliseconds."""
REST = 1500
"""How long one looks at a picture, in milliseconds."""

VITALS = """() => {
  window.lcp = 0; window.inp = 0; window.longest = 0;
  const watch = (type, note, more) => new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', ({ startTime }) => { window.lcp = startTime; });
  watch('event', ({ duration, interactionId }) => { if (interactionId) window.inp = Math.max(window.inp, duration); },
    { durationThreshold: 16 });
  watch('longtask', ({ duration }) => { window.longest = Math.max(window.longest, duration); });
}"""

SHOWN = """() => {
  const inWindow = ({ top, bottom }) => bottom > 0 && top < innerHeight;
  const pictures = [...document.images].filter((image) => image.currentSrc.includes('/media'));
  const first = pictures.filter((image) => inWindow(image.getBoundingClientRect()));
  return first.length > 0 && first.every((image) => image.complete && image.naturalWidth > 0);
}"""
"""Whether all pictures in the window have come."""

TO_THE_END = """async (last) => {
  while (!document.querySelector(`[href*='/images/${last}']`)) {
    window.scrollTo(0, document.documentElement.scrollHeight);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
"""Scrolls down, in a list that may grow as one does, until its last picture is there."""
LAST = f"01K{0:023d}"
"""The oldest picture, as _synthetic.py names it: the last one in either order."""


@dataclass(frozen=True)
class Build:
    """A build that is served, and what proves who the owner is."""

    address: str
    client: str
    access: str
    id: str

    @property
    def owner(self) -> str:
        """The address of the owner's pictures."""
        return f"/?owner={OWNER}"

    def session(self) -> StorageState:
        """Return what a browser keeps of the owner: the page who it is, Amplify the tokens."""
        pool = f"CognitoIdentityServiceProvider.{self.client}"
        person = {"sub": OWNER, "email": EMAIL, "admin": False}
        kept = {
            "person": json.dumps({"state": {"person": person, "ended": False}, "version": 0}),
            f"{pool}.LastAuthUser": OWNER,
            f"{pool}.{OWNER}.accessToken": self.access,
            f"{pool}.{OWNER}.idToken": self.id,
            f"{pool}.{OWNER}.refreshToken": "none",
            f"{pool}.{OWNER}.clockDrift": "0",
        }
        return StorageState(
            origins=[
                {
                    "origin": self.address,
                    "localStorage": [{"name": name, "value": value} for name, value in kept.items()],
                }
            ]
        )


OWNER, EMAIL = "3f8a2c1e-0000-4000-8000-000000000001", "owner@example.org"
"""As in _origin.py, which is no part of this process."""


@dataclass
class Traffic:
    """What a page fetches: bytes over the network of each kind, and those of scripts before the first picture."""

    sent: dict[str, int] = field(default_factory=dict)
    before_picture: int | None = None
    lists: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _kinds: dict[str, str] = field(default_factory=dict)

    def follow(self, devtools: CDPSession) -> None:
        """Count whatever a page fetches from now on."""
        devtools.send("Network.enable")
        devtools.on("Network.requestWillBeSent", self._asked)
        devtools.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        self._kinds[event["requestId"]] = event.get("type", "Other")
        if "/api/images?" in url:
            self.lists.append((url, event["request"]["headers"]))
        if self.before_picture is None and event.get("type") == "Image" and "/media" in url:
            self.before_picture = self.sent.get("Script", 0)

    def _came(self, event: dict[str, Any]) -> None:
        kind = self._kinds.get(event["requestId"], "Other")
        self.sent[kind] = self.sent.get(kind, 0) + int(event["encodedDataLength"])


@contextmanager
def served(root: Path) -> Iterator[Build]:
    """Serve a build with its pictures."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("_origin.py")), str(root / "frontend" / "dist"), str(PICTURES)],
        env=environment() | {"PYTHONPATH": f"{root}/functions:{root}/layers/gallery:{root}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        told = next((line for line in process.stdout if line.startswith("=> ")), None)
        if told is None:
            raise RuntimeError(f"The build in {root} can't be served.")
        yield Build(**json.loads(told.removeprefix("=> ")))
    finally:
        process.kill()
        process.communicate()


@contextmanager
def opened(browser: Browser, build: Build, *, owner: bool, slowed: int) -> Iterator[tuple[Page, CDPSession]]:
    """Open a fresh window of a guest or of the owner, on a processor slowed so many times."""
    state = build.session() if owner else None
    context = browser.new_context(
        base_url=build.address, viewport=WINDOW, storage_state=state, service_workers="block", reduced_motion="reduce"
    )
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    yield page, devtools
    context.close()


def look(page: Page, address: str) -> float:
    """Open an address; return the milliseconds until the largest thing that is seen at first was painted."""
    page.goto(address)
    page.wait_for_function(SHOWN)
    page.wait_for_load_state("networkidle")
    page.evaluate(VITALS)
    page.wait_for_function("() => window.lcp > 0")
    return float(page.evaluate("window.lcp"))


def first_look(browser: Browser, build: Build, *, owner: bool, slowed: int) -> dict[str, float]:
    """Return what a first look takes, and for the owner a second one."""
    with opened(browser, build, owner=owner, slowed=slowed) as (page, devtools):
        traffic = Traffic()
        traffic.follow(devtools)
        address = build.owner if owner else "/"
        who = "owner" if owner else "guest"
        figures = {f"LCP, {who}, {slowed}x, ms": look(page, address)}
        if slowed == 1:
            figures[f"script before the first picture, {who}, kB"] = (traffic.before_picture or 0) / 1000
            figures |= list_bytes(page, traffic, who)
        if owner and slowed == 1:
            again = Traffic()
            again.follow(devtools)
            figures["LCP, owner's second look, 1x, ms"] = look(page, address)
            figures["pictures fetched at the owner's second look, kB"] = again.sent.get("Image", 0) / 1000
    return figures


def list_bytes(page: Page, traffic: Traffic, who: str) -> dict[str, float]:
    """Return what a hundred pictures weigh, asked for as the page asks for its first: as sent, and in gzip."""
    url, headers = traffic.lists[0]
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query)) | {"limit": PAGE_OF_LIST}
    asked = {name: value for name, value in headers.items() if name.lower() == "authorization"}
    address = parts._replace(query=urlencode(query)).geturl()
    plain = page.request.get(address, headers=asked | {"accept-encoding": "identity"}).body()
    sent = int(page.request.get(address, headers=asked | {"accept-encoding": "gzip"}).headers["content-length"])
    return {
        f"JSON for 100, {who}, as sent, kB": sent / 1000,
        f"JSON for 100, {who}, in gzip, kB": len(gzip.compress(plain, 6)) / 1000,
    }


def interactions(browser: Browser, build: Build) -> dict[str, float]:
    """Return the slowest interaction at the last picture, on a slowed processor: it is opened, another one, closed."""
    with opened(browser, build, owner=False, slowed=1) as (page, devtools):
        look(page, "/")
        page.evaluate(TO_THE_END, LAST)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.evaluate("() => { window.inp = 0; }")
        page.locator(f"[href*='/images/{LAST}']").first.click()
        page.get_by_role("complementary", name="About this picture").wait_for()
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(REST)
        page.keyboard.press("Escape")
        page.wait_for_timeout(REST)
        return {f"INP at the last of {PICTURES}, {SLOWED}x, ms": float(page.evaluate("window.inp"))}


def long_tasks(browser: Browser, build: Build) -> dict[str, float]:
    """Return the longest task while one scrolls and changes the width, on a slowed processor."""
    with opened(browser, build, owner=False, slowed=SLOWED) as (page, _):
        look(page, "/")
        page.evaluate("() => { window.longest = 0; }")
        page.mouse.move(700, 450)
        for _ in range(20):
            page.mouse.wheel(0, 800)
            page.wait_for_timeout(50)
        for width in (820, 390, 1400):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(500)
        return {f"longest task in scrolling and resizing, {SLOWED}x, ms": float(page.evaluate("window.longest"))}


def measured(browser: Browser, build: Build) -> dict[str, float]:
    """Return every figure of a build, once."""
    figures: dict[str, float] = {}
    for owner in (False, True):
        for slowed in (1, SLOWED):
            figures |= first_look(browser, build, owner=owner, slowed=slowed)
    return figures | interactions(browser, build) | long_tasks(browser, build)


def build_former() -> None:
    """Build the page of before with the tools that its own lock file names."""
    frontend = FORMER / "frontend"
    if not (frontend / "dist" / "index.html").is_file():
        for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npx", "vite", "build"]):
            subprocess.run(command, cwd=frontend, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def print_table(before: Sequence[dict[str, float]], now: Sequence[dict[str, float]]) -> None:
    """Print the medians of both builds, and what each is of the former."""
    sys.stdout.write(f"{'':52}{COMMIT:>10}{'now':>10}{'ratio':>8}\n")
    for name in now[0]:
        former, present = (median(turn[name] for turn in turns) for turns in (before, now))
        ratio = f"{present / former:.2f}" if former else "-"
        sys.stdout.write(f"{name:52}{former:>10.1f}{present:>10.1f}{ratio:>8}\n")


def main() -> None:
    """Print the table; says so where there is no Chromium, no page or no history."""
    if CHROMIUM is None or not (ROOT / "frontend" / "dist" / "index.html").is_file():
        sys.stdout.write("page: needs Chromium, and the page as `make dev` builds it\n")
        return
    if not check_out():
        sys.stdout.write(f"page: needs commit {COMMIT}, which this clone lacks\n")
        return
    build_former()
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with ExitStack() as stack, sync_playwright() as playwright:
        builds = [stack.enter_context(served(root)) for root in (FORMER, ROOT)]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        turns = [[measured(browser, build) for build in builds] for _ in range(TURNS)]
        browser.close()
    sys.stdout.write(f"{PICTURES} pictures, {os.getloadavg()[0]:.0f} of {os.cpu_count()} processors busy\n")
    print_table([before for before, _ in turns], [now for _, now in turns])


if __name__ == "__main__":
    main()
