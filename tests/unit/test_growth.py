"""A gallery grows, but its pages cost the same: read units of each page at a hundred and a million pictures.

The functions are the real ones; what DynamoDB would bill is reckoned by its published rule, since emulators don't
count: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from infra.tools.cost import DEAREST
from tests.benchmarks._table import Table
from tests.unit.conftest import Api
from tests.unit.grown import OFTEN, grown, image_id, sub
from tests.unit.identity import Pool

from gallery.api import client_identity
from openapi import whole

SMALL, LARGE = 100, 1_000_000
FEW, MANY = 0, 1
"""Who follows ten people, and who follows ten thousand."""
ROUNDING = 1
"""Units by which a page may differ, since what a query reads is rounded up."""
ENDLESS = 2000
"""Units at which a page is not waited for any longer."""
VOTES = 22.5
"""What the votes on a query add to it at the most, see infra.tools.cost."""


@dataclass(frozen=True)
class Page:
    """A page, what it lists, how many of it, and how many read units it may cost.

    From `steady` pictures on, and at least to a million, it costs the same: what is read deeper has to be that long.
    """

    name: str
    path: str
    listed: str
    units: float
    query: dict[str, str] = field(default_factory=dict)
    who: int | None = None
    entries: int = 24
    steady: int = SMALL


PAGES = [
    Page("newest pictures", "/api/images", "images", 14),
    Page("pictures of a label", "/api/images", "images", 14, {"label": OFTEN}),
    Page("pictures of an owner", "/api/images", "images", 14, {"owner": sub(0)}),
    Page("captioned pictures", "/api/images", "images", 14, {"status": "captioned"}),
    Page("failed pictures", "/api/images", "images", 15, {"status": "failed"}, who=FEW),
    Page("later pictures", "/api/images", "images", 14, {"cursor": image_id(60)}),
    Page("labels and how often each is shown", "/api/labels", "labels", 128, entries=1000, steady=LARGE),
    Page("search", "/api/search", "results", DEAREST.reads + VOTES, {"query": "dog"}, steady=LARGE),
    Page("search for a word", "/api/search", "results", DEAREST.reads + VOTES, {"query": OFTEN}, steady=LARGE),
    Page("similar pictures", f"/api/images/{image_id(5)}/similar", "results", 66, steady=LARGE),
    Page("everybody's posts", "/api/posts", "posts", 37),
    Page("everybody's posts, for a member", "/api/posts", "posts", 62, who=FEW),
    Page("one person's posts", "/api/posts", "posts", 17, {"author": "person_7"}),
    Page("most liked posts", "/api/posts/most-liked", "posts", 20, entries=5),
    Page("feed of who follows ten", "/api/feed", "posts", 56, who=FEW),
    Page("followers", "/api/users/person_7/followers", "users", 28, who=FEW),
    Page("whom somebody follows", "/api/users/person_1/following", "users", 28, who=FEW),
    Page("mutual followers", "/api/users/person_7/mutual", "users", 120, who=FEW),
    Page("suggestions", "/api/suggestions", "users", 205, who=MANY, entries=10, steady=LARGE),
    Page("failures and dead letters", "/api/admin/failures", "failures", 67, who=FEW),
    Page("people", "/api/admin/people", "people", 14, who=FEW),
    Page("log", "/api/admin/log", "entries", 14, who=FEW),
    Page("reports", "/api/admin/reports", "reports", 40, who=FEW),
    Page("what was voted on", "/api/analytics", "feedback", 290, who=FEW),
    Page("figures", "/api/admin/stats", "captions_per_hour", 26, who=FEW, entries=48),
]

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
    named = {path.replace("person_7", "{username}").replace("person_1", "{username}") for path in measured}
    assert lists <= named


def _is_list(call: dict[str, Any]) -> bool:
    return any(each["name"] == "limit" for each in call.get("parameters", ()))
