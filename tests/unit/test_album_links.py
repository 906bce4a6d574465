"""Links to albums: what they open, for whom, how long, and what their passwords are worth."""

from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.identity import Pool
from tests.unit.lives import current
from tests.unit.pictures import CONTENT, READING, annas, ticket
from tests.unit.posting import shaped
from tests.unit.test_albums import Somebody, now

from caption import pipeline
from gallery import limits
from gallery.albums import links
from gallery.lifecycle.trash import put_into_trash
from gallery.people.follows import follow
from gallery.pictures import catalogue, storage
from gallery.pictures.metadata import Location
from gallery.pictures.model import Failure, Picture, captioned, failed


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.api.batch._MAX_WORKERS", 1)


@pytest.fixture
def anna(api: Api, pool: Pool) -> Somebody:
    return Somebody(api, pool, "anna")


class Guest:
    """Somebody who has a link, and no account."""

    def __init__(self, api: Api, token: str) -> None:
        self.api, self.token, self.headers = api, token, dict[str, str]()

    def __call__(self, method: str, path: str = "", body: Any = None, **query: str) -> Answer:  # noqa: ANN401
        return self.api(method, f"/api/links/{self.token}{path}", query=query, body=body, headers=self.headers)

    def ids(self, **query: str) -> list[str]:
        answer = self("GET", "/images", **query)
        assert answer.status == 200, answer.text
        return [each["id"] for each in answer.json["images"]]

    def add(self, *files: dict[str, Any], name: str | None = None) -> list[dict[str, Any]]:
        answer = self("POST", "/uploads", {"files": files or [PHOTO], "guest_name": name})
        assert answer.status == 201, answer.text
        self.headers["x-visit"] = answer.json["visit"]
        uploads: list[dict[str, Any]] = answer.json["uploads"]
        return uploads


PHOTO = {"name": "a.jpg", "type": "image/jpeg", "size": 1000}


