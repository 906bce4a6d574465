"""The README's screenshots, made anew by `make screenshots` from freely licensed pictures."""

import io
import os
import tempfile
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from tests import photographs
from tests.e2e.conftest import CHROMIUM, QUIET
from tests.local_cloud import LocalCloud, eventually, running

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WIDE, PHONE = (1400, 900), (390, 844)


def upload(cloud: LocalCloud) -> None:
    """Fill the gallery, each picture before the next, so that the order is always the same."""
    for photograph in reversed(photographs.free()):
        file = io.BytesIO()
        Image.open(photograph.path).convert("RGB").save(file, "JPEG", quality=92)
        image_id = cloud.upload(f"{photograph.path.stem}.jpg", file.getvalue())
        assert eventually(partial(captioned, cloud, image_id), 30)


def captioned(cloud: LocalCloud, image_id: str) -> bool:
    """Tell whether a picture has its caption."""
    with cloud.http() as http:
        return bool(http.get(f"/api/images/{image_id}").json()["status"] == "captioned")


def shoot(browser: Browser, cloud: LocalCloud, name: str, size: tuple[int, int], scheme: str, *, opened: bool) -> None:
    """Take one screenshot of the grid, or of a picture opened from it."""
    context = browser.new_context(
        base_url=cloud.site_url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1,
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Add pictures").first.wait_for()
    settle(page)
    if opened:
        page.get_by_role("list", name="Pictures").get_by_role("link").nth(1).click()
        page.get_by_role("complementary", name="About this picture").wait_for()
        settle(page)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=82)
    context.close()


def settle(page: Page) -> None:
    """Wait until pictures are loaded and movements are over."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)


def main() -> None:
    """Make every screenshot of the README."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as cloud, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        shoot(browser, cloud, "empty", WIDE, "light", opened=False)
        shoot(browser, cloud, "empty-phone", PHONE, "dark", opened=False)
        upload(cloud)
        shoot(browser, cloud, "gallery", WIDE, "light", opened=False)
        shoot(browser, cloud, "picture", WIDE, "dark", opened=True)
        shoot(browser, cloud, "phone", PHONE, "light", opened=False)
        shoot(browser, cloud, "phone-picture", PHONE, "dark", opened=True)
        browser.close()
        cloud.stop()


if __name__ == "__main__":
    main()
