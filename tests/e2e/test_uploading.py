"""Whose an upload is, and what becomes of it when its owner, the line or the page goes: in a real browser."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import jwt
import pytest
from playwright.sync_api import Browser, Dialog, Error, FilePayload, Locator, Page, Request, Route, expect
from tests import photographs
from tests.accounts import Account, account
from tests.e2e.conftest import empty
from tests.e2e.signing_in import account_button, sign_in, sign_out
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(300)]

COUNT = 8
SLOW = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": 60_000}
FAST = SLOW | {"uploadThroughput": -1}


class Gate:
    """Holds back what is sent to the storage until it is opened."""

    def __init__(self, page: Page, cloud: LocalCloud) -> None:
        self._page = page
        self._held: list[Route] = []
        self._open = False
        page.route(lambda url: not url.startswith(cloud.site_url), self._get_or_create_person)

    def hold(self, count: int) -> None:
        """Return once so many requests are held back; the page goes on meanwhile."""
        for _ in range(600):
            if len(self._held) >= count:
                return
            self._page.wait_for_timeout(100)
        raise TimeoutError(f"{len(self._held)} of {count} were sent")

    def _get_or_create_person(self, route: Route) -> None:
        if self._open or route.request.method != "POST":
            route.continue_()
        else:
            self._held.append(route)

    def open(self) -> None:
        """Let everything through from now on; what is held back stays without an answer."""
        self._open = True

    def cut(self) -> None:
        """Break the connections of what is held back."""
        for each in self._held:
            with suppress(Error):
                each.abort("internetdisconnected")


@pytest.fixture
def visit(browser: Browser, local_cloud: LocalCloud, admin: Account) -> Iterator[Page]:
    """A small window on an empty gallery, in whose console lost connections may stand."""
    empty(local_cloud, admin)
    context = browser.new_context(
        base_url=local_cloud.site_url, viewport={"width": 1280, "height": 720}, reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()
    empty(local_cloud, admin)


@pytest.fixture(scope="module")
def people(local_cloud: LocalCloud) -> tuple[Account, Account]:
    return account(local_cloud), account(local_cloud)


def chosen(count: int) -> list[FilePayload]:
    return [
        FilePayload(name=f"{place} {name}", mimeType="image/jpeg", buffer=content)
        for place, (name, content) in enumerate(photographs.some(count))
    ]


def choose(page: Page, count: int) -> None:
    page.locator("input[type=file]").first.set_input_files(chosen(count))


def uploads(page: Page) -> Locator:
    return page.get_by_role("region", name="Uploads")


def pictures_of(cloud: LocalCloud, person: Account) -> list[dict[str, Any]]:
    owner = jwt.decode(person.token, options={"verify_signature": False})["sub"]
    found: list[dict[str, Any]] = []

    def told() -> bool:  # a machine that runs tests may be too busy to answer at once
        with cloud.http(headers=person.headers) as http:
            answer = http.get("/api/images", params={"owner": owner, "limit": "100"})
        if answer.is_success:
            found[:] = answer.json()["images"]
        return answer.is_success

    assert eventually(told, 60)
    return found


def kept(page: Page) -> list[str]:
    """Return what the files are called that this browser keeps since they are not sent yet."""
    names: list[str] = page.evaluate(
        """() => new Promise((resolve, reject) => {
            const opening = indexedDB.open("neural-gallery");
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
                const database = opening.result;
                const rows = database.transaction("unsent uploads").objectStore("unsent uploads").getAll();
                rows.onsuccess = () => { database.close(); resolve(rows.result.map(({ name }) => name)); };
            };
        })"""
    )
    return names


def lose_session(page: Page) -> None:
    """Forget the tokens of whoever is signed in, as another tab does that signs out of the pool alone."""
    other = page.context.new_page()
    other.goto("/favicon.svg")
    other.evaluate(
        "Object.keys(localStorage).filter((key) => /Cognito/.test(key)).forEach((key) => localStorage.removeItem(key))"
    )
    other.close()


def owners(cloud: LocalCloud, admin: Account) -> set[str | None]:
    """Whose the pictures are that everybody sees."""
    with cloud.http(headers=admin.headers) as http:
        return {each["owner"] for each in http.get("/api/images", params={"limit": "100"}).json()["images"]}


def all_sent(page: Page) -> None:
    expect(uploads(page)).not_to_contain_text("ot sent")
    expect(uploads(page)).not_to_contain_text("Uploading")


@needs_model
def test_what_one_person_chose_is_never_anothers(
    visit: Page, local_cloud: LocalCloud, admin: Account, people: tuple[Account, Account]
) -> None:
    anna, ben = people
    sign_in(visit, anna.email, anna.password)
    expect(account_button(visit, anna.email)).to_be_visible()
    before, bens = len(pictures_of(local_cloud, anna)), len(pictures_of(local_cloud, ben))
    line = visit.context.new_cdp_session(visit)
    line.send("Network.emulateNetworkConditions", SLOW)
    choose(visit, COUNT)
    expect(uploads(visit).get_by_text(f"of {COUNT} done")).to_be_visible()
    sign_out(visit, anna.email)
    line.send("Network.emulateNetworkConditions", FAST)
    expect(uploads(visit)).to_contain_text("Sign in again to go on.")
    expect(uploads(visit)).not_to_contain_text(".jpg")

    sign_in(visit, ben.email, ben.password)
    expect(account_button(visit, ben.email)).to_be_visible()
    expect(uploads(visit)).to_have_count(0)
    choose(visit, 1)
    expect(uploads(visit)).to_contain_text("1 uploaded")
    assert eventually(lambda: len(pictures_of(local_cloud, ben)) == bens + 1, 60)
    sign_out(visit, ben.email)

    sign_in(visit, anna.email, anna.password)
    expect(uploads(visit)).to_contain_text("not sent")
    uploads(visit).get_by_role("button", name="Send").last.click()
    all_sent(visit)
    assert eventually(lambda: len(pictures_of(local_cloud, anna)) == before + COUNT, 60)
    assert len(pictures_of(local_cloud, ben)) == bens + 1
    assert None not in owners(local_cloud, admin)


def test_what_was_chosen_by_somebody_whose_session_is_gone_is_not_nobodys(
    visit: Page, local_cloud: LocalCloud, admin: Account, people: tuple[Account, Account]
) -> None:
    anna, _ = people
    sign_in(visit, anna.email, anna.password)
    expect(account_button(visit, anna.email)).to_be_visible()
    lose_session(visit)
    asked: list[str] = []
    visit.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    choose(visit, 2)
    expect(uploads(visit)).to_contain_text("2 files were not sent. Sign in again to go on.")
    assert not any(each.endswith("/api/uploads") for each in asked)
    assert owners(local_cloud, admin) == set()


@needs_model
def test_a_session_that_is_lost_while_files_are_sent_parks_the_rest(
    visit: Page, local_cloud: LocalCloud, admin: Account, people: tuple[Account, Account]
) -> None:
    anna, _ = people
    sign_in(visit, anna.email, anna.password)
    expect(account_button(visit, anna.email)).to_be_visible()
    before = len(pictures_of(local_cloud, anna))
    gate = Gate(visit, local_cloud)
    choose(visit, COUNT)
    gate.hold(4)  # as many as are sent at once
    lose_session(visit)
    visit.get_by_role("button", name="More", exact=True).click()
    visit.get_by_role("menuitem", name="Labels").click()  # whatever asks the gallery next notices
    expect(uploads(visit)).to_contain_text(f"{COUNT} files were not sent. Sign in again to go on.")
    gate.open()
    sign_in(visit, anna.email, anna.password)
    expect(account_button(visit, anna.email)).to_be_visible()
    uploads(visit).get_by_role("button", name="Send").last.click()
    all_sent(visit)
    assert eventually(lambda: len(pictures_of(local_cloud, anna)) == before + COUNT, 60)
    assert None not in owners(local_cloud, admin)


@needs_model
def test_leaving_asks_and_what_was_not_sent_is_named_and_goes_on(
    visit: Page, local_cloud: LocalCloud, admin: Account, people: tuple[Account, Account]
) -> None:
    _, ben = people
    sign_in(visit, ben.email, ben.password)
    expect(account_button(visit, ben.email)).to_be_visible()
    before = len(pictures_of(local_cloud, ben))
    description_requested: list[list[str]] = []

    def listen(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/api/uploads"):
            description_requested.append([each["visibility"] for each in json.loads(request.post_data or "")["files"]])

    visit.on("request", listen)
    gate = Gate(visit, local_cloud)
    choose(visit, 3)
    gate.hold(3)
    questions: list[str] = []

    def leave(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.accept()

    visit.on("dialog", leave)
    uploads(visit).get_by_role("radio", name="Only you").focus()
    visit.keyboard.press("Shift")  # no browser asks where nobody has touched the page
    visit.reload()
    assert questions == ["beforeunload"]
    expect(uploads(visit)).to_contain_text("3 files: Not sent yet.")
    uploads(visit).locator("summary").click()
    for each in chosen(3):
        expect(uploads(visit).get_by_text(each["name"], exact=True)).to_be_visible()
    uploads(visit).get_by_text("Only you", exact=True).click()
    gate.open()
    uploads(visit).get_by_role("button", name="Send all now").click()
    expect(uploads(visit)).to_contain_text("3 uploaded")
    assert description_requested[-1] == ["private"] * 3
    assert eventually(lambda: kept(visit) == [], 60)
    visit.reload(wait_until="networkidle")
    expect(account_button(visit, ben.email)).to_be_visible()
    expect(uploads(visit)).to_have_count(0)
    assert questions == ["beforeunload"]  # nothing was on its way any more
    assert eventually(lambda: len(pictures_of(local_cloud, ben)) == before + 3, 60)
    assert {each["visibility"] for each in pictures_of(local_cloud, ben)[:3]} == {"private"}
    assert None not in owners(local_cloud, admin)


def test_sending_outlives_a_lost_connection_and_a_storage_that_never_answers(
    visit: Page, local_cloud: LocalCloud
) -> None:
    gate = Gate(visit, local_cloud)
    visit.clock.install()
    choose(visit, 1)
    expect(uploads(visit)).to_contain_text("without an account")
    gate.hold(1)
    visit.clock.fast_forward(61_000)
    gate.hold(2)  # given up, and tried again
    visit.context.set_offline(True)
    gate.cut()
    expect(uploads(visit).get_by_role("status")).to_contain_text("No connection")
    visit.clock.run_for(5000)
    gate.open()
    visit.context.set_offline(False)
    expect(uploads(visit)).to_contain_text("1 uploaded")
