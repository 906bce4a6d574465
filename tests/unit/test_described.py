"""What owners say of their pictures besides the title: a description, when and where it was, that it is archived."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.conftest import Api, Gallery
from tests.unit.identity import Pool
from tests.unit.pictures import CONTENT, annas, postings, ticket

from gallery.people import people
from gallery.pictures import catalogue, index, rows, storage
from gallery.pictures.access import Caller
from gallery.pictures.metadata import Location, Metadata, Taken
from gallery.pictures.model import Picture, with_metadata

PLACE = {"latitude": 48.1, "longitude": 11.5, "altitude_m": None}


def change(api: Api, pool: Pool, picture: Picture, **said: Any) -> Any:  # noqa: ANN401
    headers = pool.bearer("anna") | {"If-Match": "*"}
    return api("PATCH", f"/api/images/{picture.id}", body=said, headers=headers)


def listed(api: Api, headers: dict[str, str], **query: str) -> list[str]:
    answer = api("GET", "/api/images", query=query, headers=headers)
    assert answer.status == 200, answer.text
    return [image["id"] for image in answer.json["images"]]


def test_what_its_owner_describes_is_shown_found_and_rebuilt(api: Api, pool: Pool) -> None:
    picture = annas()
    answer = change(api, pool, picture, description="At the lighthouse.\nWindy!", location=PLACE)
    assert (answer.status, answer.json["description"]) == (200, "At the lighthouse.\nWindy!")
    assert answer.json["location"] == PLACE
    record = storage.read_record(picture.id)
    assert record
    assert (record.owner_description, record.location) == ("At the lighthouse.\nWindy!", Location(48.1, 11.5))
    stored = catalogue.find(picture.id)
    assert stored
    assert "lighthouse" in index.words(stored)


@pytest.mark.usefixtures("gallery")
def test_the_first_hundred_words_of_a_description_are_found() -> None:
    words = [f"word{letter}{other}" for letter in "abcdefghij" for other in "abcdefghijkl"]
    terms = index.words(annas(owner_description=" ".join(words)))
    assert [word in terms for word in words] == [True] * 100 + [False] * 20


@pytest.mark.parametrize("said", [{"description": "x" * 2001}, {"archived": None}, {"location": {"latitude": 91}}])
def test_what_cannot_be_is_refused(api: Api, pool: Pool, said: dict[str, Any]) -> None:
    assert change(api, pool, annas(), **said).status == 422


def test_a_date_goes_to_its_owner_and_back_to_its_file(api: Api, pool: Pool) -> None:
    picture = annas(taken_at="2024-07-14T16:20:05", taken_offset="+02:00", taken_from="exif")
    told = change(api, pool, picture, taken_at="1999-12-31T23:59:00", taken_offset=None).json
    assert (told["taken_at"], told["taken_offset"], told["taken_from"]) == ("1999-12-31T23:59:00", None, "owner")
    told = change(api, pool, picture, taken_at="1999-12-31T22:00:00").json
    assert told["taken_at"] == "1999-12-31T22:00:00"
    told = change(api, pool, picture, taken_at=None).json
    assert (told["taken_at"], told["taken_offset"], told["taken_from"]) == ("2024-07-14T16:20:05", "+02:00", "exif")


def test_captioning_again_replaces_nothing_that_people_said(api: Api, pool: Pool) -> None:
    picture = annas(location=Location(1.0, 2.0))
    assert change(api, pool, picture, location=None, taken_at="1999-12-31T22:00:00").json["location"] is None
    stored = catalogue.find(picture.id)
    assert stored
    read_again = with_metadata(
        stored, Taken("2020-01-01T00:00:00", None, "exif"), Metadata(location=Location(1.0, 2.0))
    )
    assert (read_again.location, read_again.taken_at) == (None, "1999-12-31T22:00:00")
    assert read_again.found_taken == Taken("2020-01-01T00:00:00", None, "exif")


def test_archived_pictures_stand_in_their_owners_archive_alone(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture, anna = annas(title="Rex"), pool.bearer("anna")
    before = postings(gallery)
    assert change(api, pool, picture, archived=True).json["archived"] is True
    lists: list[dict[str, str]] = [{}, {"owner": "me"}, {"label": "pug"}, {"status": "captioned"}]
    assert [listed(api, anna, **query) for query in lists] == [[]] * 4
    assert listed(api, anna, archived="true") == [picture.id]
    assert listed(api, pool.bearer("ben"), archived="true") == []
    assert api("GET", "/api/images", query={"archived": "true"}).status == 401
    assert api("GET", f"/api/images/{picture.id}").status == 200
    assert api("GET", "/api/labels").json == {"labels": []}
    assert any(pk.startswith("WORD#rex") for pk, _ in rows.postings(catalogue.find_all([picture.id])[0]))
    change(api, pool, picture, archived=False)
    assert listed(api, anna, owner="me") == [picture.id]
    assert postings(gallery) == before


def test_nobody_archives_what_nobody_owns(api: Api) -> None:
    picture = ticket(owner=None)
    catalogue.adopt(picture)
    said = api("PATCH", f"/api/images/{picture.id}", body={"archived": True}, headers={"If-Match": "*"})
    assert said.status == 422


def test_a_picture_tells_whose_it_is_where_they_have_a_profile(api: Api) -> None:
    picture = annas()
    assert api("GET", f"/api/images/{picture.id}").json["owner_name"] is None
    person = people.get_or_create_person(Caller("anna"))
    names = {"username": person.username, "display_name": None}
    assert api("GET", f"/api/images/{picture.id}").json["owner_name"] == names
    assert api("GET", "/api/images").json["images"][0]["owner_name"] == names


def test_a_ticket_takes_what_is_said_of_its_picture(api: Api, pool: Pool) -> None:
    said = {"description": "Windy", "location": PLACE, "labels": ["sea"], "archived": True, "caption_hidden": True}
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 1000, **said}
    answer = api("POST", "/api/uploads", body={"files": [file]}, headers=pool.bearer("anna"))
    ticket = catalogue.find(answer.json["uploads"][0]["image_id"])
    assert ticket
    assert (ticket.owner_description, ticket.archived, ticket.caption_hidden) == ("Windy", True, True)
    assert (ticket.owner_labels, ticket.location) == (["sea"], Location(48.1, 11.5))
    record = storage.read_record(ticket.id)
    assert record
    assert (record.archived, record.owner_labels, record.location) == (True, ["sea"], Location(48.1, 11.5))


def test_a_ticket_makes_a_picture_its_owners_favourite_once_it_is_there(api: Api, pool: Pool) -> None:
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 1000, "favourite": True}
    answer = api("POST", "/api/uploads", body={"files": [file]}, headers=pool.bearer("anna"))
    ticket = catalogue.find(answer.json["uploads"][0]["image_id"])
    assert ticket
    assert listed(api, pool.bearer("anna"), favourite="true") == []
    arrived = catalogue.change(ticket, replace(ticket, status="captioned", content=CONTENT))
    assert listed(api, pool.bearer("anna"), favourite="true") == [arrived.id]
    assert listed(api, pool.bearer("ben"), favourite="true") == []
    record = storage.read_record(arrived.id)
    assert record
    assert record.favourite_at == arrived.favourite_at is not None


def test_what_nobody_owns_is_nobodys_favourite(api: Api) -> None:
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 1000, "favourite": True, "visibility": "public"}
    answer = api("POST", "/api/uploads", body={"files": [file]})
    ticket = catalogue.find(answer.json["uploads"][0]["image_id"])
    assert ticket
    assert ticket.favourite_at is None
