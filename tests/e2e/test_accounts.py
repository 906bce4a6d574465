"""Making an account on the page, and keeping it: in a real browser, at a real pool, by e-mails that are shown."""

import re
import secrets
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Locator, Page, expect
from tests.e2e.signing_in import account_button, open_sign_in, sign_in, sign_out
from tests.local_cloud import LocalCloud, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300)]

FIRST, SECOND = "correct Horse 1!", "another Horse 2?"


@pytest.fixture
def email() -> str:
    return f"{secrets.token_hex(8)}@example.org"


@pytest.fixture
def visit(browser: Browser, local_cloud: LocalCloud) -> Iterator[Page]:
    """A window of somebody new, in whose console the pool's refusals may stand."""
    context = browser.new_context(base_url=local_cloud.site_url, reduced_motion="reduce")
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


def mailed_code(cloud: LocalCloud, email: str, before: int = 0) -> str:
    """The code of the newest e-mail, after so many others, as the terminal shows it."""

    def mails() -> list[str]:
        return [line for line in cloud.said if line.startswith(f"An e-mail to {email}: ")]

    assert eventually(lambda: len(mails()) > before, 60)
    found = re.search(r"\b\d{6}\b", mails()[-1])
    assert found
    return found[0]


def sign_up(page: Page, email: str) -> Locator:
    open_sign_in(page).get_by_role("button", name="Create an account").click()
    dialog = page.get_by_role("dialog", name="Create an account")
    dialog.get_by_label("E-mail address").fill(email)
    dialog.get_by_label("Password", exact=True).fill(FIRST)
    dialog.get_by_role("button", name="Create the account").click()
    confirm = page.get_by_role("dialog", name="Confirm your address")
    expect(confirm.get_by_label("Code from the e-mail")).to_be_focused()
    return confirm


def test_somebody_signs_up_confirms_signs_out_forgets_the_password_and_signs_in_again(
    visit: Page, local_cloud: LocalCloud, email: str
) -> None:
    dialog = sign_up(visit, email)
    dialog.get_by_label("Code from the e-mail").fill("000000")
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog.get_by_role("alert")).to_contain_text("The code is not right")
    dialog.get_by_label("Code from the e-mail").fill(mailed_code(local_cloud, email))
    dialog.get_by_role("button", name="Confirm").click()
    expect(account_button(visit, email)).to_be_visible()
    sign_out(visit, email)

    sign_in(visit, email, SECOND)
    dialog = visit.get_by_role("dialog", name="Sign in")
    expect(dialog.get_by_role("alert")).to_contain_text("belong together")
    dialog.get_by_role("button", name="Forgotten password").click()
    expect(dialog.get_by_label("E-mail address")).to_have_value(email)
    dialog.get_by_role("button", name="Send the code").click()
    dialog.get_by_label("Code from the e-mail").fill(mailed_code(local_cloud, email, before=1))
    dialog.get_by_label("New password").fill(SECOND)
    dialog.get_by_role("button", name="Set the password").click()
    expect(account_button(visit, email)).to_be_visible()
    sign_out(visit, email)
    sign_in(visit, email, SECOND)
    expect(account_button(visit, email)).to_be_visible()
    expect(visit.get_by_text("You are signed out.")).to_have_count(0)


def test_a_password_says_what_it_lacks_and_nothing_is_sent_before_it_lacks_nothing(visit: Page, email: str) -> None:
    sent: list[str] = []
    visit.on("request", lambda request: sent.append(request.headers.get("x-amz-target", "")))
    open_sign_in(visit).get_by_role("button", name="Create an account").click()
    dialog = visit.get_by_role("dialog", name="Create an account")
    expect(dialog.get_by_label("E-mail address")).to_be_focused()
    dialog.get_by_label("E-mail address").fill(email)
    field = dialog.get_by_label("Password", exact=True)
    for typed, missing in {"": 5, "horse": 4, "Horse": 3, "Horse1": 2, "Horse1!": 1, FIRST: 0}.items():
        field.fill(typed)
        expect(dialog.get_by_text(": missing.")).to_have_count(missing)
        assert Axe().run(visit).violations_count == 0
        if missing:
            dialog.get_by_role("button", name="Create the account").click()
            expect(field).to_be_focused()
    assert not any("SignUp" in each for each in sent)
    dialog.get_by_role("button", name="Show the password").click()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_attribute("autocomplete", "new-password")


