"""Filters that a query says in words: what is taken for which, what stays words, and that titles come first."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.unit.collection import showing
from tests.unit.conftest import Answer, Api
from tests.unit.identity import Pool
from tests.unit.posting import known
from ulid import ULID

from gallery.albums import albums
from gallery.albums.albums import Album
from gallery.people import favourites
from gallery.pictures.access import ANYONE
from gallery.pictures.filters import Filters
from gallery.pictures.metadata import Camera, Location
from gallery.pictures.model import Picture
from gallery.timestamps import now
from search.periods import period_in
from search.recognition import recognise

TODAY = date(2026, 11, 30)
"""A Monday."""


@pytest.mark.parametrize(
    ("text", "part", "first", "last"),
    [
        ("dogs in July 2024", "in July 2024", "2024-07-01", "2024-07-31"),
        ("2019", "2019", "2019-01-01", "2019-12-31"),
        ("from 2019 to 2021", "from 2019 to 2021", "2019-01-01", "2021-12-31"),
        ("2019\u20132021", "2019\u20132021", "2019-01-01", "2021-12-31"),
        ("between May 2019 and July 2020", "between May 2019 and July 2020", "2019-05-01", "2020-07-31"),
        ("since 2020", "since 2020", "2020-01-01", None),
        ("before 2019", "before 2019", None, "2018-12-31"),
        ("until June 2020", "until June 2020", None, "2020-06-30"),
        ("after July 14th, 2024", "after July 14th, 2024", "2024-07-15", None),
        ("29 February 2024", "29 February 2024", "2024-02-29", "2024-02-29"),
        ("2024-07-14", "2024-07-14", "2024-07-14", "2024-07-14"),
        ("2024-07", "2024-07", "2024-07-01", "2024-07-31"),
        ("the summer of 2023", "the summer of 2023", "2023-06-01", "2023-08-31"),
        ("winter 2022", "winter 2022", "2022-12-01", "2023-02-28"),
        ("last summer", "last summer", "2026-06-01", "2026-08-31"),
        ("this autumn", "this autumn", "2026-09-01", "2026-11-30"),
        ("last autumn", "last autumn", "2025-09-01", "2025-11-30"),
        ("last december", "last december", "2025-12-01", "2025-12-31"),
        ("last week", "last week", "2026-11-23", "2026-11-29"),
        ("last year", "last year", "2025-01-01", "2025-12-31"),
        ("yesterday", "yesterday", "2026-11-29", "2026-11-29"),
        ("3 years ago", "3 years ago", "2023-01-01", "2023-12-31"),
        ("last 7 days", "last 7 days", "2026-11-23", "2026-11-30"),
        ("the 90s", "the 90s", "1990-01-01", "1999-12-31"),
    ],
)
def test_periods_are_the_days_that_they_name(text: str, part: str, first: str | None, last: str | None) -> None:
    period = period_in(text, TODAY)
    assert period
    assert text[period.start : period.end] == part
    assert [day and day.isoformat() for day in (period.first, period.last)] == [first, last]


@pytest.mark.parametrize(
    "text",
    ["may", "march on Washington", "30 February 2020", "Blade Runner 2049", "2027", "747", "B2019", "1234", "summer"],
)
def test_what_names_no_day_that_was_is_no_period(text: str) -> None:
    assert period_in(text, TODAY) is None


@pytest.mark.usefixtures("gallery")
@pytest.mark.parametrize(
    ("query", "rest", "filters"),
    [
        ("dogs in July 2024", "dogs", {"first": "2024-07-01", "last": "2024-07-31"}),
        ("photos from 2019", "", {"first": "2019-01-01", "last": "2019-12-31"}),
        ("PNG files of cats", "of cats", {"type": "png"}),
        ("raw photos", "", {"type": "raw"}),
        ("dog in portrait format", "dog", {"orientation": "portrait"}),
        ("vertical pictures of dogs", "dogs", {"orientation": "portrait"}),
        ("landscape orientation", "", {"orientation": "landscape"}),
        ("taken with a Canon EOS 5D Mark II", "", {"camera": "Canon EOS 5D Mark II"}),
        ("dogs shot on iPhone 15 Pro last year", "dogs", {"camera": "iPhone 15 Pro", "first": "2025", "last": "2025"}),
        ("iPhone photos", "", {"camera": "iPhone"}),
        ("blue", "", {"color": "blue"}),
        ("mostly red flowers", "flowers", {"color": "red"}),
        ("gray pictures", "", {"color": "grey"}),
        ('labelled "golden retriever" 2019', "", {"label": "golden retriever", "first": "2019", "last": "2019"}),
    ],
)
def test_parts_of_a_query_are_taken_for_filters(query: str, rest: str, filters: dict[str, str]) -> None:
    left, recognised = recognise(query, ANYONE, Filters())
    assert left == rest
    said = {name: value for each in recognised for name, value in each.filters.items()}
    assert said.keys() == filters.keys()
    assert all(str(said[name]).startswith(value) for name, value in filters.items() if "last year" not in query)
    assert [each.text for each in recognised] == sorted((each.text for each in recognised), key=query.index)


@pytest.mark.usefixtures("gallery")
@pytest.mark.parametrize(
    "query",
    [
        "red car", "woman in red", "orange", "red panda", "raw meat", "landscape", "portrait of a woman",
        "black and white photos", "a man's best friend", "dog by the sea", "iPhone", "with love", "square dance",
        "fall leaves", "my favourites", "photo album", "with a place", "label", "by", "my dog",
    ],
)  # fmt: skip
def test_what_is_more_likely_meant_as_words_stays_words(query: str) -> None:
    assert recognise(query, ANYONE, Filters()) == (query, [])


def test_what_is_given_or_shall_be_words_is_not_taken_for_a_filter() -> None:
    assert recognise("dogs 2019", ANYONE, Filters(first="2020-01-01")) == ("dogs 2019", [])
    assert recognise("dogs 2019", ANYONE, Filters(), ["2019"]) == ("dogs 2019", [])
    assert recognise("png 2019", ANYONE, Filters(), ["PNG"])[0] == "png"


def taken(day: str, **said: Any) -> Picture:  # noqa: ANN401
    return showing("pug", owner="anna", taken_at=f"{day}T12:00:00", taken_from="exif", **said)


@pytest.fixture
def ask(api: Api, pool: Pool) -> Callable[..., Answer]:
    def ask(query: str, who: str | None = None, **more: Any) -> Answer:  # noqa: ANN401
        sent = {"query": query, **{name: str(value) for name, value in more.items()}}
        answer = api("GET", "/api/search", sent, headers=pool.bearer(who) if who else {})
        assert answer.status == 200, answer.text
        return answer

    return ask


def ids(answer: Answer) -> list[str]:
    return [each["image"]["id"] for each in answer.json["results"]]


@pytest.mark.usefixtures("words_alone")
def test_a_title_of_these_words_is_found_before_what_they_are_taken_for(ask: Callable[..., Answer]) -> None:
    of_july = [taken(f"2024-07-{day:02}") for day in (1, 2, 3)]
    titled, both = taken("2019-01-01", title="July 2024"), taken("2024-07-04", title="Our July 2024, again")
    taken("2019-01-02")
    answer = ask("July 2024")
    assert ids(answer) == [titled.id, both.id, *(each.id for each in reversed(of_july))]
    assert answer.json["understood"] == [{"text": "July 2024", "filters": {"from": "2024-07-01", "to": "2024-07-31"}}]
    assert answer.json["query"] == "July 2024"
    assert answer.json["total"] == {"count": 5, "exact": True}
    for limit in (1, 2, 3):
        seen, cursor = list[str](), dict[str, str]()
        while True:
            page = ask("July 2024", limit=limit, **cursor)
            assert page.json["total"]["count"] == 5
            seen += ids(page)
            if page.json["next_cursor"] is None:
                break
            cursor = {"cursor": page.json["next_cursor"]}
        assert seen == ids(answer)
    assert set(ids(ask("July 2024", as_words="July 2024"))) == {titled.id, both.id}
    assert set(ids(ask("July 2024", verbatim="true"))) == {titled.id, both.id}
    assert set(ids(ask("dog July 2024"))) == {both.id, *(each.id for each in of_july)}
    assert ids(ask("teapot July 2024")) == []
    assert ids(ask("July 2024", owner="ben")) == []


@pytest.mark.usefixtures("words_alone")
def test_people_albums_labels_favourites_and_places_are_those_that_the_caller_knows(
    ask: Callable[..., Answer], api: Api, pool: Pool
) -> None:
    person, _ = known("anna"), known("ben")
    named = {"display_name": "Anna Atkins"}
    assert api("PATCH", "/api/me", body=named, headers=pool.bearer("anna")).status == 200
    placed = taken("2020-01-01", location=Location(1, 2), camera=Camera(make="Canon", model="Canon EOS R5"))
    plain = taken("2021-01-01")
    favourites.mark(plain, "anna")
    album = Album(id=str(ULID()), owner="anna", title="Sea & sand", created_at=now())
    albums.create(album)
    both = {placed.id, plain.id}
    assert set(ids(ask(f"dogs by {person.username}"))) == set(ids(ask("by me", "anna"))) == both
    assert ids(ask("my favourites", "anna")) == [plain.id]
    assert ids(ask("dogs with a place", "anna")) == [placed.id]
    assert ids(ask("dogs with a Canon EOS R5")) == [placed.id]
    assert set(ids(ask("labelled pug"))) == both
    assert ids(ask("in the album Sea & sand", "anna")) == []
    assert ask("in the album Sea & sand", "anna").json["understood"][0]["filters"] == {"album": album.id}
    assert ask("in the album Sea & sand", "ben").json["understood"] == []
    assert ask("my favourites").json["understood"] == ask("with a place").json["understood"] == []
    for query, text in (("dogs by Anna Atkins", "by Anna Atkins"), ("photos by anna last summer", "by anna")):
        assert ask(query).json["understood"][0] == {"text": text, "filters": {"owner": "anna"}}
    assert api("PATCH", "/api/me", body=named, headers=pool.bearer("ben")).status == 200
    assert ask("dogs by Anna Atkins").json["understood"] == []
