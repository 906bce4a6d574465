"""Administration on the page: an admin at work, and what others notice of it in a browser of their own."""

import re
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.accounts import Account, account
from tests.e2e.barriers import barriers
from tests.e2e.conftest import empty, window
from tests.e2e.signing_in import account_button
from tests.integration.uploads import upload
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

from gallery.captioning import dead_letters

pytestmark = [pytest.mark.cloud, pytest.mark.long, pytest.mark.browser, pytest.mark.timeout(300), needs_model]

UNKNOWN = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"


@pytest.fixture
def desk(browser: Browser, local_cloud: LocalCloud, admin: Account) -> Iterator[Page]:
    """The page of an admin who has signed in, in an empty gallery."""
    empty(local_cloud, admin)
    with window(browser, local_cloud, admin) as opened:
        opened.goto("/")
        expect(account_button(opened, admin.email)).to_be_visible()
        yield opened


@pytest.fixture
def visitor(browser: Browser, local_cloud: LocalCloud) -> Iterator[Page]:
    """The page of somebody else, at the same time."""
    with window(browser, local_cloud) as opened:
        yield opened


@pytest.fixture
def let_go_on(local_cloud: LocalCloud, admin: Account) -> Iterator[None]:
    """Whatever becomes of a test, captioning is not left paused."""
    yield
    with local_cloud.http(headers=admin.headers) as http:
        http.post("/api/admin/resume").raise_for_status()


@pytest.fixture
def member(local_cloud: LocalCloud) -> tuple[Account, str]:
    """Somebody with an account, and their username."""
    somebody, username = account(local_cloud), f"u_{secrets.token_hex(6)}"
    with local_cloud.http(headers=somebody.headers) as http:
        http.patch("/api/me", json={"username": username}).raise_for_status()
    return somebody, username


def part(desk: Page, name: str) -> None:
    desk.get_by_role("tab", name=name).click()
    expect(desk.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    expect(desk.get_by_role("status", name=re.compile("^Loading (?!more)"))).to_have_count(0)


def look_again(page: Page) -> None:
    """Come back to a window after having looked elsewhere."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")


@pytest.mark.usefixtures("let_go_on")
def test_a_pause_is_told_to_whoever_looks_until_captioning_goes_on(desk: Page, visitor: Page) -> None:
    visitor.goto("/")
    desk.get_by_role("button", name=re.compile("^Account of")).click()
    desk.get_by_role("menuitem", name="Administration").click()
    expect(desk.get_by_role("heading", name="Storage and cost")).to_be_visible()
    expect(desk.get_by_role("img", name=re.compile("captions in the last 48 hours"))).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_label("Why, in words that everybody reads").fill("The month is paid for.")
    desk.get_by_role("button", name="Pause").click()
    banner = re.compile("^The month is paid for. Pictures can be added")
    expect(desk.get_by_text(banner)).to_be_visible()
    look_again(visitor)
    expect(visitor.get_by_text(banner)).to_be_visible()
    assert barriers(visitor) == []
    desk.get_by_role("button", name="Go on captioning").click()
    expect(desk.get_by_text(banner)).to_have_count(0)
    look_again(visitor)
    expect(visitor.get_by_text(banner)).to_have_count(0)


def test_what_a_visitor_reports_an_admin_hides_and_restores(
    desk: Page, visitor: Page, local_cloud: LocalCloud, member: tuple[Account, str]
) -> None:
    image = settled(local_cloud, upload(local_cloud, member[0]))
    address = f"/images/{image['id']}"
    visitor.goto(address)
    visitor.get_by_role("button", name="Report").click()
    dialog = visitor.get_by_role("dialog", name="Report this picture")
    dialog.get_by_label("Why should it not be shown?").fill("I am in it.")
    assert barriers(visitor) == []
    dialog.get_by_role("button", name="Report").click()
    expect(visitor.get_by_text("An admin will look at it.")).to_be_visible()

    desk.goto("/admin/reports")
    report = desk.get_by_role("listitem").filter(has_text="I am in it.").first
    expect(report).to_contain_text("Reported by one person")
    assert barriers(desk) == []
    report.get_by_role("button", name="Hide").click()
    expect(desk.get_by_role("listitem").filter(has_text="I am in it.")).to_have_count(0)
    with local_cloud.http() as http:
        assert http.get(f"/api{address}").status_code == 404
    desk.get_by_text("Hidden", exact=True).click()
    hidden = desk.get_by_role("listitem").filter(has_text="I am in it.").first
    expect(hidden).to_be_visible()
    assert barriers(desk) == []
    hidden.get_by_role("button", name="Restore").click()
    expect(desk.get_by_role("listitem").filter(has_text="I am in it.")).to_have_count(0)
    visitor.goto(address)
    expect(visitor.get_by_role("complementary", name="About this picture")).to_contain_text(image["caption"])


def test_an_admin_finds_somebody_blocks_them_lets_them_go_on_and_deletes_them(
    desk: Page, member: tuple[Account, str]
) -> None:
    _, username = member
    desk.goto("/admin/people")
    desk.get_by_label("Find somebody by username").fill(username)
    desk.get_by_role("button", name="Find").click()
    somebody = desk.get_by_role("listitem").filter(has_text=username)
    somebody.get_by_role("button", name="Disable").click()
    expect(somebody.get_by_text("Disabled", exact=True)).to_be_visible()
    assert barriers(desk) == []
    somebody.get_by_role("button", name="Enable").click()
    expect(somebody.get_by_text("Disabled", exact=True)).to_have_count(0)
    somebody.get_by_role("button", name="Delete").click()
    dialog = desk.get_by_role("dialog", name=f"Delete {username}?")
    expect(dialog).to_be_visible()
    assert barriers(desk) == []
    dialog.get_by_role("button", name="Delete for good").click()
    expect(desk.get_by_text(re.compile("Being deleted|^Nobody is called"))).to_be_visible()
    part(desk, "Log")
    for act in ("disabled", "enabled", "deleted"):
        expect(desk.get_by_role("listitem").filter(has_text=act).first).to_be_visible()
    assert barriers(desk) == []


@pytest.mark.usefixtures("inside")
def test_failures_say_why_and_go_through_again_and_all_is_captioned_anew(
    desk: Page, local_cloud: LocalCloud, admin: Account
) -> None:
    broken = local_cloud.upload("notes.jpg", b"Dear diary, this is no photograph at all.\n" * 50)
    settled(local_cloud, broken)
    settled(local_cloud, upload(local_cloud, admin))
    dead_letters.record_failure_for(UNKNOWN, "caption", "OSError: No space left on device")
    desk.goto("/admin/failures")
    expect(desk.get_by_text("The file is not a picture, whatever its name says.").first).to_be_visible()
    expect(desk.get_by_text("OSError: No space left on device")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("button", name="Try again what the captioner gave up on").click()
    expect(desk.get_by_text("OSError: No space left on device")).to_have_count(0)
    part(desk, "Overview")
    desk.get_by_role("button", name="Caption again").click()
    dialog = desk.get_by_role("dialog", name=re.compile("^Caption every picture again by"))
    assert barriers(desk) == []
    dialog.get_by_role("button", name="Caption again").click()
    expect(desk.get_by_text(re.compile("Done: [1-9]"))).to_be_visible()
    assert barriers(desk) == []
    empty(local_cloud, admin)
