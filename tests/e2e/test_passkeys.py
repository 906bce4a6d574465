"""Passkeys on the page, made and used by a browser's own authenticator.

The emulator's pool has none, so its three answers are given here in its place, checking what the browser sends; the
tokens are the pool's.
"""

import base64
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # ships no types
from playwright.sync_api import Browser, Page, Route, expect
from tests.accounts import Account, sign_in
from tests.local_cloud import LocalCloud

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300)]

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@dataclass
class PasskeyPool:
    """A pool of one person as far as passkeys go; everything else is the emulator's."""

    cloud: LocalCloud
    person: Account
    challenge: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    kept: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        action = route.request.headers.get("x-amz-target", "").rpartition(".")[2]
        asked = json.loads(route.request.post_data or "{}")
        way = getattr(self, f"_{action}", None)
        result = way(asked) if way else None
        if result is None:
            return route.fallback()
        headers = {"access-control-allow-origin": self.cloud.site_url, "content-type": "application/x-amz-json-1.1"}
        return route.fulfill(body=json.dumps(result), headers=headers)

    def _StartWebAuthnRegistration(self, _: object) -> dict[str, Any]:  # noqa: N802 - the pool's own name
        return {
            "CredentialCreationOptions": {
                "rp": {"id": "localhost", "name": "Gallery"},
                "user": {"id": "bWVtYmVy", "name": self.person.email, "displayName": self.person.email},
                "challenge": self.challenge,
                "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
                "excludeCredentials": [],
                "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
            }
        }

    def _CompleteWebAuthnRegistration(self, asked: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._check(asked["Credential"])
        self.kept.append(asked["Credential"])
        return {}

    def _ListWebAuthnCredentials(self, _: object) -> dict[str, Any]:  # noqa: N802
        return {
            "Credentials": [
                {"CredentialId": each["id"], "FriendlyCredentialName": "Laptop", "RelyingPartyId": "localhost",
                 "AuthenticatorTransports": [], "CreatedAt": 1_780_000_000}
                for each in self.kept
            ]
        }  # fmt: skip

    def _DeleteWebAuthnCredential(self, asked: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self.kept = [each for each in self.kept if each["id"] != asked["CredentialId"]]
        return {}

    def _InitiateAuth(self, asked: dict[str, Any]) -> dict[str, Any] | None:  # noqa: N802
        if asked["AuthFlow"] != "USER_AUTH":
            return None
        if not self.kept:
            return {"ChallengeName": "SELECT_CHALLENGE", "Session": "s" * 20, "AvailableChallenges": ["PASSWORD_SRP"]}
        options = {"challenge": self.challenge, "rpId": "localhost", "userVerification": "required"}
        return {
            "ChallengeName": "WEB_AUTHN", "Session": "s" * 20,
            "ChallengeParameters": {"CREDENTIAL_REQUEST_OPTIONS": json.dumps(options)},
        }  # fmt: skip

    def _RespondToAuthChallenge(self, asked: dict[str, Any]) -> dict[str, Any] | None:  # noqa: N802
        if asked["ChallengeName"] != "WEB_AUTHN":
            return None
        credential = json.loads(asked["ChallengeResponses"]["CREDENTIAL"])
        self._check(credential)
        assert credential["id"] in [each["id"] for each in self.kept]
        return {"AuthenticationResult": sign_in(self.cloud, self.person.email, self.person.password)}

    def _check(self, credential: dict[str, Any]) -> None:
        said = credential["response"]["clientDataJSON"]
        client = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
        assert (client["challenge"], client["origin"]) == (self.challenge, self.cloud.site_url)


@pytest.fixture
def pool(local_cloud: LocalCloud, admin: Account) -> PasskeyPool:
    return PasskeyPool(local_cloud, admin)


@pytest.fixture
def visit(browser: Browser, pool: PasskeyPool) -> Iterator[Page]:
    """The page of a gallery that takes passkeys, in a browser on a device that has them."""
    context = browser.new_context(base_url=pool.cloud.site_url, reduced_motion="reduce")
    opened = context.new_page()
    device = context.new_cdp_session(opened)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    opened.route("**/api/settings", with_passkeys)
    opened.route(f"http://localhost:{pool.cloud.cloud_port}/", pool.answer)
    opened.goto("/")
    yield opened
    context.close()


def with_passkeys(route: Route) -> None:
    answer = route.fetch()
    settings = answer.json()
    settings["identity"]["passkeys"] = True
    route.fulfill(response=answer, json=settings)


def open_sign_in(page: Page, person: Account) -> None:
    page.get_by_role("button", name="Sign in").first.click()
    page.get_by_role("dialog", name="Sign in").get_by_label("E-mail address").fill(person.email)


def test_a_passkey_is_added_signs_in_without_a_password_and_is_removed(visit: Page, pool: PasskeyPool) -> None:
    person = pool.person
    open_sign_in(visit, person)
    visit.get_by_role("button", name="Sign in with a passkey").click()
    dialog = visit.get_by_role("dialog", name="Sign in")
    expect(dialog.get_by_role("alert")).to_contain_text("There is no passkey for this account")
    dialog.get_by_label("Password", exact=True).fill(person.password)
    dialog.get_by_role("button", name="Sign in", exact=True).click()
    menu = visit.get_by_role("button", name=f"Account of {person.email}")
    menu.click()
    visit.get_by_role("menuitem", name="Passkeys").click()
    passkeys = visit.get_by_role("dialog", name="Passkeys")
    expect(passkeys).to_contain_text("You have none yet")
    passkeys.get_by_role("button", name="Add a passkey").click()
    expect(passkeys.get_by_role("listitem")).to_contain_text("Laptop")
    assert Axe().run(visit).violations_count == 0
    passkeys.get_by_role("button", name="Close").click()

    menu.click()
    visit.get_by_role("menuitem", name="Sign out").click()
    open_sign_in(visit, person)
    visit.get_by_role("button", name="Sign in with a passkey").click()
    expect(menu).to_be_visible()
    menu.click()
    visit.get_by_role("menuitem", name="Passkeys").click()
    passkeys.get_by_role("button", name="Remove Laptop").click()
    visit.get_by_role("dialog", name="Remove this passkey?").get_by_role("button", name="Remove").click()
    expect(passkeys).to_contain_text("You have none yet")
    assert pool.kept == []
