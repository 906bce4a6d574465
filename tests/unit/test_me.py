"""One's own profile over the API: a name chosen once, words for others to read, and what others see."""

import pytest
from tests.unit.conftest import Api, Gallery
from tests.unit.identity import Pool

from gallery.people import people
from gallery.pictures.access import Caller


def test_a_profile_is_shown_to_its_owner_and_to_others(api: Api, pool: Pool) -> None:
    mine = api("GET", "/api/me", headers=pool.bearer("anna")).json
    assert (mine["sub"], mine["admin"], mine["username_chosen"]) == ("anna", False, False)
    changes = {"username": "anna_b", "display_name": "  Anna  B. ", "bio": "Dogs,\nmostly."}
    changed = api("PATCH", "/api/me", body=changes, headers=pool.bearer("anna")).json
    assert (changed["username"], changed["username_chosen"]) == ("anna_b", True)
    assert (changed["display_name"], changed["bio"]) == ("Anna B.", "Dogs, mostly.")
    assert api("GET", "/api/users/anna_b").json == {
        "username": "anna_b", "display_name": "Anna B.", "bio": "Dogs, mostly.",
        "followers": 0, "following": 0, "posts": 0, "followed_by_me": False,
    }  # fmt: skip
    assert api("GET", "/api/me", headers=pool.bearer("anna", groups=["admin"])).json["admin"] is True


def test_the_name_given_first_is_free_once_another_was_chosen(api: Api, pool: Pool, gallery: Gallery) -> None:
    given = api("GET", "/api/me", headers=pool.bearer("anna")).json["username"]
    api("PATCH", "/api/me", body={"username": "anna"}, headers=pool.bearer("anna"))
    assert api("GET", f"/api/users/{given}").status == 404
    claims = {row["pk"] for row in gallery.rows() if row["sk"] == "USERNAME"}
    assert claims == {"USERNAME#anna"}


def test_a_name_is_chosen_once(api: Api, pool: Pool) -> None:
    headers = pool.bearer("anna")
    assert api("PATCH", "/api/me", body={"username": "anna"}, headers=headers).status == 200
    assert api("PATCH", "/api/me", body={"username": "anna", "bio": "Still me."}, headers=headers).status == 200
    second = api("PATCH", "/api/me", body={"username": "hanna"}, headers=headers)
    assert (second.status, second.json["errors"][0]["field"]) == (409, "username")
    assert api("GET", "/api/me", headers=headers).json["bio"] == "Still me."


def test_a_name_given_can_be_chosen_as_it_is(api: Api, pool: Pool) -> None:
    given = api("GET", "/api/me", headers=pool.bearer("anna")).json["username"]
    kept = api("PATCH", "/api/me", body={"username": given}, headers=pool.bearer("anna"))
    assert (kept.status, kept.json["username"], kept.json["username_chosen"]) == (200, given, True)


def test_two_people_never_have_the_same_name(api: Api, pool: Pool) -> None:
    assert api("PATCH", "/api/me", body={"username": "anna"}, headers=pool.bearer("anna")).status == 200
    refused = api("PATCH", "/api/me", body={"username": "anna", "bio": "Me, too."}, headers=pool.bearer("ben"))
    assert (refused.status, "taken" in refused.json["detail"]) == (409, True)
    ben = api("GET", "/api/me", headers=pool.bearer("ben")).json
    assert (ben["username_chosen"], ben["bio"]) == (False, None)


@pytest.mark.parametrize(
    "change",
    [
        {"username": "Anna"},
        {"username": "an"},
        {"username": "a" * 31},
        {"username": "anna\n"},
        {"username": "admin"},
        {"username": "me"},
        {"display_name": "a" * 61},
        {"display_name": "Anna\u202e"},
        {"display_name": "An\x00na"},
        {"bio": "a" * 301},
        {"sub": "ben"},
        {"followers": 1000},
    ],
)
def test_what_is_no_name_and_no_text_is_refused_and_changes_nothing(
    api: Api, pool: Pool, change: dict[str, object]
) -> None:
    before = api("GET", "/api/me", headers=pool.bearer("anna")).json
    assert api("PATCH", "/api/me", body=change, headers=pool.bearer("anna")).status == 422
    assert api("GET", "/api/me", headers=pool.bearer("anna")).json == before