def link_to(anna: Somebody, album: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = anna("POST", f"/api/albums/{album}/links", said)
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def guest_of(anna: Somebody, album: str, **said: Any) -> Guest:  # noqa: ANN401
    return Guest(anna.api, link_to(anna, album, **said)["token"])


def arrived(image_id: str) -> Picture:
    """Let the bytes of a ticket arrive and be captioned."""
    picture = catalogue.find(image_id)
    assert picture
    return catalogue.change(picture, captioned(picture, replace(CONTENT, sha256=image_id.lower()), READING))


def test_a_link_opens_all_of_an_album_and_nothing_else(anna: Somebody) -> None:
    album, private, public, other = anna.album(), annas(visibility="private"), annas(), annas(visibility="private")
    anna.add(album, private, public)
    made = link_to(anna, album, name="family")
    assert (made["mode"], made["downloads"], made["place"], made["review"]) == ("view", "renditions", False, True)
    assert made["url"] == f"https://gallery.example.org/a/{made['token']}"
    assert len(made["token"]) == 22
    guest = Guest(anna.api, made["token"])
    opened = guest("GET").json
    assert (opened["album"]["title"], opened["album"]["count"], opened["access"]) == ("Sea", 2, None)
    assert (opened["album"]["role"], opened["album"]["pending"], opened["album"]["reports"]) == (None, None, None)
    assert guest.ids() == [public.id, private.id]
    assert guest.ids(order="added", limit="1") == [public.id]
    assert guest("GET", "/timeline").json["months"] == [{"month": "2026-01", "count": 2}]
    shown = guest("GET", f"/images/{private.id}").json
    assert shown["urls"]["original"] == f"/api/links/{guest.token}/images/{private.id}/download"
    assert (shown["owner"], shown["albums"], shown["location"]) == (None, [], None)
    assert "X-Amz-Expires=900" in shown["urls"]["small"]
    assert guest("GET", f"/images/{other.id}").status == 404
    assert guest("GET", f"/images/{private.id}").headers["cache-control"] == "no-store"
    assert anna.api("GET", f"/api/images/{private.id}").status == 404


def test_a_link_shows_a_public_picture_of_the_owner_only_where_it_is_in_the_album(anna: Somebody) -> None:
    album, elsewhere = anna.album(), annas()
    assert guest_of(anna, album)("GET", f"/images/{elsewhere.id}").status == 404


def test_the_token_is_told_once_and_kept_nowhere(anna: Somebody, gallery: Gallery) -> None:
    album = anna.album()
    made = link_to(anna, album, password="by the sea")
    assert made["token"] not in str(gallery.rows())
    assert "by the sea" not in str(gallery.rows())
    (listed,) = anna("GET", f"/api/albums/{album}/links").json["links"]
    assert listed["link_id"] == made["link_id"]
    assert not listed.keys() & {"token", "url", "password", "salt", "digest"}


def test_how_often_a_link_was_opened_is_counted(anna: Somebody) -> None:
    album = anna.album()
    guest = guest_of(anna, album)
    guest("GET")
    guest("GET")
    guest("GET", "/images")
    assert [each["opened"] for each in anna("GET", f"/api/albums/{album}/links").json["links"]] == [2]


@pytest.mark.usefixtures("called")
def test_a_link_that_is_over_opens_nothing(anna: Somebody, later: Any) -> None:  # noqa: ANN401
    album = anna.album()
    ended, replaced, left = (guest_of(anna, album) for _ in range(3))
    one, two, _ = reversed(anna("GET", f"/api/albums/{album}/links").json["links"])
    assert anna("DELETE", f"/api/albums/{album}/links/{one['link_id']}").status == 204
    assert [each("GET").status for each in (ended, replaced, left)] == [404, 200, 200]
    changed = anna("PATCH", f"/api/albums/{album}/links/{two['link_id']}", {"expires_in": 60})
    assert changed.status == 200
    later(61)
    assert [each("GET").status for each in (ended, replaced, left)] == [404, 404, 200]
    assert replaced("GET", "/images").status == replaced("POST", "/uploads", {"files": [PHOTO]}).status == 404
    assert anna("DELETE", f"/api/albums/{album}").status == 204
    assert left("GET").status == left("GET", "/images").status == 404


def test_a_token_that_never_was_opens_nothing(api: Api) -> None:
    for token in (links.new_token(), "x", "LINK", "a" * 22):
        assert Guest(api, token)("GET").status == 404


@pytest.mark.parametrize("authorization", ["Bearer nonsense", "Basic YTpi"])
def test_nobodys_account_counts_where_a_link_opens(anna: Somebody, authorization: str) -> None:
    album, picture = anna.album(), annas(visibility="private")
    anna.add(album, picture)
    guest = guest_of(anna, album)
    guest.headers = {"authorization": authorization}
    assert guest.ids() == [picture.id]
    guest.headers = dict(anna.headers)
    assert guest("GET").json["album"]["role"] is None
    assert guest("GET", f"/images/{annas(visibility='private').id}").status == 404


def test_a_password_is_asked_for_and_its_access_spares_it(anna: Somebody) -> None:
    album, picture = anna.album(), annas()
    anna.add(album, picture)
    made = link_to(anna, album, password="größer")
    guest = Guest(anna.api, made["token"])
    asked = guest("GET")
    assert (asked.status, asked.json["password_required"]) == (401, True)
    assert guest("GET", "/images").status == guest("GET", f"/images/{picture.id}").status == 401
    assert guest("GET", "/cover").status == 404
    guest.headers = {"x-link-password": quote("größer")}
    access = guest("GET").json["access"]
    guest.headers = {"x-link-access": access}
    assert guest.ids() == [picture.id]
    guest.headers = {"x-link-access": access[:-1] + ("0" if access[-1] != "0" else "1")}
    assert guest("GET").status == 401
    path = f"/api/albums/{album}/links/{made['link_id']}"
    assert anna("PATCH", path, {"password": "another"}).status == 200
    guest.headers = {"x-link-access": access}
    assert guest("GET").status == 401
    assert anna("PATCH", path, {"password": None}).status == 200
    assert guest("GET").json["access"] is None


def test_access_lives_twelve_hours(anna: Somebody, later: Any) -> None:  # noqa: ANN401
    guest = guest_of(anna, anna.album(), password="by the sea")
    guest.headers = {"x-link-password": quote("by the sea")}
    guest.headers = {"x-link-access": guest("GET").json["access"]}
    later(12 * 3600 - 60)
    assert guest("GET").status == 200
    later(120)
    assert guest("GET").status == 401


def test_ten_wrong_passwords_an_hour_are_the_most_from_one_address(anna: Somebody) -> None:
    guest = guest_of(anna, anna.album(), password="by the sea")
    for _ in range(20):
        guest.headers = {"x-link-password": quote("by the sea")}
        assert guest("GET").status == 200
    guest.headers = {"x-link-password": "wrong"}
    assert [guest("GET").status for _ in range(12)] == [401] * 10 + [429] * 2
    guest.headers = {"x-link-password": quote("by the sea")}
    assert guest("GET").status == 429


def test_a_hundred_wrong_passwords_stop_wrong_ones_alone(anna: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PASSWORDS_PER_HOUR", 1000)
    monkeypatch.setattr(limits, "PASSWORDS_OF_LINK_PER_HOUR", 3)
    guest = guest_of(anna, anna.album(), password="by the sea")
    guest.headers = {"x-link-password": "wrong"}
    assert [guest("GET").status for _ in range(5)] == [401] * 3 + [429] * 2
    guest.headers = {"x-link-password": quote("by the sea")}
    assert guest("GET").status == 200


@pytest.mark.parametrize("given", ["", "%ff", "x" * 5000])
def test_what_is_no_password_is_a_wrong_one(anna: Somebody, given: str) -> None:
    guest = guest_of(anna, anna.album(), password="by the sea")
    guest.headers = {"x-link-password": given}
    assert guest("GET").status == 401


@pytest.mark.parametrize("said", [{"password": "abc"}, {"mode": "edit"}, {"expires_in": 1}, {"max_pictures": 0}])
def test_what_no_link_can_be_is_refused(anna: Somebody, said: Any) -> None:  # noqa: ANN401
    assert anna("POST", f"/api/albums/{anna.album()}/links", said).status == 422


def test_an_album_has_twenty_links_at_the_most(anna: Somebody) -> None:
    album = anna.album()
    made = [link_to(anna, album) for _ in range(20)]
    assert anna("POST", f"/api/albums/{album}/links", {}).status == 409
    assert anna("DELETE", f"/api/albums/{album}/links/{made[7]['link_id']}").status == 204
    assert len(anna("GET", f"/api/albums/{album}/links").json["links"]) == 19
    link_to(anna, album)


def test_what_is_in_the_trash_is_shown_by_no_link(anna: Somebody) -> None:
    album, picture = anna.album(), annas()
    anna.add(album, picture)
    guest = guest_of(anna, album)
    put_into_trash(now(picture))
    assert (guest.ids(), guest("GET", f"/images/{picture.id}").status) == ([], 404)
    assert anna("POST", f"/api/images/{picture.id}/restore").status == 200
    assert guest.ids() == [picture.id]


def test_a_link_hands_out_what_its_owner_lets_it(anna: Somebody, gallery: Gallery) -> None:
    album, given, kept = anna.album(), annas(visibility="private"), annas(visibility="private")
    for each in (given, kept):
        gallery.put_original(each.id, b"not a JPEG at all")
    anna.add(album, given)
    anna.add(album, kept, originals=False)
    path = f"/images/{given.id}/download"
    assert guest_of(anna, album, downloads="none")("GET", path).status == 403
    renditions = guest_of(anna, album)("GET", path, format="json").json
    assert ("/private/" in renditions["url"], renditions["original"]) == (True, False)
    assert "X-Amz-Expires=900" in renditions["url"]
    assert guest_of(anna, album)("GET", path).status == 302
    guest = guest_of(anna, album, downloads="originals")
    assert guest("GET", f"/images/{kept.id}/download", format="json").json["url"].count("/private/") == 1


def test_a_place_is_told_only_by_links_that_say_so_and_of_the_owners_own(
    anna: Somebody, api: Api, pool: Pool, gallery: Gallery
) -> None:
    album, ben = anna.album(), Somebody(api, pool, "ben")
    follow("anna", "ben")
    anna("PUT", f"/api/albums/{album}/people/{ben.name}", {"role": "contributor"})
    mine, bens = annas(visibility="private"), of("ben")
    placed = photograph_with_place()
    for picture in (mine, bens):
        gallery.put_original(picture.id, placed)
        etag = gallery.s3.head_object(Bucket="gallery-test-media", Key=f"originals/{picture.id}")["ETag"].strip('"')
        current = now(picture)
        assert current.content
        catalogue.change(current, replace(current, content=replace(current.content, etag=etag)))
    anna.add(album, mine)
    ben.add(album, bens, originals=True)

    def has_place(picture: Picture, **said: Any) -> bool:  # noqa: ANN401
        guest = guest_of(anna, album, downloads="originals", **said)
        url = guest("GET", f"/images/{picture.id}/download", format="json").json["url"]
        key = url.partition("?")[0].partition(".amazonaws.com/")[2]
        body = gallery.s3.get_object(Bucket="gallery-test-media", Key=key)["Body"].read()
        return bool(Image.open(BytesIO(body)).getexif().get_ifd(0x8825))

    assert [has_place(mine, place=True), has_place(mine), has_place(bens, place=True)] == [True, False, False]


def test_pictures_tell_their_place_only_by_links_that_say_so_and_of_the_owners_own(
    anna: Somebody, api: Api, pool: Pool
) -> None:
    album, ben = anna.album(), Somebody(api, pool, "ben")
    follow("anna", "ben")
    anna("PUT", f"/api/albums/{album}/people/{ben.name}", {"role": "contributor"})
    guest = guest_of(anna, album, mode="view_and_add", review=False, place=True)
    mine, bens, guests = annas(), of("ben"), arrived(guest.add(name="Aunt Olga")[0]["image_id"])
    for each in (mine, bens, guests):
        catalogue.change(now(each), replace(now(each), location=Location(48.1, 11.5)))
    anna.add(album, mine)
    ben.add(album, bens)
    anna.add(anna.album(), guests)

    def places(guest: Guest) -> dict[str, Any]:
        listed = {each["id"]: each["location"] for each in guest("GET", "/images").json["images"]}
        assert listed == {image_id: guest("GET", f"/images/{image_id}").json["location"] for image_id in listed}
        return listed

    told = {"latitude": 48.1, "longitude": 11.5, "altitude_m": None}
    assert places(guest) == {mine.id: told, bens.id: None, guests.id: None}
    assert set(places(guest_of(anna, album)).values()) == {None}
    assert ben("GET", f"/api/images/{mine.id}").json["location"] is None


def of(sub: str) -> Picture:
    """Return a private picture of somebody's that can be seen."""
    picture = ticket(owner=sub, visibility="private")
    return catalogue.change(picture, captioned(picture, replace(CONTENT, sha256=picture.id.lower()), READING))


def photograph_with_place() -> bytes:
    exif, file = Image.Exif(), BytesIO()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 0.0), 3: "E", 4: (11.0, 34.0, 0.0)})
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def test_a_link_for_adding_alone_shows_nothing_but_what_the_visit_added(anna: Somebody) -> None:
    album, picture = anna.album(), annas()
    anna.add(album, picture)
    guest = guest_of(anna, album, mode="add_only")
    opened = guest("GET").json
    assert (opened["album"]["count"], opened["album"]["cover"], opened["album"]["title"]) == (0, None, "Sea")
    assert (guest.ids(), guest("GET", "/timeline").json["months"]) == ([], [])
    assert guest("GET", f"/images/{picture.id}").status == 404
    (upload,) = guest.add()
    arrived(upload["image_id"])
    assert guest.ids() == [upload["image_id"]]
    other = Guest(anna.api, guest.token)
    assert other.ids() == []


