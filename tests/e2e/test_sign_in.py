"""Signing in on the page, and what belongs to whom there, in a real browser against a real local cloud."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import jwt
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, FilePayload, Locator, Page, Request, expect
from tests import photographs
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300)]


@dataclass
class Account:
    """Somebody who was invited: an address, the password that holds at present, what the page sends in their name."""

    email: str
    password: str
    authorization: str = ""

    def listen(self, request: Request) -> None:
        """Overhear what proves to the gallery who sends a request."""
        self.authorization = request.headers.get("authorization", self.authorization)


@pytest.fixture
def invited(local_cloud: LocalCloud) -> Iterator[Account]:
    """Somebody with the temporary password that an invitation brings; their pictures go when the test is over."""
    account = Account(f"{secrets.token_hex(8)}@example.org", a_password())
    local_cloud.client("cognito-idp").admin_create_user(
        UserPoolId=local_cloud.outputs["UserPoolId"],
        Username=account.email,
        TemporaryPassword=account.password,
        UserAttributes=[{"Name": "email", "Value": account.email}, {"Name": "email_verified", "Value": "true"}],
        MessageAction="SUPPRESS",
    )
    yield account
    if account.authorization:
        delete_all(local_cloud, account)


def delete_all(cloud: LocalCloud, account: Account) -> None:
    token = account.authorization.removeprefix("Bearer ")
    owner = jwt.decode(token, options={"verify_signature": False})["sub"]
    with cloud.http(headers={"authorization": account.authorization}) as http:
        for each in http.get("/api/images", params={"owner": owner, "limit": "100"}).json()["images"]:
            http.delete(f"/api/images/{each['id']}").raise_for_status()


@pytest.fixture
def member(local_cloud: LocalCloud, invited: Account) -> Account:
    """Somebody who has chosen a password already."""
    local_cloud.client("cognito-idp").admin_set_user_password(
        UserPoolId=local_cloud.outputs["UserPoolId"],
        Username=invited.email,
        Password=invited.password,
        Permanent=True,
    )
    return invited


@pytest.fixture
def visitor(browser: Browser, local_cloud: LocalCloud) -> Iterator[Page]:
    """The page in another browser, where nobody is signed in."""
    context = browser.new_context(base_url=local_cloud.site_url)
    yield context.new_page()
    context.close()


def a_password() -> str:
    return f"{secrets.token_urlsafe(16)}aA1!"


def begin_to_sign_in(page: Page, account: Account) -> None:
    page.on("request", account.listen)
    page.get_by_role("button", name="Sign in").first.click()
    dialog = page.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("E-mail address").fill(account.email)
    dialog.get_by_label("Password", exact=True).fill(account.password)
    dialog.get_by_role("button", name="Sign in").click()


def sign_in(page: Page, account: Account) -> None:
    begin_to_sign_in(page, account)
    expect(account_button(page, account)).to_be_visible()


def account_button(page: Page, account: Account) -> Locator:
    return page.get_by_role("button", name=f"Account of {account.email}")


def open_menu(page: Page, account: Account) -> Locator:
    account_button(page, account).click()
    return page.get_by_role("menu")


def choose_in_menu(page: Page, account: Account, item: str) -> None:
    open_menu(page, account).get_by_role("menuitem", name=item).click()


def photograph() -> FilePayload:
    ((name, content),) = photographs.some(1)
    return FilePayload(name=name, mimeType="image/jpeg", buffer=content)


def test_somebody_invited_chooses_a_password_and_later_signs_in_with_it(page: Page, invited: Account) -> None:
    begin_to_sign_in(page, invited)
    dialog = page.get_by_role("dialog", name="Sign in")
    expect(dialog.get_by_label("New password")).to_be_focused()
    assert Axe().run(page).violations_count == 0
    invited.password = a_password()
    dialog.get_by_label("New password").fill(invited.password)
    dialog.get_by_role("button", name="Set the password").click()
    expect(account_button(page, invited)).to_be_visible()
    choose_in_menu(page, invited, "Sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    sign_in(page, invited)
    page.reload()
    expect(account_button(page, invited)).to_be_visible()


@needs_model
def test_a_private_picture_is_seen_by_its_owner_alone_until_made_public(
    page: Page, visitor: Page, member: Account
) -> None:
    sign_in(page, member)
    open_menu(page, member).get_by_role("menuitemradio", name="New pictures: only I see them").click()
    page.keyboard.press("Escape")
    page.locator("input[type=file]").first.set_input_files([photograph()])
    expect(page.get_by_role("heading", name="My pictures")).to_be_visible()
    mine = page.get_by_role("list", name="Pictures").get_by_role("link")
    expect(mine.get_by_role("img", name="Private")).to_have_count(1)
    expect(page.locator("figure[aria-busy=true]")).to_have_count(0)
    mine.first.click()
    expect(page).to_have_url(re.compile(r"/images/[0-9A-Z]{26}\?owner="))
    about = page.get_by_role("complementary", name="About this picture")
    expect(about.get_by_role("switch", name="Private")).to_be_checked()
    expect(page.locator("img.yarl__slide_image").first).to_be_visible()
    assert Axe().run(page).violations_count == 0
    address = page.url.partition("?")[0]

    visitor.goto(address)
    expect(visitor.get_by_text("isn\N{RIGHT SINGLE QUOTATION MARK}t here")).to_be_visible()
    about.get_by_role("switch", name="Private").click()
    expect(about.get_by_role("switch", name="Private")).not_to_be_checked()
    visitor.goto(address)
    expect(visitor.get_by_role("complementary", name="About this picture")).to_be_visible()
    expect(visitor.get_by_role("button", name="Delete")).to_have_count(0)
    expect(visitor.get_by_role("switch")).to_have_count(0)


@needs_model
def test_the_owner_names_a_picture_and_is_told_where_the_page_was_behind(
    page: Page, visitor: Page, member: Account
) -> None:
    sign_in(page, member)
    page.locator("input[type=file]").first.set_input_files([photograph()])
    expect(page.locator("figure[aria-busy=true]")).to_have_count(0)
    choose_in_menu(page, member, "My pictures")
    page.get_by_role("list", name="Pictures").get_by_role("link").first.click()
    about = page.get_by_role("complementary", name="About this picture")
    visitor.goto("/")
    sign_in(visitor, member)
    visitor.goto(page.url)
    elsewhere = visitor.get_by_role("complementary", name="About this picture")
    expect(elsewhere.get_by_role("switch", name="Private")).to_be_visible()

    page.get_by_role("toolbar", name="Actions").get_by_role("button", name="Edit").click()
    about.get_by_label("Title").fill("Old friends")
    about.get_by_label("Labels", exact=True).fill("Rex, sofa")
    assert Axe().run(page).violations_count == 0
    about.get_by_role("button", name="Save").click()
    expect(about.get_by_role("heading", name="Old friends")).to_be_visible()
    expect(about.get_by_role("list", name="Labels by probability")).to_contain_text("Rex")

    visitor.get_by_role("toolbar", name="Actions").get_by_role("button", name="Edit").click()
    elsewhere.get_by_label("Title").fill("New friends")
    elsewhere.get_by_role("button", name="Save").click()
    expect(elsewhere.get_by_role("heading", name="Somebody else has changed this meanwhile")).to_be_visible()
    expect(elsewhere.get_by_role("heading", name="Old friends")).to_be_visible()


def test_a_wrong_password_is_told_in_words(visitor: Page, member: Account) -> None:
    visitor.goto("/")
    begin_to_sign_in(visitor, Account(member.email, a_password()))
    dialog = visitor.get_by_role("dialog", name="Sign in")
    expect(dialog.get_by_role("alert")).to_contain_text("belong together")
    assert Axe().run(visitor).violations_count == 0


def test_the_token_goes_to_the_gallery_and_nowhere_else(page: Page, local_cloud: LocalCloud, member: Account) -> None:
    sent: list[Request] = []
    page.on("request", lambda request: sent.extend([request]))  # Playwright can't call a list's own method
    sign_in(page, member)
    page.locator("input[type=file]").first.set_input_files([photograph()])
    expect(page.get_by_role("region", name="Uploads").get_by_text("1 uploaded")).to_be_visible()
    page.reload()
    expect(account_button(page, member)).to_be_visible()
    bearers = {request.url for request in sent if "authorization" in request.headers}
    assert bearers
    assert all(url.startswith(f"{local_cloud.site_url}/api/") for url in bearers)
    assert not any(member.authorization.removeprefix("Bearer ") in request.url for request in sent)
    assert not any(member.password in (request.post_data_buffer or b"").decode("latin-1") for request in sent)


def test_the_menu_of_somebody_signed_in_can_be_read_and_used_by_keyboard(page: Page, member: Account) -> None:
    sign_in(page, member)
    account_button(page, member).press("Enter")
    menu = page.get_by_role("menu")
    expect(menu.get_by_role("menuitem", name="My pictures")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(account_button(page, member)).to_be_focused()


def test_a_refused_token_is_renewed_without_a_word(visitor: Page, member: Account) -> None:
    visitor.goto("/")
    sign_in(visitor, member)
    visitor.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((each) => each.endsWith('.accessToken'));
          localStorage[key] = localStorage[key].slice(0, -6) + 'AAAAAA';
        }"""
    )
    with visitor.expect_response(lambda answer: "/api/images" in answer.url and answer.ok):
        visitor.reload()
    expect(account_button(visitor, member)).to_be_visible()


def test_signing_out_revokes_the_session_in_every_window(page: Page, local_cloud: LocalCloud, member: Account) -> None:
    sign_in(page, member)
    other = page.context.new_page()
    other.goto("/")
    expect(account_button(other, member)).to_be_visible()
    stored = page.evaluate("Object.entries(localStorage).find(([key]) => key.endsWith('.refreshToken'))[1]")
    choose_in_menu(page, member, "Sign out")
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    cognito = local_cloud.client("cognito-idp")
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        cognito.initiate_auth(
            ClientId=local_cloud.outputs["UserPoolClientId"],
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": stored},
        )
    assert page.evaluate("Object.keys(localStorage).filter((key) => /token/i.test(key))") == []
