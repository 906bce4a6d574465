"""A cursor tells nobody's inner name, and serves the list alone that gave it out."""

import base64
from typing import Any

import pytest
from tests.unit.conftest import Api
from tests.unit.identity import Pool

from gallery.people import follows, people
from gallery.pictures.access import Caller

SUBS = [f"5f0c1a52-7021-70d4-8a6b-2f5be9b1c8d{number}" for number in range(6)]
ANNA, BEN, *OTHERS = SUBS


@pytest.fixture
def lists(api: Api, pool: Pool) -> Any:  # noqa: ANN401 - a function of a path and a cursor
    """Call a list of people as an admin who is Anna; she and Ben are followed by all others, and follow these."""
    for sub in SUBS:
        people.get_or_create_person(Caller(sub))
    for other in OTHERS:
        for followed in (ANNA, BEN):
            follows.follow(other, followed)
            follows.follow(followed, other)

    def call(path: str, cursor: str | None = None) -> Any:  # noqa: ANN401 - an answer
        query = {"limit": "1"} | ({"cursor": cursor} if cursor is not None else {})
        return api("GET", path, query=query, headers=pool.bearer(ANNA, groups=["admin"]))

    return call


def paths() -> list[str]:
    ben = people.get_or_create_person(Caller(BEN)).username
    anna = people.get_or_create_person(Caller(ANNA)).username
    circles = [f"/api/users/{name}/{which}" for name in (anna, ben) for which in ("followers", "following")]
    return [*circles, f"/api/users/{ben}/mutual", "/api/admin/people"]


def test_no_cursor_shows_a_subject_and_each_leads_through_the_whole_list(lists: Any) -> None:  # noqa: ANN401
    for path in paths():
        seen: list[str] = []
        cursor = None
        for _ in range(10):
            answer = lists(path, cursor).json
            seen += [each["username"] for each in answer.get("users", answer.get("people"))]
            cursor = answer["next_cursor"]
            if cursor is None:
                break
            shown = cursor.encode() + base64.b64decode(cursor, altchars=b"-_")
            assert not any(sub.encode() in shown for sub in SUBS)
        assert len(set(seen)) == len(seen) == (6 if path.endswith("people") else 4)


def test_a_cursor_of_another_list_or_of_nobodys_is_refused(lists: Any) -> None:  # noqa: ANN401
    given = {path: lists(path).json["next_cursor"] for path in paths()}
    for path, own in given.items():
        foreign = [cursor for other, cursor in given.items() if other != path]
        for cursor in (*foreign, ANNA, "x", "", "AAAA", own[:-4], f"{own}AAAA", "é", "\x00"):
            assert lists(path, cursor).status == 400, (path, cursor)