# What guests add.


def test_what_a_guest_adds_is_the_owners_and_waits(anna: Somebody) -> None:
    album = anna.album()
    guest = guest_of(anna, album, mode="view_and_add")
    (upload,) = guest.add(name="Aunt Olga")
    picture = arrived(upload["image_id"])
    assert (picture.owner, picture.visibility, picture.guest_name) == ("anna", "private", "Aunt Olga")
    assert anna.ids(review="pending") == anna.ids(review="pending", album=album) == [picture.id]
    shown = anna("GET", f"/api/images/{picture.id}").json
    assert (shown["review"], shown["guest_name"], shown["albums"]) == ("pending", "Aunt Olga", [album])
    assert anna("GET", f"/api/albums/{album}").json["pending"] == anna("GET", "/api/me").json["review"] == 1
    assert anna.ids(album=album) == Guest(anna.api, guest.token).ids() == []
    assert guest.ids(mine="true") == [picture.id]
    assert anna("POST", f"/api/albums/{album}/review", {"accept": [picture.id]}).json["results"][0]["status"] == 200
    assert anna.ids(album=album) == guest.ids() == [picture.id]
    assert (anna.ids(review="pending"), anna("GET", f"/api/albums/{album}").json["pending"]) == ([], 0)


def test_what_is_rejected_goes_to_the_owners_trash(anna: Somebody) -> None:
    album = anna.album()
    guest = guest_of(anna, album, mode="view_and_add")
    pictures = [arrived(each["image_id"]).id for each in guest.add(PHOTO, {**PHOTO, "name": "b.jpg"})]
    answer = anna("POST", f"/api/albums/{album}/review", {"accept": pictures[:1], "reject": pictures[1:]})
    assert [each["status"] for each in answer.json["results"]] == [200, 200]
    assert (anna.ids(trashed="true"), anna.ids(album=album)) == (pictures[1:], pictures[:1])
    assert guest.ids(mine="true") == pictures[:1]


