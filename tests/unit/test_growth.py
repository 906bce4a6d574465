"""A gallery grows, but its pages cost the same: read units of each page at a hundred and a million pictures.

The functions are the real ones; what DynamoDB would bill is reckoned by its published rule, since emulators don't
count: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from collections.abc import Callable
from typing import Any

import pytest
from tests.benchmarks._table import Table
from tests.unit.conftest import Api
from tests.unit.grown import TOKEN, grown, image_id, sub
from tests.unit.identity import Pool
from tests.unit.pages import LARGE, MANY, PAGES, Page

from gallery.api import client_identity
from openapi import whole

ROUNDING = 1
"""Units by which a page may differ, since what a query reads is rounded up."""
ENDLESS = 2000
"""Units at which a page is not waited for any longer."""


Cost = Callable[[Page, int], float]


@pytest.fixture
def cost(api: Api, pool: Pool) -> Cost:
    """Ask for a page of a gallery of so many pictures; return the read units it took."""

    def ask(page: Page, pictures: int) -> float:
        client_identity.key_at("CURSORS", "KEY")  # which each instance of a function reads once
        table = Table(grown(pictures), most=ENDLESS)
        table.stand_in()
        headers = {} if page.who is None else pool.bearer(sub(page.who), groups=["admin"])
        answer = api("GET", page.path, page.query, headers=headers)
        table.stand_aside()
        assert answer.status == 200, answer.text
        assert len(answer.json[page.listed]) == page.entries
        return table.units

    return ask


@pytest.mark.parametrize("page", PAGES, ids=[each.name.replace(" ", "-") for each in PAGES])
def test_a_page_costs_the_same_however_many_pictures_there_are(cost: Cost, page: Page) -> None:
    among_many = cost(page, max(LARGE, 10 * page.steady))
    assert among_many == pytest.approx(cost(page, page.steady), abs=ROUNDING)
    assert among_many <= page.units


def test_the_feed_of_who_follows_ten_thousand_of_a_million_is_bounded_too(cost: Cost) -> None:
    # Of a million people's posts one in a hundred is theirs, so that the page is short and says where to go on.
    page = Page("feed", "/api/feed", "posts", 700, who=MANY, entries=12)
    assert cost(page, LARGE) <= page.units


def test_every_list_of_the_api_is_among_these_pages() -> None:
    described = whole()["paths"]
    lists = {path for path, calls in described.items() if _is_list(calls.get("get", {}))}
    measured = {page.path.replace(image_id(5), "{image_id}") for page in PAGES}
    measured |= {path.replace(TOKEN, "{token}") for path in measured}
    named = {path.replace("person_7", "{username}").replace("person_1", "{username}") for path in measured}
    assert lists <= named


def _is_list(call: dict[str, Any]) -> bool:
    return any(each["name"] == "limit" for each in call.get("parameters", ()))
