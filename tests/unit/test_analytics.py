"""What admins read from the votes, a page at a time."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from tests.unit.ballots import pictures, voted
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.identity import Pool

from feedback import analytics, casting
from feedback.casting import cast_votes
from feedback.voters import Voter
from gallery.feedback import votes
from gallery.pictures import rows


@pytest.fixture
def root(pool: Pool) -> dict[str, str]:
    """An admin's headers."""
    return pool.bearer("root", groups=["admin"])


def read(api: Api, root: dict[str, str], **query: str) -> Answer:
    return api("GET", "/api/analytics", query=query, headers=root)


def test_an_empty_gallery_has_no_feedback(api: Api, root: dict[str, str]) -> None:
    assert read(api, root).json == {"feedback": [], "next_cursor": None}
    assert read(api, root, query="dog").json == {"feedback": [], "next_cursor": None}


def test_a_query_has_its_pictures_most_voted_first_and_its_days(
    gallery: Gallery,  # noqa: ARG001 - the votes need it
    api: Api,
    root: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    today = datetime.now(UTC)
    days = [(today - timedelta(days=ago)).isoformat(timespec="milliseconds")[:-6] + "Z" for ago in (400, 365, 1)]
    one, two, three = pictures(3)
    for at, picture, positive, negative in zip(days, (one, two, three), (1, 3, 1), (0, 0, 2), strict=True):
        monkeypatch.setattr(casting, "now", lambda at=at: at)
        voted("Big  Dogs", picture, positive=positive, negative=negative)
    (found,) = read(api, root).json["feedback"]
    assert found == {
        "query": "Big Dogs",
        "positive": [{"image_id": two, "count": 3}, {"image_id": one, "count": 1}, {"image_id": three, "count": 1}],
        "negative": [{"image_id": three, "count": 2}],
        "first_at": days[0],
        "last_at": days[2],
        "daily": [
            {"date": days[1][:10], "positive": 3, "negative": 0},
            {"date": days[2][:10], "positive": 1, "negative": 2},
        ],
    }


def test_a_query_is_shown_as_it_was_spelt_first_and_found_by_any_spelling(api: Api, root: dict[str, str]) -> None:
    (picture,) = pictures(1)
    for spelling in ("Big Dogs", "big dog", "a BIG dog!"):
        voted(spelling, picture, positive=1)
    for asked in ("big dogs", "THE BIG DOG"):
        (found,) = read(api, root, query=asked).json["feedback"]
        assert (found["query"], found["positive"]) == ("Big Dogs", [{"image_id": picture, "count": 1}])
    assert read(api, root, query="small dog").json["feedback"] == []


def test_days_and_pictures_whose_votes_moved_away_are_left_out(
    api: Api, root: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (picture,) = pictures(1)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    with monkeypatch.context() as patch:
        patch.setattr(casting, "now", lambda: f"{yesterday}T00:00:00.000Z")
        voted("dog", picture, positive=1)
    voted("dog", picture, negative=1)
    (found,) = read(api, root).json["feedback"]
    assert (found["positive"], found["negative"]) == ([], [{"image_id": picture, "count": 1}])
    assert [(each["positive"], each["negative"]) for each in found["daily"]] == [(0, 1)]


def test_queries_come_most_voted_first_page_by_page(api: Api, root: dict[str, str]) -> None:
    (picture,) = pictures(1)
    for number, query in enumerate(["ant", "bee", "cat", "dög", "elk 🫎"]):
        voted(query, picture, positive=1 + number % 3)
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = read(api, root, limit="2", **cursor).json
        assert len(page["feedback"]) <= 2
        seen += [each["query"] for each in page["feedback"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert sorted(seen) == ["ant", "bee", "cat", "dög", "elk 🫎"]
    assert seen[0] == "cat"
    assert set(seen[1:3]) == {"bee", "elk 🫎"}


def test_lists_are_bounded(api: Api, root: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analytics, "_SHOWN", 3)
    cast_votes("dog", dict.fromkeys(pictures(5), 1), Voter("account anna"))
    (found,) = read(api, root).json["feedback"]
    assert len(found["positive"]) == 3


def cursor_of(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


NO_POSITIONS = [
    "5", "null", '"dog"', "{}", "[]", "[1]", '["dog",1]', '[1,"dog",2]', '[true,"dog"]', '[1.5,"dog"]', '[-1,"dog"]',
    '[1,""]', '[1,"\\ud800"]', '[1e400,"dog"]', f'[{"9" * 5000},"dog"]', f'[1,"{"x" * 601}"]', "[" * 5000,
]  # fmt: skip
FOREIGN = ["x", "%%%", "é", "", "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "A" * 5000, "_w==", *map(cursor_of, NO_POSITIONS)]


def test_a_foreign_cursor_is_refused(api: Api, root: dict[str, str]) -> None:
    answers = {cursor: read(api, root, cursor=cursor) for cursor in FOREIGN}
    assert {cursor: each.status for cursor, each in answers.items()} == dict.fromkeys(FOREIGN, 400)
    assert {each.headers["content-type"] for each in answers.values()} == {"application/problem+json"}


def test_one_query_has_no_second_page(api: Api, root: dict[str, str]) -> None:
    assert read(api, root, query="dog", cursor=cursor_of('[1,"dog"]')).status == 400


BAD = [
    ({"limit": "0"}, "limit"),
    ({"limit": "101"}, "limit"),
    ({"limit": "x"}, "limit"),
    ({"query": ""}, "query"),
    ({"query": " "}, "query"),
    ({"query": "x" * 201}, "query"),
    ({"format": "xml"}, "format"),
    ({"format": ""}, "format"),
]


def test_a_bad_parameter_is_named(api: Api, root: dict[str, str]) -> None:
    for query, field in BAD:
        answer = read(api, root, **query)
        assert (answer.status, [each["field"] for each in answer.json["errors"]]) == (422, [field])


def test_only_admins_read_what_people_said(api: Api, pool: Pool) -> None:
    for query in ({}, {"format": "csv"}, {"query": "dog"}):
        assert api("GET", "/api/analytics", query=query).status == 401
        assert api("GET", "/api/analytics", query=query, headers=pool.bearer("eve")).status == 403


def test_nothing_about_votes_is_taken_for_a_posting_by_the_sweeper(gallery: Gallery) -> None:
    voted("dog", pictures(1)[0], positive=1)
    assert votes.changes() == 1
    assert len(gallery.rows()) == 7
    assert [row for row in gallery.rows() if rows.posting_id(row) is not None] == []