def test_a_link_without_review_shows_at_once_what_is_added(anna: Somebody) -> None:
    album = anna.album()
    guest = guest_of(anna, album, mode="view_and_add", review=False)
    picture = arrived(guest.add()[0]["image_id"])
    assert anna.ids(album=album) == guest.ids() == [picture.id]


def test_a_link_for_viewing_takes_nothing(anna: Somebody) -> None:
    assert guest_of(anna, anna.album())("POST", "/uploads", {"files": [PHOTO]}).status == 403


def test_guests_hear_only_of_duplicates_that_the_link_shows(anna: Somebody) -> None:
    album = anna.album()
    shown, other = annas(visibility="private"), annas(visibility="private")
    shown = catalogue.change(shown, replace(shown, content=replace(CONTENT, sha256="a" * 64)))
    catalogue.change(other, replace(other, content=replace(CONTENT, sha256="b" * 64)))
    anna.add(album, shown)
    guest = guest_of(anna, album, mode="view_and_add")
    known, unknown = guest.add({**PHOTO, "sha256": "a" * 64}, {**PHOTO, "sha256": "b" * 64})
    assert (known["status"], known["duplicate_of"], unknown["status"]) == ("duplicate", shown.id, "ready")


def test_a_guest_takes_back_what_this_visit_added_and_nothing_else(anna: Somebody) -> None:
    album, picture = anna.album(), annas()
    anna.add(album, picture)
    guest, other = guest_of(anna, album, mode="view_and_add", review=False), Guest(anna.api, "")
    other.token = guest.token
    mine, his = guest.add()[0]["image_id"], other.add()[0]["image_id"]
    for each in (mine, his):
        arrived(each)
    assert [guest("DELETE", f"/images/{each}").status for each in (picture.id, his)] == [404, 404]
    stranger = Guest(anna.api, guest.token)
    assert stranger("DELETE", f"/images/{mine}").status == 404
    assert guest("DELETE", f"/images/{mine}").status == 204
    deleted = catalogue.find(mine)
    assert deleted
    assert deleted.status == "deleted"
    assert set(guest.ids()) == {picture.id, his}


