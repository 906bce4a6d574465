"""Signing in and out by the page's own form."""

from playwright.sync_api import Locator, Page, expect


def open_sign_in(page: Page) -> Locator:
    page.get_by_role("button", name="Sign in").first.click()
    dialog = page.get_by_role("dialog", name="Sign in")
    expect(dialog.get_by_label("E-mail address")).to_be_focused()
    return dialog


def sign_in(page: Page, email: str, password: str) -> None:
    dialog = open_sign_in(page)
    dialog.get_by_label("E-mail address").fill(email)
    dialog.get_by_label("Password", exact=True).fill(password)
    dialog.get_by_role("button", name="Sign in", exact=True).click()


def account_button(page: Page, email: str) -> Locator:
    return page.get_by_role("button", name=f"Account of {email}")


def sign_out(page: Page, email: str) -> None:
    account_button(page, email).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