def test_words_can_be_taken_back(api: Api, pool: Pool) -> None:
    headers = pool.bearer("anna")
    api("PATCH", "/api/me", body={"display_name": "Anna", "bio": "Dogs."}, headers=headers)
    taken = api("PATCH", "/api/me", body={"display_name": None, "bio": ""}, headers=headers)
    assert (taken.status, taken.json["display_name"], taken.json["bio"]) == (200, None, None)
    assert api("PATCH", "/api/me", body={}, headers=headers).status == 200


def test_following_is_seen_in_counts_and_lists(api: Api, pool: Pool) -> None:
    for name in ("anna", "ben", "cleo"):
        api("PATCH", "/api/me", body={"username": name}, headers=pool.bearer(name))
    for who, whom in (("anna", "ben"), ("anna", "ben"), ("cleo", "ben"), ("cleo", "anna")):
        assert api("PUT", f"/api/users/{whom}/follow", headers=pool.bearer(who)).status == 204
    ben = api("GET", "/api/users/ben", headers=pool.bearer("anna")).json
    assert (ben["followers"], ben["followed_by_me"]) == (2, True)
    first = api("GET", "/api/users/ben/followers", query={"limit": "1"}).json
    second = api("GET", "/api/users/ben/followers", query={"limit": "1", "cursor": first["next_cursor"]}).json
    assert sorted(each["users"][0]["username"] for each in (first, second)) == ["anna", "cleo"]
    assert second["next_cursor"] is None
    mutual = api("GET", "/api/users/ben/mutual", headers=pool.bearer("anna")).json
    assert [each["username"] for each in mutual["users"]] == ["cleo"]
    following = api("GET", "/api/users/cleo/following", headers=pool.bearer("anna")).json["users"]
    assert {each["username"]: each["followed_by_me"] for each in following} == {"anna": False, "ben": True}
    assert api("DELETE", "/api/users/ben/follow", headers=pool.bearer("anna")).status == 204
    suggested = api("GET", "/api/suggestions", headers=pool.bearer("anna")).json
    assert suggested == {"users": []}


def test_suggestions_say_how_many_connections_are_shared(api: Api, pool: Pool) -> None:
    for name in ("anna", "ben", "cleo"):
        api("PATCH", "/api/me", body={"username": name}, headers=pool.bearer(name))
    api("PUT", "/api/users/ben/follow", headers=pool.bearer("anna"))
    api("PUT", "/api/users/cleo/follow", headers=pool.bearer("ben"))
    (cleo,) = api("GET", "/api/suggestions", headers=pool.bearer("anna")).json["users"]
    assert (cleo["username"], cleo["shared"], cleo["followed_by_me"]) == ("cleo", 1, False)


def test_nobody_follows_themselves_or_nobody(api: Api, pool: Pool) -> None:
    name = api("GET", "/api/me", headers=pool.bearer("anna")).json["username"]
    assert api("PUT", f"/api/users/{name}/follow", headers=pool.bearer("anna")).status == 422
    for method in ("PUT", "DELETE"):
        assert api(method, "/api/users/nobody_at_all/follow", headers=pool.bearer("anna")).status == 404


@pytest.mark.parametrize("cursor", ["PERSON%23anna", "../x", "a" * 65])
def test_a_cursor_that_is_not_ours_is_a_400(api: Api, pool: Pool, cursor: str) -> None:
    name = api("GET", "/api/me", headers=pool.bearer("anna")).json["username"]
    assert api("GET", f"/api/users/{name}/followers", query={"cursor": cursor}).status == 400


def test_who_is_disabled_is_not_shown(api: Api, pool: Pool) -> None:
    anna = people.get_or_create_person(Caller("anna"))
    people.disable(anna)
    assert api("GET", f"/api/users/{anna.username}").status == 404
    assert api("GET", f"/api/users/{anna.username}/followers").status == 404
    assert api("GET", "/api/me", headers=pool.bearer("anna")).status == 403
