"""People and their posts on the page: two at once, each in a browser of their own, against a real local cloud."""

import json
import re
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests import photographs
from tests.accounts import Account, account
from tests.e2e.barriers import barriers
from tests.e2e.conftest import window
from tests.e2e.signing_in import sign_in
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.long, pytest.mark.browser, pytest.mark.timeout(300), needs_model]


@dataclass(frozen=True)
class Someone:
    """Somebody signed in on the page in a browser of their own."""

    page: Page
    account: Account
    username: str

    def goto(self, address: str) -> Page:
        self.page.goto(address)
        return self.page


@pytest.fixture
def anna(browser: Browser, local_cloud: LocalCloud) -> Iterator[Someone]:
    with arrived(browser, local_cloud) as anna:
        yield anna


@pytest.fixture
def bea(browser: Browser, local_cloud: LocalCloud) -> Iterator[Someone]:
    with arrived(browser, local_cloud) as bea:
        yield bea


@pytest.fixture
def picture(local_cloud: LocalCloud, anna: Someone) -> str:
    """The id of a public picture of Anna's."""
    return uploaded(local_cloud, anna, *photographs.some(1))


def uploaded(cloud: LocalCloud, owner: Someone, file: tuple[str, bytes]) -> str:
    """Upload a public picture of somebody's; return its id once it has its caption."""
    name, content = file
    with cloud.http(headers=owner.account.headers) as http:
        asked = {"files": [{"name": name, "type": "image/jpeg", "size": len(content), "visibility": "public"}]}
        (ticket,) = http.post("/api/uploads", json=asked).raise_for_status().json()["uploads"]
    sent = httpx.post(ticket["url"], data=ticket["fields"], files={"file": (name, content, "image/jpeg")}, timeout=30)
    sent.raise_for_status()
    settled(cloud, ticket["image_id"])
    return str(ticket["image_id"])


@contextmanager
def arrived(browser: Browser, cloud: LocalCloud) -> Iterator[Someone]:
    """Somebody new who has chosen a username, signed in in a browser of their own."""
    somebody = account(cloud)
    username = f"u_{secrets.token_hex(6)}"
    with cloud.http(headers=somebody.headers) as http:
        http.patch("/api/me", json={"username": username}).raise_for_status()
    with window(browser, cloud, somebody) as page:
        yield Someone(page, somebody, username)


def write_post(someone: Someone, picture: str, text: str) -> str:
    """Post a picture from its view; return the address of the post."""
    page = someone.goto(f"/images/{picture}")
    page.get_by_role("button", name="Post", exact=True).click()
    dialog = page.get_by_role("dialog", name="Post this picture")
    dialog.get_by_label("What to say about it").fill(text)
    dialog.get_by_role("button", name="Post").click()
    page.get_by_role("link", name="See your post").click()
    expect(posts(page)).to_contain_text(text)
    return page.url.removeprefix(page.url.partition("/posts/")[0])


def follow(someone: Someone, other: Someone, text: str) -> None:
    """Find somebody by what they say among the newest posts, and follow them."""
    page = someone.goto("/posts/newest")
    posts(page).filter(has_text=text).get_by_role("link", name=f"@{other.username}").click()
    button = page.get_by_role("button", name=f"Follow @{other.username}")
    expect(button).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith(f"/users/{other.username}")):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("link", name="1 follower")).to_be_visible()


def posts(page: Page) -> Locator:
    return page.get_by_role("article", name=re.compile("^Post by "))


def heart(page: Page) -> Locator:
    return posts(page).first.get_by_role("button", name=re.compile("^Like, "))


def press_heart(page: Page, counted: str, *, liked: bool) -> None:
    """Like the first post, or no longer, and see it counted."""
    with page.expect_response(lambda answer: re.search(r"/api/posts/[0-9A-Z]{26}$", answer.url) is not None):
        heart(page).click()
    expect(heart(page)).to_have_accessible_name(f"Like, {counted}")
    expect(heart(page)).to_have_attribute("aria-pressed", str(liked).lower())


