"""Failed pictures stand in no list but their owner's and the admins'."""

from collections.abc import Mapping

import pytest
from tests.unit.conftest import Api
from tests.unit.identity import Pool
from tests.unit.pictures import annas, broken, ticket

from gallery.pictures import catalogue
from gallery.pictures.model import Failure, failed


@pytest.fixture
def failures(api: Api) -> dict[str, str]:  # noqa: ARG001 - where they are
    """A failed picture of each kind, by whose it is."""
    return {
        "anna": broken(owner="anna", filename="divorce.pdf").id,
        "anna, private": broken(owner="anna", visibility="private").id,
        "ben": broken(owner="ben").id,
        "nobody": broken().id,
    }


def seen(api: Api, failures: Mapping[str, str], headers: dict[str, str], **query: str) -> set[str]:
    text = api("GET", "/api/images", query=query, headers=headers).text
    return {whose for whose, image_id in failures.items() if image_id in text}


def test_they_stand_in_their_owners_and_the_admins_lists_alone(api: Api, pool: Pool, failures: dict[str, str]) -> None:
    anna, eve, root = pool.bearer("anna"), pool.bearer("eve"), pool.bearer("root", groups=["admin"])
    everyone: list[dict[str, str]] = [{}, anna, eve, root]
    annas = {"anna", "anna, private"}
    ids = ",".join(failures.values())
    for query, expected in (
        ({}, [set(), set(), set(), set()]),
        ({"status": "failed"}, [set(), annas, set(), set(failures)]),
        ({"owner": "anna"}, [set(), annas, set(), annas]),
        ({"label": "Rex"}, [set(), set(), set(), set()]),
        ({"ids": ids}, [{"nobody"}, {"nobody", *annas}, {"nobody"}, set(failures)]),
    ):
        assert [seen(api, failures, who, **query) for who in everyone] == expected, query


def test_a_picture_that_fails_leaves_every_list_and_count_of_the_public(api: Api, pool: Pool) -> None:
    picture = annas(owner_labels=["Rex"])
    assert api("GET", "/api/labels").json["labels"] == [{"label": "Rex", "count": 1}]
    catalogue.change(picture, failed(picture, "e", Failure("truncated", "It ends too early.")))
    for query in ({}, {"label": "Rex"}, {"status": "captioned"}, {"status": "failed"}, {"owner": "anna"}):
        assert api("GET", "/api/images", query=query).json["images"] == []
    assert api("GET", "/api/labels").json["labels"] == []
    assert api("GET", f"/api/images/{picture.id}").status == 404
    assert api("GET", f"/api/images/{picture.id}", headers=pool.bearer("anna")).json["failure"]["code"] == "truncated"


def test_what_is_on_its_way_is_still_seen_by_who_sent_it(api: Api) -> None:
    assert api("GET", f"/api/images/{ticket().id}").status == 200