def test_somebody_who_left_without_the_code_goes_on_at_the_next_visit(
    visit: Page, local_cloud: LocalCloud, email: str
) -> None:
    sign_up(visit, email)
    visit.reload()
    sign_in(visit, email, FIRST)
    dialog = visit.get_by_role("dialog", name="Confirm your address")
    dialog.get_by_role("button", name="Send another code").click()
    expect(dialog.get_by_role("status")).to_contain_text("Another code is on its way")
    assert Axe().run(visit).violations_count == 0
    dialog.get_by_label("Code from the e-mail").fill(mailed_code(local_cloud, email, before=1))
    dialog.get_by_role("button", name="Confirm").click()
    expect(account_button(visit, email)).to_be_visible()


def test_an_address_that_is_taken_is_told_with_the_way_on(visit: Page, email: str) -> None:
    sign_up(visit, email)
    visit.reload()
    open_sign_in(visit).get_by_role("button", name="Create an account").click()
    dialog = visit.get_by_role("dialog", name="Create an account")
    dialog.get_by_label("E-mail address").fill(email)
    dialog.get_by_label("Password", exact=True).fill(SECOND)
    dialog.get_by_role("button", name="Create the account").click()
    expect(dialog.get_by_role("alert")).to_contain_text("There is an account with this e-mail address")
    dialog.get_by_role("button", name="I have an account").click()
    expect(visit.get_by_role("dialog", name="Sign in").get_by_label("E-mail address")).to_have_value(email)


def shown_member(cloud: LocalCloud) -> tuple[str, str]:
    (found,) = re.findall(r"^ {2}(member@\S+) +password (\S+)$", "\n".join(cloud.said), re.MULTILINE)
    return found[0], found[1]


def test_a_token_that_has_run_out_is_renewed_before_it_is_sent(visit: Page, local_cloud: LocalCloud) -> None:
    email, password = shown_member(local_cloud)
    sign_in(visit, email, password)
    expect(account_button(visit, email)).to_be_visible()
    tokens: list[str] = []
    visit.on("request", lambda request: tokens.append(request.headers.get("authorization", "")))
    old = visit.evaluate("Object.entries(localStorage).find(([key]) => key.endsWith('.accessToken'))[1]")
    visit.clock.install()
    visit.clock.fast_forward("02:00:00")
    with visit.expect_response(lambda answer: "/api/images" in answer.url and answer.ok):
        visit.reload()
    sent = {each for each in tokens if each}
    assert sent
    assert f"Bearer {old}" not in sent


def test_a_revoked_session_ends_calmly(visit: Page, local_cloud: LocalCloud) -> None:
    email, password = shown_member(local_cloud)
    sign_in(visit, email, password)
    expect(account_button(visit, email)).to_be_visible()
    stored = visit.evaluate("Object.entries(localStorage).find(([key]) => key.endsWith('.refreshToken'))[1]")
    client = local_cloud.outputs["UserPoolClientId"]
    local_cloud.client("cognito-idp").revoke_token(Token=stored, ClientId=client)
    visit.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((each) => each.endsWith('.accessToken'));
          localStorage[key] = localStorage[key].slice(0, -6) + 'AAAAAA';
        }"""
    )
    visit.reload()
    expect(visit.get_by_text("Your session has ended. Please sign in again.")).to_be_visible()
    expect(visit.get_by_role("main")).to_be_visible()
    sign_in(visit, email, password)
    expect(account_button(visit, email)).to_be_visible()