def likes(page: Page, address: str) -> int:
    """How many like a post, as the gallery counts."""
    return int(page.request.get(f"/api{address}").json()["likes"])


def choose(page: Page, item: str) -> None:
    """Choose something in the menu of the first post."""
    posts(page).first.get_by_role("button", name=re.compile("^More about the post")).click()
    page.get_by_role("menuitem", name=item).click()


def test_what_one_posts_the_other_who_follows_sees_likes_and_sees_changed(
    anna: Someone, bea: Someone, picture: str
) -> None:
    text = f"Look what I found {secrets.token_hex(4)}"
    address = write_post(anna, picture, text)
    follow(bea, anna, text)
    feed = bea.goto("/posts")
    expect(posts(feed)).to_have_count(1)
    expect(posts(feed).first).to_contain_text(text)
    assert barriers(feed) == []

    own = anna.goto(address)
    expect(heart(own)).to_have_accessible_name("Like, 0 people do")
    for each in (feed, own):
        heart(each).click(no_wait_after=True)
    for each in (feed, own):
        expect(heart(each)).to_have_attribute("aria-pressed", "true")
    assert eventually(lambda: likes(own, address) == 2, 60)
    feed.reload()
    press_heart(feed, "1 person does", liked=False)
    own.reload()
    expect(heart(own)).to_have_accessible_name("Like, 1 person does")
    feed.goto("/posts/most-liked")
    expect(posts(feed).filter(has_text=text)).to_be_visible()

    choose(own, "Edit")
    dialog = own.get_by_role("dialog", name="Edit your post")
    dialog.get_by_label("What to say about it").fill("Lost again")
    assert barriers(own) == []
    dialog.get_by_role("button", name="Save").click()
    expect(posts(own).first).to_contain_text("Lost again")
    expect(posts(own).first.get_by_role("button", name=re.compile("^More about"))).to_be_focused()
    feed.goto("/posts")
    expect(posts(feed).first).to_contain_text("Lost again")
    expect(posts(feed).first).to_contain_text("edited")
    expect(heart(feed)).to_have_accessible_name("Like, 1 person does")


def test_a_shared_post_opens_for_anybody_until_its_link_is_revoked(
    anna: Someone, picture: str, browser: Browser, local_cloud: LocalCloud
) -> None:
    page = anna.goto(write_post(anna, picture, "For everybody"))
    choose(page, "Share")
    dialog = page.get_by_role("dialog", name="Share your post")
    dialog.get_by_label("The link works for").select_option("1 day")
    dialog.get_by_role("button", name="Make a link").click()
    link = dialog.get_by_role("textbox", name=re.compile("^Link that works until")).input_value()
    assert link.startswith(f"{local_cloud.site_url}/s/")
    assert barriers(page) == []
    with window(browser, local_cloud) as stranger:
        stranger.goto(link)
        for preview in ("og:title", "og:image", "og:description"):
            expect(stranger.locator(f"meta[property='{preview}']")).to_have_count(1)
        expect(stranger.get_by_text("For everybody")).to_be_visible()
        expect(stranger.get_by_role("img").first).to_be_visible()
        assert barriers(stranger) == []
    dialog.get_by_role("button", name=re.compile("^Revoke")).click()
    expect(dialog.get_by_text("No link opens this post at present.")).to_be_visible()
    revoked = httpx.get(link)
    assert revoked.status_code == httpx.codes.NOT_FOUND
    assert "There is nothing here any more" in revoked.text


