"""Suggestions of the search box: what there is of each kind, and for whom."""

from collections.abc import Callable

import pytest
from tests.unit.collection import showing
from tests.unit.conftest import Api
from tests.unit.identity import Pool
from tests.unit.posting import known
from ulid import ULID

from gallery.albums import albums
from gallery.albums.albums import Album
from gallery.pictures.metadata import Camera
from gallery.timestamps import now
from search import suggesting

Suggest = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture(autouse=True)
def read_anew() -> None:
    for remembered in (suggesting._known_months, suggesting._known_cameras):
        remembered.cache_clear()


@pytest.fixture
def suggest(api: Api, pool: Pool) -> Suggest:
    def suggest(query: str, who: str | None = None) -> list[tuple[str, str, str]]:
        answer = api("GET", "/api/suggestions/search", {"query": query}, headers=pool.bearer(who) if who else {})
        assert answer.status == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        return [(each["kind"], each["text"], each["value"]) for each in answer.json["suggestions"]]

    return suggest


def test_each_kind_is_suggested_by_the_beginnings_of_its_words(suggest: Suggest, api: Api, pool: Pool) -> None:
    known("anna")
    name = {"display_name": "Julia Margaret"}
    assert api("PATCH", "/api/me", body=name, headers=pool.bearer("anna")).status == 200
    album = Album(id=str(ULID()), owner="anna", title="Sun in July", created_at=now(), visibility="public")
    albums.create(album)
    canon = Camera(make="Canon", model="Canon EOS 5D")
    showing("golden retriever", owner="anna", taken_at="2024-07-14T12:00:00", taken_from="exif", camera=canon)
    username = known("anna").username
    assert suggest("jul", "ben") == [
        ("person", "Julia Margaret", username),
        ("album", "Sun in July", album.id),
        ("month", "July 2024", "2024-07"),
    ]
    assert suggest("2024 ju") == [("month", "July 2024", "2024-07")]
    assert suggest("GOLD") == suggest("retr") == [("label", "golden retriever", "golden retriever")]
    assert suggest("dogs july 20") == suggest("pets in jul 2") == [("month", "July 2024", "2024-07")]
    assert suggest("eos can") == [("camera", "Canon EOS 5D", "Canon EOS 5D")]
    assert suggest("jul") == suggest("jul", "ben")[1:]
    assert suggest("xyz") == suggest("!") == []


def test_what_is_private_is_suggested_to_its_owner_alone(suggest: Suggest) -> None:
    secret = Album(id=str(ULID()), owner="anna", title="Surprise", created_at=now())
    albums.create(secret)
    nikon = Camera(make="NIKON CORPORATION", model="NIKON D90")
    showing(
        "pug", owner="anna", visibility="private", taken_at="1999-12-31T12:00:00", taken_from="exif", camera=nikon,
        owner_labels=["Surprising"],
    )  # fmt: skip
    assert suggest("surpr", "anna") == [("album", "Surprise", secret.id)]
    assert suggest("dec", "anna") == [("month", "December 1999", "1999-12")]
    assert suggest("nikon", "anna") == [("camera", "NIKON D90", "NIKON D90")]
    for query in ("surpr", "dec", "nikon"):
        assert suggest(query) == suggest(query, "ben") == []


def test_cameras_of_many_months_are_looked_for_in_few_reads(suggest: Suggest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "_MONTHS_LOOKED_AT", 2)
    monkeypatch.setattr(suggesting, "_PICTURES_OF_A_MONTH", 1)
    for month in range(1, 5):
        camera = Camera(make="Leica", model=f"M{month}")
        showing("pug", taken_at=f"2024-0{month}-01T12:00:00", taken_from="exif", camera=camera)
    assert [text for _, text, _ in suggest("leica")] == ["Leica M4", "Leica M2"]


@pytest.mark.parametrize("query", ["", "x" * 201])
def test_a_query_has_a_letter_and_at_most_two_hundred(api: Api, query: str) -> None:
    assert api("GET", "/api/suggestions/search", {"query": query}).status == 422
    assert api("GET", "/api/suggestions/search").status == 422
