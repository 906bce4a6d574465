"""The README's screenshots, made anew by `make screenshots` from freely licensed pictures."""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright
from tests import photographs
from tests.accounts import Account, account
from tests.e2e.barriers import at_rest
from tests.e2e.conftest import CHROMIUM, QUIET
from tests.e2e.signing_in import account_button, sign_in
from tests.local_cloud import LocalCloud, eventually, running

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WIDE, PHONE = (1400, 900), (390, 844)
POSTS = {
    "hubble_deep_field": "Hardly a star among them: nearly all of these are galaxies",
    "rocket": "Worth getting up for",
    "coffee": "The first of two",
    "chelsea": "She owns the sofa now",
}
"""What is said of some of the pictures, the last of them on top."""


def upload(cloud: LocalCloud) -> None:
    """Fill the gallery, each picture before the next, so that the order is always the same."""
    for photograph in reversed(photographs.free()):
        file = io.BytesIO()
        Image.open(photograph.path).convert("RGB").save(file, "JPEG", quality=92)
        image_id = cloud.upload(f"{photograph.path.stem}.jpg", file.getvalue())
        assert eventually(partial(captioned, cloud, image_id), 60)


def captioned(cloud: LocalCloud, image_id: str) -> bool:
    """Tell whether a picture has its caption."""
    with cloud.http() as http:
        return bool(http.get(f"/api/images/{image_id}").json()["status"] == "captioned")


def show(cloud: LocalCloud) -> Account:
    """Let somebody post some of the pictures, whom others follow; return one of these."""
    author, *readers = (account(cloud) for _ in range(4))
    with cloud.http(headers=author.headers) as http:
        profile = {
            "username": "small_wonders",
            "display_name": "Small wonders",
            "bio": "One picture a day, near or far.",
        }
        http.patch("/api/me", json=profile).raise_for_status()
        ids = {each["filename"]: each["id"] for each in http.get("/api/images").raise_for_status().json()["images"]}
        posts = [
            http.post("/api/posts", json={"image_id": ids[f"{name}.jpg"], "text": text}).raise_for_status().json()["id"]
            for name, text in POSTS.items()
        ]
    for number, reader in enumerate(readers):
        with cloud.http(headers=reader.headers) as http:
            http.put("/api/users/small_wonders/follow").raise_for_status()
            for post in posts[number:]:
                http.put(f"/api/posts/{post}/like").raise_for_status()
    return readers[0]


@contextmanager
def window(
    browser: Browser, cloud: LocalCloud, size: tuple[int, int], scheme: str, state: StorageState | None = None
) -> Iterator[Page]:
    """A window of some size in light or dark, of somebody signed in if their state says so."""
    context = browser.new_context(
        base_url=cloud.site_url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        device_scale_factor=1,
        storage_state=state,
    )
    yield context.new_page()
    context.close()


def shoot(browser: Browser, cloud: LocalCloud, name: str, size: tuple[int, int], scheme: str, *, opened: bool) -> None:
    """Take one screenshot of the grid, or of a picture opened from it."""
    with window(browser, cloud, size, scheme) as page:
        page.goto("/")
        page.get_by_role("button", name="Add pictures").first.wait_for()
        settle(page)
        if opened:
            page.get_by_role("list", name="Pictures").get_by_role("link").nth(1).click()
            page.get_by_role("complementary", name="About this picture").wait_for()
        keep(page, name)


def shoot_posts(browser: Browser, cloud: LocalCloud, reader: Account) -> None:
    """Take the screenshots of a feed and of a profile, as one of the followers sees them."""
    with window(browser, cloud, WIDE, "light") as page:
        page.goto("/")
        sign_in(page, reader.email, reader.password)
        account_button(page, reader.email).wait_for()
        state = page.context.storage_state()
        page.goto("/posts")
        page.get_by_role("article").first.wait_for()
        keep(page, "posts")
    with window(browser, cloud, WIDE, "dark", state) as page:
        page.goto("/people/small_wonders")
        page.get_by_role("article").first.wait_for()
        keep(page, "profile")
    with window(browser, cloud, PHONE, "light", state) as page:
        page.goto("/posts")
        page.get_by_role("link", name="now").or_(page.get_by_role("link", name="ago")).first.click()
        page.get_by_role("heading", name="Post", exact=True).wait_for()
        keep(page, "phone-post")


def shoot_administration(browser: Browser, cloud: LocalCloud) -> None:
    """Take the screenshot of what admins see first."""
    admin = account(cloud, "admin")
    with window(browser, cloud, WIDE, "light") as page:
        page.goto("/")
        sign_in(page, admin.email, admin.password)
        account_button(page, admin.email).wait_for()
        page.goto("/admin")
        page.get_by_role("heading", name="Captions per hour").wait_for()
        keep(page, "admin")


def keep(page: Page, name: str) -> None:
    """Save what a page shows once it is at rest."""
    settle(page)
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=82)


def settle(page: Page) -> None:
    """Wait until pictures are loaded and movements are over."""
    page.wait_for_load_state("networkidle")
    at_rest(page)


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
        shoot_posts(browser, cloud, show(cloud))
        shoot_administration(browser, cloud)
        browser.close()
        cloud.stop()


if __name__ == "__main__":
    main()
