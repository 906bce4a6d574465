"""Filters of search: what each leaves, together and beside a query, for whom, and how many that are."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.collection import showing
from tests.unit.conftest import Answer, Api
from tests.unit.identity import Pool
from tests.unit.posting import known
from ulid import ULID

from gallery.albums import albums, membership
from gallery.albums.albums import Album
from gallery.api import filtering
from gallery.lifecycle.trash import put_into_trash
from gallery.people import favourites
from gallery.pictures import catalogue
from gallery.pictures.colors import COLOR_NAMES, is_near, name_of
from gallery.pictures.filters import camera_name
from gallery.pictures.metadata import Camera, Location
from gallery.pictures.model import Content, Picture, restricted
from gallery.timestamps import now

pytestmark = pytest.mark.usefixtures("words_alone")

HERE = Location(48.1, 11.5)
CANON, NIKON = Camera(make="Canon", model="Canon EOS 5D Mark II"), Camera(make="NIKON CORPORATION", model="D90")

Find = Callable[..., list[str]]


def taken(day: str, seen: str = "pug", owner: str | None = "anna", **said: Any) -> Picture:  # noqa: ANN401
    content = {name: said.pop(name) for name in tuple(said) if name in Content.__dataclass_fields__}
    picture = showing(seen, owner=owner, taken_at=f"{day}T12:00:00", taken_from="exif", **said)
    assert picture.content
    return catalogue.change(picture, replace(picture, content=replace(picture.content, **content)))


@pytest.fixture
def ask(api: Api, pool: Pool) -> Callable[..., Answer]:
    def ask(who: str | None = None, **query: Any) -> Answer:  # noqa: ANN401
        groups = ["admin"] if who == "root" else []
        headers = pool.bearer(who, groups=groups) if who else {}
        named = {{"first": "from", "last": "to"}.get(name, name): str(value) for name, value in query.items()}
        return api("GET", "/api/search", named, headers=headers)

    return ask


@pytest.fixture
def find(ask: Callable[..., Answer]) -> Find:
    def find(who: str | None = None, **query: Any) -> list[str]:  # noqa: ANN401
        answer = ask(who, **query)
        assert answer.status == 200, answer.text
        return [each["image"]["id"] for each in answer.json["results"]]

    return find


# What each leaves


def test_each_filter_leaves_what_it_says_alone_and_beside_a_query(find: Find) -> None:
    jpeg = taken("2024-07-14", width=40, height=30, media_type="image/jpeg", color="#cc2211", camera=CANON)
    png = taken("2019-01-02", width=30, height=40, media_type="image/png", color="#2244cc", camera=NIKON, owner="ben")
    raw = taken("2021-05-05", width=30, height=30, media_type="image/x-canon-cr2", color="#808080")
    asked: list[tuple[dict[str, object], Picture]] = [
        ({"first": "2024-07-14", "last": "2024-07-14"}, jpeg),
        ({"last": "2019-12-31"}, png),
        ({"first": "2020-01-01", "last": "2021-12-31"}, raw),
        ({"owner": "ben"}, png),
        ({"type": "image/jpeg"}, jpeg),
        ({"type": "PNG"}, png),
        ({"type": "raw"}, raw),
        ({"orientation": "landscape"}, jpeg),
        ({"orientation": "portrait"}, png),
        ({"orientation": "square"}, raw),
        ({"camera": "canon eos"}, jpeg),
        ({"camera": "Nikon Corporation D90"}, png),
        ({"color": "red"}, jpeg),
        ({"color": "blue"}, png),
        ({"color": "gray"}, raw),
        ({"color": "#2040d0"}, png),
        ({"type": "jpeg", "orientation": "landscape", "color": "red", "camera": "5d", "first": "2024-01-01"}, jpeg),
    ]
    for query in ({}, {"query": "dog"}):
        for filters, picture in asked:
            assert find(**query, **filters) == [picture.id], filters
        assert find(**query, type="jpeg", orientation="portrait") == []
        assert find(**query, label="teapot") == []
        assert set(find("anna", **query, label="PUG")) == set(find(**query, label="pug")) == {jpeg.id, png.id, raw.id}
    assert find(query="teapot", type="jpeg") == []
    assert find(first="2019-01-01") == [jpeg.id, raw.id, png.id]


def test_usernames_and_me_say_whose(find: Find, ask: Callable[..., Answer]) -> None:
    annas, bens = taken("2024-01-01"), taken("2024-01-02", owner="ben", visibility="private")
    assert find(owner=known("anna").username) == [annas.id]
    assert find("ben", owner="me") == find("ben", owner=known("ben").username) == [bens.id]
    assert ask(owner="me").status == 401
    assert find("anna", owner="ben") == find(owner="nobody") == []
    assert find("root", owner="ben") == [bens.id]


def test_favourites_are_the_callers_own_wherever_they_are(find: Find, ask: Callable[..., Answer]) -> None:
    own, others, _ = taken("2024-01-01"), taken("2023-01-01", owner="ben"), taken("2022-01-01")
    known("anna")
    for picture in (own, others):
        favourites.mark(picture, "anna")
    assert find("anna", favourite="true") == [others.id, own.id]
    assert find("anna", favourite="true", query="dog", last="2023-12-31") == [others.id]
    assert find("anna", favourite="true", owner="ben") == [others.id]
    assert find("ben", favourite="true") == []
    assert ask(favourite="true").status == 401


def test_what_an_album_shows_is_found_in_it_by_whom_it_shows_it(find: Find, ask: Callable[..., Answer]) -> None:
    known("anna"), known("ben")
    inside, public, outside = taken("2024-01-01", visibility="private"), taken("2023-01-01"), taken("2022-01-01")
    album = albums.create(Album(id=str(ULID()), owner="anna", title="Sea", created_at=now(), visibility="public"))
    for picture in (inside, public):
        membership.add(picture, album, "anna", originals=None, since=now())
    for query in ({}, {"query": "dog"}):
        assert set(find("anna", album=album.id, **query)) == {inside.id, public.id}
        assert find("ben", album=album.id, **query) == find(album=album.id, **query) == [public.id]
        assert find("anna", album=album.id, last="2023-12-31", **query) == [public.id]
    albums.change(album, replace(album, visibility="private", people={"ben": "viewer"}))
    assert ask("cleo", album=album.id).status == ask(album=album.id, query="dog").status == 404
    assert ask(album="no such album").status == 404
    favourites.mark(catalogue.find(public.id) or public, "ben")
    for query in ({}, {"query": "dog"}):
        assert set(find("ben", album=album.id, **query)) == {inside.id, public.id}
        assert find("ben", album=album.id, favourite="true", **query) == [public.id]
        assert set(find("ben", owner="anna", **query)) == {public.id, outside.id}


# Who may know


def test_filters_show_nobody_what_is_private_trashed_archived_or_failed(find: Find) -> None:
    public = taken("2024-01-05")
    private = taken("2024-01-04", visibility="private")
    archived = taken("2024-01-03", archived=True)
    put_into_trash(taken("2024-01-02"))
    hidden = taken("2024-01-01")
    catalogue.change(hidden, restricted(hidden, hidden=True, trashed_at=None))
    own = [public.id, private.id, archived.id, hidden.id]
    for filters in ({"type": "jpeg"}, {"label": "pug"}, {"owner": "anna"}, {"first": "2020-01-01"}, {"color": "blue"}):
        for query in ({}, {"query": "dog"}):
            assert set(find("anna", **filters, **query)) == set(own)
            assert find("ben", **filters, **query) == find(**filters, **query) == [public.id], filters
    assert set(find("root", owner="anna")) == set(own)


def test_a_place_is_a_filter_of_ones_own_pictures_alone(find: Find, ask: Callable[..., Answer]) -> None:
    placed, unplaced = taken("2024-01-02", location=HERE), taken("2024-01-01")
    for query in ({}, {"query": "dog"}):
        assert find("anna", has_place="true", **query) == [placed.id]
        assert find("anna", has_place="false", **query) == [unplaced.id]
        for asked in ("true", "false"):
            assert find("ben", has_place=asked, **query) == find("ben", has_place=asked, owner="anna", **query) == []
            assert find("ben", has_place=asked, type="jpeg", label="pug", **query) == []
            assert ask(has_place=asked, **query).status == 401
    assert find("root", owner="anna", has_place="true") == [placed.id]


# Pages


def test_pages_of_filters_hold_each_once_and_tell_how_many_there_are(ask: Callable[..., Answer]) -> None:
    of_type = [taken(f"2024-01-{day:02}", media_type="image/png").id for day in range(1, 8)]
    for day in range(1, 4):
        taken(f"2024-02-{day:02}")
    for filters in ({"type": "png"}, {"last": "2024-01-31"}, {"type": "png", "query": "dog"}):
        pages, cursor = list[list[str]](), dict[str, str]()
        while True:
            answer = ask(**filters, limit=3, **cursor)
            assert answer.status == 200, answer.text
            assert answer.json["total"] == {"count": 7, "exact": True}
            pages.append([each["image"]["id"] for each in answer.json["results"]])
            if answer.json["next_cursor"] is None:
                break
            cursor = {"cursor": answer.json["next_cursor"]}
        assert [len(page) for page in pages] == [3, 3, 1]
        assert sorted(each for page in pages for each in page) == of_type


def test_a_search_tells_how_many_it_finds(ask: Callable[..., Answer]) -> None:
    for day in range(1, 6):
        taken(f"2024-01-{day:02}")
    taken("2024-01-06", "teapot")
    assert ask(query="dog", limit=2).json["total"] == {"count": 5, "exact": True}
    assert ask(query="xyzzyq").json["total"] == {"count": 0, "exact": True}


def test_a_page_looks_at_no_more_than_so_many_pictures(
    ask: Callable[..., Answer], find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filtering, "MOST_LOOKED_AT", 4)
    monkeypatch.setattr(filtering, "_BATCH", 2)
    monkeypatch.setattr(filtering, "_ROUNDS", 2)
    oldest = taken("2020-01-01", media_type="image/png")
    for day in range(1, 10):
        taken(f"2024-01-{day:02}")
    cursor, pages = dict[str, str](), 0
    while True:
        answer = ask(type="png", limit=5, **cursor).json
        pages += 1
        if answer["next_cursor"] is None:
            break
        assert answer["results"] == []
        assert answer["total"] == {"count": 0, "exact": False}
        cursor = {"cursor": answer["next_cursor"]}
    assert [each["image"]["id"] for each in answer["results"]] == [oldest.id]
    assert pages == 3
    assert find(type="png", query="dog") == [oldest.id]
    assert find(type="png", query="dog", owner="anna") == [oldest.id]


# What can't be asked


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"first": "2024-02-30"}, "from"),
        ({"last": "yesterday"}, "to"),
        ({"first": "2024-02-02", "last": "2024-02-01"}, "to"),
        ({"type": "text/html"}, "type"),
        ({"orientation": "upside down"}, "orientation"),
        ({"color": "plaid"}, "color"),
        ({"color": "#12345"}, "color"),
        ({"camera": "!?"}, "camera"),
        ({"favourite": "perhaps"}, "favourite"),
        ({"has_place": "perhaps"}, "has_place"),
        ({"label": ""}, "label"),
        ({}, "query"),
        ({"query": "   "}, "query"),
    ],
)
def test_bad_values_are_named(ask: Callable[..., Answer], filters: dict[str, str], field: str) -> None:
    answer = ask(**filters)
    assert answer.status == 422
    assert [each["field"] for each in answer.json["errors"]] == [field]


def test_a_cursor_serves_its_own_filters_alone(ask: Callable[..., Answer]) -> None:
    for day in (1, 2, 3):
        taken(f"2024-01-0{day}")
    cursor = ask(type="jpeg", limit=1).json["next_cursor"]
    for asked in ({"type": "png"}, {"owner": "anna"}, {"query": "dog"}, {"type": "jpeg", "query": "dog"}):
        assert ask(**asked, cursor=cursor).status == 400
    for foreign in ("x", f"9{cursor}~", cursor[2:], "1.0-" + cursor):
        assert ask(type="jpeg", cursor=foreign).status == 400
    assert ask(first="2024-01-01", cursor=ask(first="2024-01-01", limit=1).json["next_cursor"]).status == 200


# Colours and cameras


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ("#000000", "black"), ("#ffffff", "white"), ("#808080", "grey"), ("#8b4513", "brown"), ("#ff0000", "red"),
        ("#ffa500", "orange"), ("#ffff00", "yellow"), ("#008000", "green"), ("#40e0d0", "turquoise"),
        ("#0000ff", "blue"), ("#87ceeb", "blue"), ("#800080", "purple"), ("#ffc0cb", "pink"), ("#ff69b4", "pink"),
        ("#800000", "red"), ("#006400", "green"), ("#131110", "black"),
    ],
)  # fmt: skip
def test_colours_are_called_as_people_call_them(color: str, name: str) -> None:
    assert name_of(color) == name


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_every_colour_has_a_name_and_is_near_itself(color: str) -> None:
    assert name_of(color) in COLOR_NAMES
    assert is_near(color, color)


@pytest.mark.parametrize(
    ("camera", "name"),
    [
        (CANON, "Canon EOS 5D Mark II"),
        (NIKON, "NIKON CORPORATION D90"),
        (Camera(model="Pixel 8"), "Pixel 8"),
        (Camera(make="Leica"), "Leica"),
        (Camera(iso=100), None),
    ],
)
def test_a_camera_is_called_by_its_model(camera: Camera, name: str | None) -> None:
    assert camera_name(camera) == name
