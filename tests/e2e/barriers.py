"""What keeps somebody from reading or using the page."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Page


def at_rest(page: Page) -> None:
    """Wait until what changes with a window is laid out and painted, and every transition is over."""
    page.evaluate(
        """async () => {
            const frame = () => new Promise(requestAnimationFrame);
            for (let painted = 0; painted < 3; painted += 1) await frame();
            const ends = (each) => each.effect.getComputedTiming().endTime < Infinity;
            await Promise.allSettled(document.getAnimations().filter(ends).map((each) => each.finished));
            await frame();
        }"""
    )


def barriers(page: Page) -> list[str]:
    """Say what keeps somebody from reading or using the page, on a phone and in the dark too."""
    found = []
    for width, scheme in ((1400, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        at_rest(page)
        found += [
            f"{each['id']} at {width}: {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"wider than {width}")
    page.set_viewport_size({"width": 1400, "height": 900})
    return found
