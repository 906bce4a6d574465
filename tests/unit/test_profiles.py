"""Profiles: made on first sight, names, and those who may do nothing any more."""

import re

import pytest
from tests.unit.conftest import Api, Gallery
from tests.unit.identity import Pool
from tests.unit.pictures import annas

from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.people import people
from gallery.pictures.access import Caller


def test_a_profile_is_made_on_first_sight_and_found_ever_after(gallery: Gallery) -> None:  # noqa: ARG001
    anna = people.get_or_create_person(Caller("anna"))
    assert re.fullmatch(r"member_[a-z0-9]{8}", anna.username)
    assert (anna.username_chosen, anna.followers, anna.following, anna.posts) == (False, 0, 0, 0)
    assert (
        people.get_or_create_person(Caller("anna")) == people.find("anna") == people.by_username(anna.username) == anna
    )
    assert people.find_all(["anna", "nobody", "anna"]) == {"anna": anna}


def test_nobody_is_found_by_what_is_no_name(gallery: Gallery) -> None:  # noqa: ARG001
    assert people.by_username("nobody") is None
    assert people.by_username("Anna!") is None
    assert people.by_username("") is None


def test_a_name_that_is_taken_is_given_to_nobody_else(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    names = ["member_00000000", "member_00000000", "member_11111111"]
    monkeypatch.setattr(people, "_given_name", lambda: names.pop(0))
    assert people.get_or_create_person(Caller("anna")).username == "member_00000000"
    assert people.get_or_create_person(Caller("ben")).username == "member_11111111"


def test_two_first_requests_at_once_make_one_profile(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    first, find, blind = people.get_or_create_person(Caller("anna")), people.find, [True]
    monkeypatch.setattr(people, "find", lambda sub: None if blind and blind.pop() else find(sub))
    assert people.get_or_create_person(Caller("anna")) == first
    assert blind == []
    assert sum(row["pk"].startswith("USERNAME#") for row in gallery.rows()) == 1


@pytest.mark.parametrize(("state", "status"), [("disabled", 403), ("erasing", 401), ("erased", 401)])
def test_the_token_of_somebody_blocked_changes_nothing_from_that_moment_on(
    api: Api, pool: Pool, state: people.State, status: int
) -> None:
    picture = annas()
    people.get_or_create_person(Caller("anna"))
    table.transact_write([people.become("anna", state, "active")])
    bodies = {
        "POST /api/uploads": {"files": [{"name": "dog.jpg", "type": "image/jpeg", "size": 9}]},
        "POST /api/feedback": {"feedback": [{"query": "dog", "positive": [picture.id]}]},
        f"PATCH /api/images/{picture.id}": {"title": "mine"},
        f"DELETE /api/images/{picture.id}": None,
        "POST /api/admin/failures/redrive": None,
    }
    for route, body in bodies.items():
        answer = api(*route.split(), body=body, headers=pool.bearer("anna", groups=["admin"]))
        assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json"), route
        assert "This account is d" in answer.json["detail"]


def test_who_was_enabled_again_goes_on(api: Api, pool: Pool) -> None:
    picture = annas()
    people.disable(people.get_or_create_person(Caller("anna")))
    found = people.find("anna")
    assert found
    assert found.state == "disabled"
    people.enable(found)
    assert api("DELETE", f"/api/images/{picture.id}", headers=pool.bearer("anna")).status == 204


def test_nobody_who_is_being_erased_is_enabled(gallery: Gallery) -> None:  # noqa: ARG001
    people.disable(people.get_or_create_person(Caller("anna")))
    disabled = people.find("anna")
    table.transact_write([people.become("anna", "erasing", "disabled")])
    assert disabled
    with pytest.raises(Conflict):
        people.enable(disabled)


def test_a_bad_token_changes_nothing_even_where_none_is_needed(api: Api, pool: Pool) -> None:
    body = {"feedback": [{"query": "dog", "positive": [annas().id]}]}
    headers = {"authorization": f"Bearer {pool.token('anna', exp=1)}"}
    assert api("POST", "/api/feedback", body=body, headers=headers).status == 401