def test_a_post_goes_with_its_picture(anna: Someone, bea: Someone, picture: str) -> None:
    text = f"Not for long {secrets.token_hex(4)}"
    address = write_post(anna, picture, text)
    follow(bea, anna, text)
    feed = bea.goto("/posts")
    expect(posts(feed)).to_have_count(1)
    page = anna.goto(f"/images/{picture}")
    page.get_by_role("toolbar", name="Actions").get_by_role("button", name="Move to the trash").click()
    expect(page.get_by_text(re.compile("is in the trash for 30 days"))).to_be_visible()
    feed.reload()
    expect(feed.get_by_text("have not posted yet")).to_be_visible()
    assert anna.page.request.get(f"/api{address}").status == httpx.codes.NOT_FOUND


def test_a_private_picture_is_not_posted_and_a_deleted_post_leaves_its_picture(anna: Someone, picture: str) -> None:
    page = anna.goto(write_post(anna, picture, "A mistake"))
    choose(page, "Delete")
    page.get_by_role("dialog", name="Delete this post?").get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/posts"))
    expect(page.get_by_text("A mistake")).to_have_count(0)
    page = anna.goto(f"/images/{picture}")
    about = page.get_by_role("complementary", name="About this picture")
    about.get_by_role("switch", name="Private").click()
    expect(about.get_by_role("button", name="Post", exact=True)).to_be_disabled()
    expect(about.get_by_text("A private picture can’t be posted.")).to_be_visible()  # noqa: RUF001 - as the page writes it
    assert barriers(page) == []