def test_a_visit_ends_after_a_day(anna: Somebody, later: Any) -> None:  # noqa: ANN401
    guest = guest_of(anna, anna.album(), mode="view_and_add")
    picture = arrived(guest.add()[0]["image_id"])
    secret = guest.headers["x-visit"]
    guest.add()
    assert guest.headers["x-visit"] == secret
    later(24 * 3600 + 1)
    assert guest("DELETE", f"/images/{picture.id}").status == 404
    guest.add()
    assert guest.headers["x-visit"] != secret


def test_a_full_link_takes_no_more_and_unused_tickets_give_their_room_back(
    anna: Somebody,
    later: Any,  # noqa: ANN401
) -> None:
    album = anna.album()
    guest = guest_of(anna, album, mode="view_and_add", max_pictures=2)
    used, _ = guest.add(PHOTO, {**PHOTO, "name": "b.jpg"})
    arrived(used["image_id"])
    assert guest("POST", "/uploads", {"files": [PHOTO]}).status == 409
    later(3601)
    guest.add()
    assert guest("POST", "/uploads", {"files": [PHOTO]}).status == 409
    assert [each["added"] for each in anna("GET", f"/api/albums/{album}/links").json["links"]] == [2]
    small = guest_of(anna, album, mode="view_and_add", max_bytes=1500)
    small.add()
    assert small("POST", "/uploads", {"files": [PHOTO]}).status == 409


def added_by(anna: Somebody, album: str) -> list[int]:
    return [each["added"] for each in anna("GET", f"/api/albums/{album}/links").json["links"]]


