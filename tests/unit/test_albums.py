"""Albums: which pictures are in them, in which order, and who sees how much of them."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.identity import Pool
from tests.unit.pictures import annas, ticket
from tests.unit.posting import known

from gallery import limits
from gallery.albums import albums
from gallery.lifecycle.trash import put_into_trash
from gallery.pictures import catalogue, storage
from gallery.pictures.model import Picture
from sweep.sweeping import sweep


class Somebody:
    """Somebody signed in, and what they ask the API for."""

    def __init__(self, api: Api, pool: Pool, sub: str, **groups: Any) -> None:  # noqa: ANN401
        self.api, self.sub, self.name = api, sub, known(sub).username
        self.headers = pool.bearer(sub, **groups)

    def __call__(self, method: str, path: str, body: Any = None, **query: str) -> Answer:  # noqa: ANN401
        return self.api(method, path, query=query, body=body, headers={**self.headers, "if-match": "*"})

    def album(self, **said: Any) -> str:  # noqa: ANN401
        answer = self("POST", "/api/albums", {"title": "Sea", **said})
        assert answer.status == 201, answer.text
        return str(answer.json["id"])

    def add(self, album_id: str, *pictures: Picture, **said: Any) -> list[int]:  # noqa: ANN401
        answer = self("PUT", f"/api/albums/{album_id}/images", {"ids": [each.id for each in pictures], **said})
        assert answer.status == 200, answer.text
        return [each["status"] for each in answer.json["results"]]

    def ids(self, **query: str) -> list[str]:
        answer = self("GET", "/api/images", **query)
        assert answer.status == 200, answer.text
        return [each["id"] for each in answer.json["images"]]


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """moto adds to a number of a row by reading and writing it, so that two at once count as one."""
    monkeypatch.setattr("gallery.api.batch._MAX_WORKERS", 1)


@pytest.fixture
def anna(api: Api, pool: Pool) -> Somebody:
    return Somebody(api, pool, "anna")


@pytest.fixture
def ben(api: Api, pool: Pool) -> Somebody:
    return Somebody(api, pool, "ben")


@pytest.mark.usefixtures("called")
def test_an_album_is_made_shown_changed_and_deleted(anna: Somebody) -> None:
    answer = anna("POST", "/api/albums", {"title": " Summer  by the sea ", "description": "All of it."})
    assert answer.status == 201
    made = answer.json
    assert (made["title"], made["description"], made["visibility"]) == ("Summer by the sea", "All of it.", "private")
    assert (made["order"], made["count"], made["from"], made["to"], made["cover"]) == ("taken", 0, None, None, None)
    assert (made["role"], made["pending"], made["version"], made["owner"]) == ("owner", 0, 1, "anna")
    path = f"/api/albums/{made['id']}"
    assert anna("PATCH", path, {"title": "Sea", "description": None}).json["version"] == 2
    assert anna("GET", path).json["title"] == "Sea"
    assert [each["id"] for each in anna("GET", "/api/albums", owner="me").json["albums"]] == [made["id"]]
    assert anna("DELETE", path).status == 204
    assert anna("GET", path).status == 404
    assert anna("GET", "/api/albums", owner="me").json["albums"] == []


def test_a_change_names_the_version_it_is_of(anna: Somebody) -> None:
    path = f"/api/albums/{anna.album()}"
    seen = anna("GET", path).headers["etag"]
    assert anna.api("PATCH", path, body={"title": "a"}, headers=anna.headers).status == 428
    assert anna.api("PATCH", path, body={"title": "a"}, headers={**anna.headers, "if-match": seen}).status == 200
    assert anna.api("PATCH", path, body={"title": "b"}, headers={**anna.headers, "if-match": seen}).status == 412


@pytest.mark.parametrize(
    "body", [{}, {"title": ""}, {"title": "x" * 201}, {"title": "x", "order": "random"}, {"title": "x", "search": {}}]
)
def test_what_no_album_can_be_is_refused(anna: Somebody, body: Any) -> None:  # noqa: ANN401
    assert anna("POST", "/api/albums", body).status == 422


def test_pictures_are_put_in_once_and_taken_out(anna: Somebody) -> None:
    album, one, two = anna.album(), annas(visibility="private"), annas()
    assert anna.add(album, one, two) == [200, 200]
    assert anna.add(album, one, two) == [200, 200]
    shown = anna("GET", f"/api/albums/{album}").json
    assert (shown["count"], shown["from"], shown["to"]) == (2, "2026-01-01", "2026-01-01")
    assert shown["cover"]["id"] == two.id
    assert anna.ids(album=album) == [two.id, one.id]
    assert anna("GET", f"/api/images/{one.id}").json["albums"] == [album]
    assert anna("GET", "/api/timeline", album=album).json["months"] == [{"month": "2026-01", "count": 2}]
    taken_out = anna("DELETE", f"/api/albums/{album}/images", {"ids": [one.id]})
    assert [each["status"] for each in taken_out.json["results"]] == [200]
    assert anna.ids(album=album) == [two.id]
    assert anna("GET", f"/api/albums/{album}").json["count"] == 1


def test_being_put_into_an_album_is_no_change_that_somebody_could_miss(anna: Somebody) -> None:
    picture = annas()
    path, before = f"/api/images/{picture.id}", anna("GET", f"/api/images/{picture.id}").headers["etag"]
    anna.add(anna.album(), picture)
    changed = anna.api("PATCH", path, body={"title": "x"}, headers={**anna.headers, "if-match": before})
    assert changed.status == 200
    assert len(changed.json["albums"]) == 1


def test_only_pictures_of_ones_own_are_put_into_an_album(anna: Somebody, ben: Somebody) -> None:
    bens, private, nobodys = ticket(owner="ben"), ticket(owner="ben", visibility="private"), ticket()
    assert anna.add(anna.album(), bens, private, nobodys) == [403, 404, 403]
    assert ben("PUT", f"/api/albums/{anna.album()}/images", {"ids": [bens.id]}).status == 404
    public = anna.album(visibility="public")
    assert ben("PUT", f"/api/albums/{public}/images", {"ids": [bens.id]}).status == 403


def test_the_batch_of_pictures_knows_albums(anna: Somebody) -> None:
    album, picture = anna.album(), annas()
    for action, listed in (("album_add", [picture.id]), ("album_remove", [])):
        answer = anna("POST", "/api/images/batch", {"action": action, "ids": [picture.id], "album": album})
        assert [each["status"] for each in answer.json["results"]] == [200]
        assert anna.ids(album=album) == listed


def test_a_picture_is_uploaded_into_an_album(anna: Somebody, ben: Somebody) -> None:
    album = anna.album()
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 9, "album": album}
    answer = anna("POST", "/api/uploads", {"files": [file]})
    assert answer.status == 201
    picture = catalogue.find(answer.json["uploads"][0]["image_id"])
    assert picture
    assert picture.albums.keys() == {album}
    assert ben("POST", "/api/uploads", {"files": [file]}).status == 404
    assert anna.ids(album=album) == []


def test_a_picture_in_the_trash_is_shown_in_no_album_and_comes_back_to_its_place(anna: Somebody) -> None:
    album, one, two, three = anna.album(order="manual"), annas(), annas(), annas()
    anna.add(album, one, two, three)
    anna("POST", f"/api/albums/{album}/order", {"ids": [three.id, one.id, two.id], "after": None})
    put_into_trash(now(one))
    assert anna.ids(album=album) == [three.id, two.id]
    assert anna("GET", f"/api/albums/{album}").json["count"] == 2
    assert anna("POST", f"/api/images/{one.id}/restore").status == 200
    assert anna.ids(album=album) == [three.id, one.id, two.id]


def now(picture: Picture) -> Picture:
    """Return a picture as it is now."""
    current = catalogue.find(picture.id)
    assert current
    return current


def test_archived_pictures_stand_in_their_albums(anna: Somebody) -> None:
    album, picture = anna.album(), annas()
    anna.add(album, picture)
    assert anna("PATCH", f"/api/images/{picture.id}", {"archived": True}).status == 200
    assert anna.ids(album=album) == [picture.id]
    assert anna.ids(owner="me") == []


def test_another_date_moves_a_picture_in_its_albums(anna: Somebody) -> None:
    album, old, new = anna.album(), annas(), annas()
    anna.add(album, old, new)
    assert anna("PATCH", f"/api/images/{new.id}", {"taken_at": "1999-12-31T23:59:59"}).status == 200
    assert anna.ids(album=album, order="taken") == [old.id, new.id]
    assert anna.ids(album=album, order="taken", **{"from": "1999-01-01", "to": "1999-12-31"}) == [new.id]
    assert anna("GET", f"/api/albums/{album}").json["from"] == "1999-12-31"
    months = [{"month": "2026-01", "count": 1}, {"month": "1999-12", "count": 1}]
    assert anna("GET", "/api/timeline", album=album).json["months"] == months


def test_pictures_are_listed_by_when_they_were_added(anna: Somebody) -> None:
    album, one, two = anna.album(order="added"), annas(), annas()
    anna.add(album, two)
    anna.add(album, one)
    assert anna.ids(album=album) == anna.ids(album=album, order="added") == [one.id, two.id]


def test_an_order_made_by_hand_writes_nothing_but_what_is_moved(anna: Somebody) -> None:
    album = anna.album(order="manual")
    pictures = [annas() for _ in range(5)]
    anna.add(album, *pictures)
    first, second, third, fourth, fifth = listed = anna.ids(album=album)
    assert listed == [each.id for each in reversed(pictures)]
    moved = anna("POST", f"/api/albums/{album}/order", {"ids": [fifth, second], "after": third})
    assert [each["status"] for each in moved.json["results"]] == [200, 200]
    assert anna.ids(album=album) == [first, third, fifth, second, fourth]
    ranked = {each.id for each in pictures if now(each).albums[album].rank}
    assert ranked == {second, fifth}
    anna("POST", f"/api/albums/{album}/order", {"ids": [fourth], "after": None})
    assert anna.ids(album=album) == [fourth, first, third, fifth, second]
    assert anna.ids(album=album, order="taken") == listed
    page = anna("GET", "/api/images", album=album, limit="2")
    assert [each["id"] for each in page.json["images"]] == [fourth, first]
    rest = anna("GET", "/api/images", album=album, limit="3", cursor=page.json["next_cursor"])
    assert [each["id"] for each in rest.json["images"]] == [third, fifth, second]


def test_order_is_made_by_hand_only_where_the_album_says_so(anna: Somebody) -> None:
    album, picture = anna.album(), annas()
    anna.add(album, picture)
    assert anna("POST", f"/api/albums/{album}/order", {"ids": [picture.id], "after": None}).status == 409
    assert anna("GET", "/api/images", order="manual").status == 422


def test_a_cover_is_a_picture_of_the_album(anna: Somebody) -> None:
    album, one, two = anna.album(), annas(), annas()
    anna.add(album, one, two)
    path = f"/api/albums/{album}"
    assert anna("PATCH", path, {"cover": annas().id}).status == 422
    assert anna("PATCH", path, {"cover": one.id}).json["cover"]["id"] == one.id
    put_into_trash(now(one))
    assert anna("GET", path).json["cover"]["id"] == two.id


def test_a_picture_is_in_fifty_albums_at_the_most(anna: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ALBUMS_OF_PICTURE", 2)
    picture = annas()
    kept, gone = anna.album(), anna.album()
    assert anna.add(kept, picture) + anna.add(gone, picture) == [200, 200]
    assert anna.add(anna.album(), picture) == [409]
    album = albums.find(gone)
    assert album
    albums.delete(album)
    assert anna.add(anna.album(), picture) == [200]


def test_an_album_holds_so_many_pictures_and_no_more(anna: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ALBUM_PICTURES", 1)
    album = anna.album()
    assert anna.add(album, annas()) == [200]
    assert anna("PUT", f"/api/albums/{album}/images", {"ids": [annas().id]}).status == 409


def test_strangers_see_of_a_public_album_its_public_pictures_alone(api: Api, anna: Somebody, ben: Somebody) -> None:
    album, private, public = anna.album(visibility="public"), annas(visibility="private"), annas()
    anna.add(album, private, public)
    for headers in (ben.headers, {}):
        listed = api("GET", "/api/images", query={"album": album}, headers=headers).json["images"]
        assert [each["id"] for each in listed] == [public.id]
        shown = api("GET", f"/api/albums/{album}", headers=headers).json
        assert (shown["count"], shown["cover"]["id"], shown["role"], shown["pending"]) == (1, public.id, None, None)
        months = api("GET", "/api/timeline", query={"album": album}, headers=headers).json["months"]
        assert months == [{"month": "2026-01", "count": 1}]
        assert [each["id"] for each in api("GET", "/api/albums", headers=headers).json["albums"]] == [album]
        assert api("GET", f"/api/images/{private.id}", headers=headers).status == 404
    assert anna.ids(album=album) == [public.id, private.id]


def test_a_private_album_exists_for_its_people_alone(api: Api, anna: Somebody, ben: Somebody) -> None:
    album = anna.album()
    for answer in (ben("GET", f"/api/albums/{album}"), api("GET", f"/api/albums/{album}")):
        assert answer.status == 404
    assert ben("GET", "/api/images", album=album).status == 404
    assert ben("GET", "/api/timeline", album=album).status == 404
    assert ben("GET", "/api/albums").json["albums"] == []


def test_a_profile_has_the_public_albums_of_that_person_alone(api: Api, anna: Somebody, ben: Somebody) -> None:
    public, _ = anna.album(visibility="public"), anna.album()
    ben.album(visibility="public")
    for headers in ({}, ben.headers, anna.headers):
        answer = api("GET", "/api/albums", query={"owner": anna.name}, headers=headers)
        assert [each["id"] for each in answer.json["albums"]] == [public]
    assert api("GET", "/api/albums", query={"owner": "nobody_there"}).status == 404
    assert api("GET", "/api/albums", query={"owner": "No!"}).status == 422


@pytest.mark.fault("the table is lost", "albums, their people and the places of pictures come back from the bucket")
def test_albums_come_back_where_the_table_is_lost(
    anna: Somebody, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    from albums.handler import handler  # noqa: PLC0415 - after the environment is set

    album, one, two = anna.album(order="manual", visibility="public"), annas(), annas()
    anna.add(album, one, two)
    anna("POST", f"/api/albums/{album}/order", {"ids": [one.id], "after": None})
    before, record = albums.find(album), storage.read_record(one.id)
    assert record
    assert record.albums == now(one).albums
    for row in gallery.rows():
        if row["pk"].startswith(("ALBUM#", "ALBUMS#")):
            gallery.dynamodb.delete_item(TableName="gallery-test", Key={"pk": {"S": row["pk"]}, "sk": {"S": row["sk"]}})
    assert anna("GET", f"/api/albums/{album}").status == 404
    sweep(lambda: 300_000)
    (event,) = [each for each in called if "bring_back" in each]
    assert handler(event, context()) == {"brought_back": 1}
    assert handler(event, context()) == {"brought_back": 0}
    assert albums.find(album) == before
    assert anna.ids(album=album) == [one.id, two.id]
    assert [each["id"] for each in anna("GET", "/api/albums").json["albums"]] == [album]


def context() -> Any:  # noqa: ANN401
    names = ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id")
    return SimpleNamespace(**dict.fromkeys(names, "albums"), get_remaining_time_in_millis=lambda: 300_000)


def test_pictures_leave_an_album_that_is_deleted(
    anna: Somebody, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    from albums.handler import handler  # noqa: PLC0415 - after the environment is set

    album, shown, trashed = anna.album(), annas(), annas()
    anna.add(album, shown, trashed)
    put_into_trash(now(trashed))
    assert anna("DELETE", f"/api/albums/{album}").status == 204
    (event,) = called
    assert handler(event, context()) == {"over": True}
    assert [now(each).albums for each in (shown, trashed)] == [{}, {}]
    assert not [row for row in gallery.rows() if album in f"{row['pk']} {row['sk']}"]
    assert f"albums/{album}.json" not in gallery.objects()
    assert anna("GET", f"/api/images/{shown.id}").json["albums"] == []
