"""The people of albums: who is let in, asked, and leaves, and what they see and take along."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.conftest import Api
from tests.unit.identity import Pool
from tests.unit.pictures import CONTENT, READING, annas, ticket
from tests.unit.posting import known, posted
from tests.unit.test_albums import Somebody, context, now

from gallery import limits
from gallery.albums import albums
from gallery.people import follows
from gallery.pictures import catalogue, storage
from gallery.pictures.model import Picture, captioned


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.api.batch._MAX_WORKERS", 1)


@pytest.fixture
def anna(api: Api, pool: Pool) -> Somebody:
    return Somebody(api, pool, "anna")


@pytest.fixture
def ben(api: Api, pool: Pool) -> Somebody:
    return Somebody(api, pool, "ben")


@pytest.fixture
def eve(api: Api, pool: Pool) -> Somebody:
    return Somebody(api, pool, "eve")


def bens(**said: Any) -> Picture:  # noqa: ANN401
    """Return a picture of Ben's that can be seen."""
    picture = ticket(owner="ben", **said)
    picture = catalogue.change(picture, captioned(picture, replace(CONTENT, sha256="b" * 64), READING))
    for key in storage.rendition_keys(picture).values():
        storage.write_rendition(key, b"pixels", "image/jpeg")
    return picture


def let_in(owner: Somebody, album: str, other: Somebody, role: str = "viewer") -> int:
    return owner("PUT", f"/api/albums/{album}/people/{other.name}", {"role": role}).status


def people_of(who: Somebody, album: str) -> list[tuple[str, str, str]]:
    listed = who("GET", f"/api/albums/{album}/people").json["people"]
    return [(each["person"]["username"], each["role"], each["status"]) for each in listed]


def test_who_is_followed_is_let_in_and_others_are_asked(anna: Somebody, ben: Somebody, eve: Somebody) -> None:
    album = anna.album()
    follows.follow("anna", "ben")
    assert (let_in(anna, album, ben, "contributor"), let_in(anna, album, eve)) == (204, 204)
    owner, contributor = (anna.name, "owner", "member"), (ben.name, "contributor", "member")
    assert people_of(anna, album) == [owner, contributor, (eve.name, "viewer", "invited")]
    assert people_of(ben, album) == [owner, contributor]
    assert eve("GET", f"/api/albums/{album}").status == 404
    asked = {"album_id": album, "title": "Sea", "role": "viewer"}
    (invitation,) = eve("GET", "/api/me").json["invitations"]
    assert invitation == {**asked, "owner": {"username": anna.name, "display_name": None}}
    assert eve("PUT", f"/api/albums/{album}/people/me", {}).status == 204
    assert eve("GET", "/api/me").json["invitations"] == []
    assert eve("GET", f"/api/albums/{album}").json["role"] == "viewer"
    assert [each["id"] for each in eve("GET", "/api/albums").json["albums"]] == [album]
    assert people_of(eve, album)[2] == (eve.name, "viewer", "member")


def test_who_shares_an_album_is_let_into_the_next_one(anna: Somebody, ben: Somebody) -> None:
    first, second = anna.album(), anna.album()
    let_in(anna, first, ben)
    ben("PUT", f"/api/albums/{first}/people/me", {})
    let_in(anna, second, ben)
    assert ben("GET", f"/api/albums/{second}").json["role"] == "viewer"


def test_nobody_comes_in_who_is_not_asked_or_declined(anna: Somebody, ben: Somebody, eve: Somebody) -> None:
    album = anna.album()
    assert ben("PUT", f"/api/albums/{album}/people/me", {}).status == 404
    let_in(anna, album, ben)
    assert ben("DELETE", f"/api/albums/{album}/people/me").status == 204
    assert ben("PUT", f"/api/albums/{album}/people/me", {}).status == 404
    public = anna.album(visibility="public")
    assert let_in(eve, public, ben) == 403
    assert eve("GET", f"/api/albums/{public}/people").status == 403
    assert let_in(anna, album, anna) == 422
    assert anna("PUT", f"/api/albums/{album}/people/nobody_there", {"role": "viewer"}).status == 404