@pytest.mark.parametrize("settled", [False, True])
def test_what_is_taken_back_or_rejected_gives_its_room_back_once(
    anna: Somebody,
    settled: bool,
    later: Any,  # noqa: ANN401
) -> None:
    album = anna.album()
    guest = guest_of(anna, album, mode="view_and_add", max_pictures=3, max_bytes=3000)
    taken_back, rejected, accepted = (arrived(guest.add()[0]["image_id"]).id for _ in range(3))
    if settled:
        later(3601)
        assert added_by(anna, album) == [3]
    review = {"reject": [rejected], "accept": [accepted]}
    for _ in range(2):
        guest("DELETE", f"/images/{taken_back}")
        anna("POST", f"/api/albums/{album}/review", review)
    assert added_by(anna, album) == [1]
    assert anna("POST", f"/api/images/{rejected}/restore").status == 200
    assert anna("POST", f"/api/albums/{album}/review", {"reject": [rejected, accepted]}).status == 200
    assert added_by(anna, album) == [1]
    guest.add(PHOTO, {**PHOTO, "name": "b.jpg"})
    assert guest("POST", "/uploads", {"files": [PHOTO]}).status == 409


def test_what_turned_out_to_be_no_picture_gives_its_room_back(anna: Somebody, later: Any) -> None:  # noqa: ANN401
    album = anna.album()
    guest = guest_of(anna, album, mode="view_and_add")
    broken = ticket_of(guest)
    catalogue.change(broken, failed(broken, "e", Failure("not_an_image", "It is a text.")))
    assert added_by(anna, album) == [1]
    later(3601)
    assert added_by(anna, album) == [0]


def ticket_of(guest: Guest) -> Picture:
    return current(guest.add()[0]["image_id"])


@pytest.mark.usefixtures("model")
def test_other_bytes_by_the_same_form_after_the_owner_accepted_are_never_shown(
    anna: Somebody, gallery: Gallery
) -> None:
    album = anna.album()
    guest = guest_of(anna, album, mode="view_and_add")
    sent, other = photograph_with_place(), photograph_with_place() + b"other"
    (upload,) = guest.add({**PHOTO, "size": len(sent)})
    image_id = upload["image_id"]
    gallery.upload(image_id, sent)
    pipeline.caption(image_id)
    assert anna("POST", f"/api/albums/{album}/review", {"accept": [image_id]}).json["results"][0]["status"] == 200
    accepted = current(image_id)
    gallery.upload(image_id, other)
    pipeline.caption(image_id)
    assert now(accepted) == accepted
    assert f"incoming/{image_id}" not in gallery.objects()
    original = storage.read_original(image_id)
    assert original
    assert bytes(original.body[:]) == sent
    assert guest.ids() == [image_id]


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("change", ["end", "expire", "review"])
def test_what_arrives_once_its_link_has_ended_waits_for_the_owner(
    anna: Somebody,
    gallery: Gallery,
    change: str,
    later: Any,  # noqa: ANN401
) -> None:
    album = anna.album()
    guest = guest_of(anna, album, mode="view_and_add", review=False, expires_in=3600)
    before, after = (ticket_of(guest).id for _ in range(2))
    gallery.upload(before, photograph_with_place())
    pipeline.caption(before)
    (link,) = anna("GET", f"/api/albums/{album}/links").json["links"]
    path = f"/api/albums/{album}/links/{link['link_id']}"
    match change:
        case "end":
            anna("DELETE", path)
        case "expire":
            later(3601)
        case _:
            anna("PATCH", path, {"review": True})
    gallery.upload(after, photograph_with_place() + b"after")
    pipeline.caption(after)
    assert (anna.ids(album=album), anna.ids(review="pending", album=album)) == ([before], [after])
    assert guest("GET").status == (200 if change == "review" else 404)