def test_words_for_a_post_that_went_meanwhile_are_kept_and_told_so(
    anna: Someone, picture: str, browser: Browser, local_cloud: LocalCloud
) -> None:
    address = write_post(anna, picture, "Written on two devices")
    # A window of its own, since browsers write refusals into the console.
    context = browser.new_context(base_url=local_cloud.site_url, storage_state=anna.page.context.storage_state())
    other = context.new_page()
    other.goto(address)
    choose(other, "Edit")
    dialog = other.get_by_role("dialog", name="Edit your post")
    dialog.get_by_label("What to say about it").fill("Too late")
    anna.goto(address)
    choose(anna.page, "Delete")
    anna.page.get_by_role("dialog", name="Delete this post?").get_by_role("button", name="Delete").click()
    expect(anna.page.get_by_text("Deleted the post.")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("There is no such post")
    expect(dialog.get_by_label("What to say about it")).to_have_value("Too late")
    context.close()


def test_a_post_is_reported_by_another_and_not_by_its_author(
    anna: Someone, bea: Someone, picture: str, local_cloud: LocalCloud, admin: Account
) -> None:
    reason = f"This is my dog {secrets.token_hex(4)}"
    address = write_post(anna, picture, "Look at my dog")
    posts(anna.page).first.get_by_role("button", name=re.compile("^More about the post")).click()
    expect(anna.page.get_by_role("menuitem", name="Share")).to_be_visible()
    expect(anna.page.get_by_role("menuitem", name="Report")).to_have_count(0)
    page = bea.goto(address)
    choose(page, "Report")
    dialog = page.get_by_role("dialog", name="Report this post")
    dialog.get_by_label("Why should it not be shown?").fill(reason)
    assert barriers(page) == []
    dialog.get_by_role("button", name="Report").click()
    expect(page.get_by_text("An admin will look at it.")).to_be_visible()
    expect(posts(page).first.get_by_role("button", name=re.compile("^More about"))).to_be_focused()
    with local_cloud.http(headers=admin.headers) as http:
        assert reason in http.get("/api/admin/reports").raise_for_status().text


def test_people_find_each_other_through_those_they_follow(anna: Someone, bea: Someone, local_cloud: LocalCloud) -> None:
    carl = account(local_cloud)
    with local_cloud.http(headers=carl.headers) as http:
        name = http.get("/api/me").raise_for_status().json()["username"]
        http.put(f"/api/users/{anna.username}/follow").raise_for_status()
    with local_cloud.http(headers=anna.account.headers) as http:
        for each in (name, bea.username):
            http.put(f"/api/users/{each}/follow").raise_for_status()
    page = bea.goto(f"/people/{anna.username}")
    page.get_by_role("button", name=f"Follow @{anna.username}").click()
    expect(page.get_by_role("link", name="2 followers")).to_be_visible()
    page.goto("/people")
    suggestions = page.get_by_role("list", name="Suggestions")
    expect(suggestions.get_by_text("Followed by one person you follow")).to_be_visible()
    assert barriers(page) == []
    suggestions.get_by_role("button", name=f"Follow @{name}").press("Enter")
    expect(suggestions.get_by_role("button", name=f"Follow @{name}")).to_have_attribute("aria-pressed", "true")
    page.goto(f"/people/{name}")
    page.get_by_role("link", name="2 followers").click()
    followers = page.get_by_role("list", name="Followers")
    expect(followers.get_by_role("listitem")).to_have_count(2)
    assert barriers(page) == []
    page.get_by_role("link", name="In common").click()
    expect(page.get_by_role("list", name="In common").get_by_role("link")).to_have_count(1)


def test_strangers_read_posts_and_are_led_in_where_they_like(
    anna: Someone, picture: str, browser: Browser, local_cloud: LocalCloud
) -> None:
    write_post(anna, picture, "For all to read")
    with window(browser, local_cloud) as stranger:
        stranger.goto("/posts")
        expect(posts(stranger).first).to_contain_text("For all to read")
        assert barriers(stranger) == []
        heart(stranger).click()
        expect(stranger.get_by_role("dialog", name="Sign in")).to_be_visible()


def test_a_username_is_chosen_once(page: Page, local_cloud: LocalCloud) -> None:
    somebody = account(local_cloud)
    page.goto("/account")
    sign_in(page, somebody.email, somebody.password)
    username = f"u_{secrets.token_hex(6)}"
    page.get_by_label("Username").fill(username)
    assert barriers(page) == []
    page.get_by_role("button", name="Choose this username").click()
    page.get_by_role("dialog").get_by_role("button", name=f"Be @{username}").click()
    expect(page.get_by_text(f"You are @{username}.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Anna")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def exported(path: Path) -> str:
    """Everything that an export says."""
    with zipfile.ZipFile(path) as archive:
        found: dict[str, Any] = {each: archive.read(each).decode() for each in archive.namelist()}
    return json.dumps(found)


def test_an_account_takes_its_data_along_and_leaves_no_profile_picture_or_like(
    anna: Someone, bea: Someone, picture: str, local_cloud: LocalCloud
) -> None:
    staying = write_post(bea, uploaded(local_cloud, bea, photographs.some(2)[1]), "Here to stay")
    anna.goto(staying)
    press_heart(anna.page, "1 person does", liked=True)
    address = write_post(anna, picture, "Farewell")
    page = anna.goto("/account")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export my data").click()
    data = exported(Path(download.value.path()))
    assert all(each in data for each in (anna.username, "Farewell", picture, staying.rpartition("/")[2]))
    page.get_by_role("button", name="Delete my account").click()
    dialog = page.get_by_role("dialog", name="Delete your account?")
    expect(dialog.get_by_role("button", name="Delete everything")).to_be_disabled()
    dialog.get_by_label(re.compile("to confirm$")).fill(anna.username)
    assert barriers(page) == []
    dialog.get_by_role("button", name="Delete everything").click()
    dialog.get_by_role("button", name=re.compile(r"^Delete \d+ pictures? and my account$")).click()
    expect(page.get_by_role("button", name="Sign in").first).to_be_visible()
    with local_cloud.http() as http:
        gone = [f"/api/users/{anna.username}", f"/api{address}", f"/api/images/{picture}"]
        assert eventually(lambda: all(http.get(each).status_code == httpx.codes.NOT_FOUND for each in gone), 60)
        written = http.patch("/api/me", json={"bio": "Still here"}, headers=anna.account.headers)
        assert written.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}
    assert eventually(lambda: likes(bea.page, staying) == 0, 60)