def test_an_album_has_so_many_people_and_no_more(
    anna: Somebody, ben: Somebody, eve: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ALBUM_PEOPLE", 1)
    album = anna.album()
    assert (let_in(anna, album, ben), let_in(anna, album, ben), let_in(anna, album, eve)) == (204, 204, 409)


def with_ben(anna: Somebody, role: str = "contributor", **said: Any) -> str:  # noqa: ANN401
    album = anna.album(**said)
    if not follows.follows("anna", "ben"):
        known("ben")
        follows.follow("anna", "ben")
    assert anna("PUT", f"/api/albums/{album}/people/{known('ben').username}", {"role": role}).status == 204
    return album


def test_people_of_an_album_see_its_private_pictures_and_may_save_them(anna: Somebody, ben: Somebody) -> None:
    album, private = with_ben(anna, "viewer"), annas(visibility="private")
    anna.add(album, private)
    (shown,) = ben("GET", "/api/images", album=album).json["images"]
    assert shown["id"] == private.id
    assert "X-Amz-Expires=900" in shown["urls"]["small"]
    assert (shown["albums"], shown["location"]) == ([], None)
    assert ben("GET", f"/api/images/{private.id}").status == 200
    assert ben.ids(ids=private.id) == [private.id]
    assert ben("GET", f"/api/images/{private.id}/download").status == 302
    assert ben("PATCH", f"/api/images/{private.id}", {"title": "mine"}).status == 404
    assert ben("GET", "/api/timeline", album=album).json["months"] == [{"month": "2026-01", "count": 1}]
    assert ben("GET", f"/api/albums/{album}").json["count"] == 1


def test_viewers_add_nothing_and_contributors_their_own(anna: Somebody, ben: Somebody) -> None:
    album, picture = with_ben(anna, "viewer"), bens()
    assert ben("PUT", f"/api/albums/{album}/images", {"ids": [picture.id]}).status == 403
    assert let_in(anna, album, ben, "contributor") == 204
    assert ben.add(album, picture, annas()) == [200, 403]
    assert (now(picture).albums[album].by, now(picture).albums[album].originals) == ("ben", False)
    anna.add(album, mine := annas())
    assert now(mine).albums[album].originals
    refused = ben("DELETE", f"/api/albums/{album}/images", {"ids": [mine.id]})
    assert [each["status"] for each in refused.json["results"]] == [403]
    taken_out = anna("DELETE", f"/api/albums/{album}/images", {"ids": [picture.id]})
    assert [each["status"] for each in taken_out.json["results"]] == [200]
    assert now(picture).owner == "ben"


def test_who_leaves_takes_their_pictures_along_at_once(
    anna: Somebody, ben: Somebody, called: list[dict[str, Any]]
) -> None:
    from albums.handler import handler  # noqa: PLC0415 - after the environment is set

    album, mine, his = with_ben(anna), annas(visibility="private"), bens(visibility="private")
    anna.add(album, mine)
    ben.add(album, his)
    assert set(anna.ids(album=album)) == {mine.id, his.id}
    assert ben("DELETE", f"/api/albums/{album}/people/me").status == 204
    assert anna.ids(album=album) == [mine.id]
    assert anna("GET", f"/api/images/{his.id}").status == 404
    assert ben("GET", f"/api/albums/{album}").status == 404
    (event,) = called
    assert handler(event, context()) == {"over": True}
    assert (set(now(his).albums), set(now(mine).albums)) == (set(), {album})
    assert anna("GET", f"/api/albums/{album}").json["count"] == 1


@pytest.mark.fault("taking pictures out of an album dies half-way", "the sweeper has it go on")
def test_the_sweeper_has_a_clearing_go_on(anna: Somebody, ben: Somebody, called: list[dict[str, Any]]) -> None:
    from sweep.sweeping import sweep  # noqa: PLC0415 - after the environment is set

    album = with_ben(anna)
    ben("DELETE", f"/api/albums/{album}/people/me")
    called.clear()
    sweep(lambda: 300_000)
    assert {"clear": f"{album}#ben"} in called


def test_nobody_lets_a_picture_be_seen_elsewhere_by_putting_it_into_a_public_album(
    api: Api, anna: Somebody, ben: Somebody, eve: Somebody
) -> None:
    album, private, public = with_ben(anna), bens(visibility="private"), bens()
    ben.add(album, private, public)
    assert anna("PATCH", f"/api/albums/{album}", {"visibility": "public"}).status == 200
    posted(author="ben", image_id=public.id)
    paths: list[tuple[str, dict[str, str]]] = [
        ("/api/images", {}), ("/api/images", {"album": album}), ("/api/images", {"owner": "ben"}),
        ("/api/images", {"label": "pug"}), ("/api/images", {"status": "captioned"}),
        ("/api/images", {"ids": private.id}),
        ("/api/images", {"album": album, "order": "taken"}), ("/api/images", {"album": album, "order": "added"}),
        ("/api/images", {"order": "taken"}), ("/api/images", {"order": "taken", "owner": "ben"}),
        ("/api/search", {"query": "pug"}), (f"/api/images/{public.id}/similar", {}), ("/api/posts", {}),
        (f"/api/albums/{album}", {}), ("/api/albums", {}),
    ]  # fmt: skip
    for headers in ({}, eve.headers):
        for path, query in paths:
            answer = api("GET", path, query=query, headers=headers)
            assert answer.status == 200, path
            assert private.id not in answer.text, path
        for path in ("", "/download", "/similar"):
            assert api("GET", f"/api/images/{private.id}{path}", headers=headers).status == 404
        design = {"tiles": "gallery", "tile_size": 32, "blend": 0.5}
        assert api("POST", f"/api/images/{private.id}/mosaic", body=design, headers=headers).status == 404
        months = api("GET", "/api/timeline", query={"album": album}, headers=headers).json["months"]
        assert months == [{"month": "2026-01", "count": 1}]
    assert set(anna.ids(album=album)) == {private.id, public.id}


def test_a_hidden_picture_is_shown_in_no_album(anna: Somebody, ben: Somebody, api: Api, pool: Pool) -> None:
    album, picture = with_ben(anna, "viewer"), annas()
    anna.add(album, picture)
    admin = pool.bearer("root", groups=["admin"])
    assert api("POST", f"/api/admin/images/{picture.id}/hide", headers=admin).status == 200
    assert (ben.ids(album=album), anna.ids(album=album)) == ([], [])
    assert ben("GET", f"/api/images/{picture.id}").status == 404
    assert api("POST", f"/api/admin/images/{picture.id}/restore", headers=admin).status == 200
    assert ben.ids(album=album) == [picture.id]


@pytest.mark.usefixtures("called")
def test_the_last_word_on_who_may_add_is_the_albums_row(anna: Somebody, ben: Somebody) -> None:
    album, picture = with_ben(anna), bens()
    stale = albums.find(album)
    assert stale
    ben("DELETE", f"/api/albums/{album}/people/me")
    from gallery.albums import membership  # noqa: PLC0415
    from gallery.aws.table import Conflict  # noqa: PLC0415

    with pytest.raises(Conflict):
        membership.add(picture, stale, "ben", originals=None, since="2026-01-01T00:00:00.000Z")
    assert now(picture) == picture
    assert storage.read_record(picture.id).albums == {}  # type: ignore[union-attr]