def test_guests_have_hours_of_their_own(anna: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GUEST_UPLOADS_PER_HOUR", 3)
    guest = guest_of(anna, anna.album(), mode="view_and_add")
    answers = guest.add(*({**PHOTO, "name": f"{each}.jpg"} for each in range(5)))
    assert [each["status"] for each in answers] == ["ready"] * 3 + ["rejected"] * 2
    assert guest("POST", "/uploads", {"files": [PHOTO]}).status == 429
    monkeypatch.setattr(limits, "GUEST_UPLOADS_PER_HOUR", 1000)
    monkeypatch.setattr(limits, "GUEST_UPLOADS_OF_LINK_PER_HOUR", 4)
    assert [each["status"] for each in guest.add(PHOTO, {**PHOTO, "name": "b.jpg"})] == ["ready", "rejected"]
    assert guest("POST", "/uploads", {"files": [PHOTO]}).status == 429


def test_a_report_reaches_the_owner_and_admins(anna: Somebody, pool: Pool) -> None:
    album, picture = anna.album(), annas()
    anna.add(album, picture)
    guest = guest_of(anna, album)
    assert guest("POST", f"/images/{picture.id}/report", {"reason": "I am on it."}).status == 202
    assert guest("POST", f"/images/{annas().id}/report", {"reason": "I am on it."}).status == 404
    told = anna("GET", f"/api/albums/{album}").json["reports"]
    assert told == [{"image_id": picture.id, "reason": "I am on it."}]
    anna("DELETE", f"/api/albums/{album}/images", {"ids": [picture.id]})
    assert anna("GET", f"/api/albums/{album}").json["reports"] == []
    listed = anna.api("GET", "/api/admin/reports", headers=pool.bearer("root", groups=["admin"]))
    assert picture.id in listed.text


def test_only_its_owner_and_admins_share_an_album(anna: Somebody, api: Api, pool: Pool) -> None:
    album, eve = anna.album(visibility="public"), Somebody(api, pool, "eve")
    path = f"/api/albums/{album}/links"
    assert [eve(method, path, {}).status for method in ("POST", "GET")] == [403, 403]
    assert eve("POST", f"/api/albums/{album}/review", {"accept": [ticket().id]}).status == 403
    admin = Somebody(api, pool, "root", groups=["admin"])
    assert admin("POST", path, {}).status == 201
    assert admin("POST", path, {"place": True}).status == 422
    assert len(admin("GET", path).json["links"]) == 1


# The page behind a link.


@pytest.mark.usefixtures("site")
def test_the_page_behind_a_link_is_the_sites_own_with_tags(anna: Somebody, api: Api) -> None:
    album, picture = anna.album(title="Sea & <sand>"), annas(visibility="private")
    anna.add(album, picture)
    token = link_to(anna, album)["token"]
    page = api("GET", f"/a/{token}")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (page.headers["referrer-policy"], page.headers["cache-control"]) == ("no-referrer", "no-store")
    assert page.headers["x-robots-tag"] == "noindex"
    assert "<title>Sea &amp; &lt;sand&gt; · Neural Gallery</title>" in page.text
    assert "<script src='/assets/x.js'></script>" in page.text
    for name, content in {
        "og:title": "Sea &amp; &lt;sand&gt;",
        "og:description": "1 picture",
        "og:image": f"https://gallery.example.org/api/links/{token}/cover",
    }.items():
        assert f'<meta property="{name}" content="{content}">' in page.text
    assert api("HEAD", f"/a/{token}").status == 200


@pytest.mark.usefixtures("site")
def test_a_page_tells_nothing_of_an_album_with_a_password_or_of_a_link_that_is_over(anna: Somebody, api: Api) -> None:
    album = anna.album(title="Sea")
    anna.add(album, annas())
    token = link_to(anna, album, password="by the sea")["token"]
    page = api("GET", f"/a/{token}")
    assert (page.status, "Sea" in page.text, "og:image" in page.text) == (200, False, False)
    assert api("GET", f"/api/links/{token}/cover").status == api("GET", f"/a/{token}/cover.jpg").status == 404
    over = api("GET", f"/a/{links.new_token()}")
    assert (over.status, "assets/x.js" in over.text, "og:" in over.text) == (404, True, False)


def test_a_cover_is_cut_to_the_shape_of_previews(anna: Somebody, api: Api) -> None:
    album, post = anna.album(), shaped((1600, 150))
    anna("PUT", f"/api/albums/{album}/images", {"ids": [post.image_id]})
    token = link_to(anna, album)["token"]
    there = api("GET", f"/api/links/{token}/cover")
    assert (there.status, there.headers["location"]) == (302, f"/a/{token}/cover.jpg")
    image = api("GET", f"/a/{token}/cover.jpg")
    assert image.headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(b64decode(image.text))).size == (1200, 630)
