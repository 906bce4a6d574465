"""What was stored yesterday is read today; what a later version stored is refused in words, and left as it is.

The rows and records here are literal on purpose: they were written once, and no code of ours may change them.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from tests.unit.conftest import Api, Gallery
from tests.unit.identity import Pool

from gallery import schema
from gallery.admin import audit_log
from gallery.aws.items import decode, encode
from gallery.people import people
from gallery.pictures import catalogue, rows, storage
from gallery.pictures import model as pictures
from gallery.pictures.access import Caller
from gallery.pictures.metadata import Camera, Location
from gallery.pictures.model import Content, Label, Membership, Picture, Prediction
from gallery.posts import posts
from gallery.schema import Newer

ID, POST = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "01KAGVQ2W3M8Y6Z5T4R7N9P0XD"

FIRST_PICTURE: dict[str, Any] = {
    "pk": {"S": f"IMAGE#{ID}"}, "sk": {"S": "IMAGE"}, "schema": {"N": "1"}, "id": {"S": ID}, "owner": {"S": "anna"},
    "visibility": {"S": "public"}, "created_at": {"S": "2026-03-01T08:00:00.000Z"}, "status": {"S": "captioned"},
    "version": {"N": "2"}, "filename": {"S": "pug.jpg"}, "title": {"S": "Otto"},
    "content": {"M": {
        "etag": {"S": "0a1b"}, "media_type": {"S": "image/jpeg"}, "size": {"N": "48213"}, "sha256": {"S": "f" * 64},
        "width": {"N": "640"}, "height": {"N": "480"}, "color": {"S": "#a1b2c3"}, "placeholder": {"S": "3OcR"},
        "rendition": {"N": "1"}, "extension": {"S": "jpg"},
    }},
    "reading": {"M": {
        "model": {"S": "ResNet50"}, "caption": {"S": "A pug"}, "captioned_at": {"S": "2026-03-01T08:00:01.000Z"},
        "inference_time_ms": {"N": "25.1"},
        "labels": {"L": [
            {"M": {"label": {"S": "pug"}, "wnid": {"S": "n02110958"}, "probability": {"N": "0.97"}}},
            {"M": {"label": {"S": "bull mastiff"}, "wnid": {"S": "n02108422"}, "probability": {"N": "1e-05"}}},
        ]},
    }},
}  # fmt: skip
"""A picture's row before features, descriptions and hiding."""

FIRST_RECORD: dict[str, Any] = {
    "schema": 1, "id": ID, "owner": None, "visibility": "private", "created_at": "2026-03-01T08:00:00.000Z",
    "filename": "pug.jpg", "title": None, "attribution": "© Otto", "declared_sha256": None, "owner_labels": ["dog"],
}  # fmt: skip
"""A record before hiding."""

FIRST_PERSON: dict[str, Any] = {
    "pk": {"S": "PERSON#anna"}, "sk": {"S": "PERSON"}, "sub": {"S": "anna"}, "username": {"S": "anna_b"},
    "state": {"S": "active"}, "created_at": {"S": "2026-03-01T08:00:00.000Z"}, "followers": {"N": "3"},
    "following": {"N": "0"}, "posts": {"N": "1"}, "username_chosen": {"BOOL": True},
}  # fmt: skip
"""A profile before such rows carried a version."""

FIRST_POST: dict[str, Any] = {
    "pk": {"S": f"POST#{POST}"}, "sk": {"S": "POST"}, "id": {"S": POST}, "image_id": {"S": ID}, "author": {"S": "anna"},
    "text": {"S": "Look!"}, "created_at": {"S": "2026-03-02T08:00:00.000Z"}, "rank": {"N": "7"},
    "ranking": {"S": "MOSTLIKED"},
}  # fmt: skip
"""A post before such rows carried a version, and before hiding."""

FIRST_ACT: dict[str, Any] = {
    "pk": {"S": "LOG"}, "sk": {"S": ID}, "at": {"S": "2026-03-01T08:00:00.000Z"}, "by": {"S": "ada"},
    "action": {"S": "delete"}, "subject": {"S": f"image {ID}"}, "outcome": {"S": "done"},
}  # fmt: skip
"""An admin's act before such rows carried a version."""

FORM = {
    "picture": "id owner visibility created_at status version filename title owner_description attribution "
    "declared_sha256 owner_labels content reading description failure failed_etag expires_at hidden trashed trashed_at "
    "favourite_at uncounted caption_hidden archived modified_at taken_at taken_offset taken_from found_taken camera "
    "location located_by_people albums guest_name stack stack_front_at stands_alone",
    "membership": "since by rank originals pending visit",
    "content": "etag media_type size sha256 width height color placeholder rendition extension sizes signature",
    "prediction": "model labels caption captioned_at inference_time_ms features",
    "label": "label wnid probability",
    "camera": "make model lens exposure_s f_number iso focal_length_mm focal_length_35mm flash",
    "location": "latitude longitude altitude_m",
    "person": "sub username username_chosen display_name bio default_visibility followers following posts created_at "
    "state state_at",
    "post": "id image_id author text created_at edited_at likes hidden",
}
"""What the present version of each kind may hold: 7 of pictures, 1 of all others."""


def put(gallery: Gallery, row: dict[str, Any], version: int | None = None) -> None:
    stamped = row | encode(schema.stamp(version) if version else {})
    gallery.dynamodb.put_item(TableName="gallery-test", Item=stamped)


def put_record(gallery: Gallery, record: dict[str, Any]) -> None:
    gallery.s3.put_object(Bucket="gallery-test-media", Key=f"records/{ID}.json", Body=json.dumps(record))


def test_the_first_pictures_row_is_read(gallery: Gallery) -> None:
    put(gallery, FIRST_PICTURE)
    assert catalogue.find(ID) == Picture(
        id=ID, owner="anna", visibility="public", created_at="2026-03-01T08:00:00.000Z", status="captioned", version=2,
        filename="pug.jpg", title="Otto",
        content=Content("0a1b", "image/jpeg", 48213, "f" * 64, 640, 480, "#a1b2c3", "3OcR", 1, "jpg"),
        reading=Prediction(
            "ResNet50", (Label("pug", "n02110958", 0.97), Label("bull mastiff", "n02108422", 1e-05)), "A pug",
            "2026-03-01T08:00:01.000Z", 25.1,
        ),
    )  # fmt: skip


def test_features_are_read_as_they_were_stored_before_and_since_they_are_compressed() -> None:
    features = bytes(range(256)) * 8
    row = FIRST_PICTURE | encode(schema.stamp(2))
    row["reading"] = {"M": row["reading"]["M"] | {"features": {"B": features}}}
    older = rows.from_row(decode(row))
    assert older.reading is not None
    assert older.reading.features == features
    assert rows.from_row(rows.to_row(older)) == older
    assert len(rows.to_row(older)["reading"]["features"]) < len(features)


@pytest.mark.parametrize("record", [FIRST_RECORD, {k: v for k, v in FIRST_RECORD.items() if k != "schema"}])
def test_the_first_record_is_read(gallery: Gallery, record: dict[str, Any]) -> None:
    put_record(gallery, record)
    assert storage.read_record(ID) == Picture(
        id=ID, visibility="private", created_at="2026-03-01T08:00:00.000Z", filename="pug.jpg", attribution="© Otto",
        owner_labels=["dog"],
    )  # fmt: skip


def test_people_and_posts_and_acts_without_a_version_are_read(gallery: Gallery) -> None:
    for each in (FIRST_PERSON, FIRST_POST, FIRST_ACT):
        put(gallery, each)
    anna = people.find("anna")
    assert anna == people.Person(
        sub="anna", username="anna_b", username_chosen=True, followers=3, posts=1, created_at="2026-03-01T08:00:00.000Z"
    )
    assert posts.find(POST) == posts.Post(
        id=POST, image_id=ID, author="anna", text="Look!", created_at="2026-03-02T08:00:00.000Z", likes=7
    )
    (act,), _ = audit_log.entries(10)
    assert (act.by, act.outcome, act.detail) == ("ada", "done", "")


@pytest.mark.usefixtures("pool")
def test_yesterdays_rows_are_shown_to_people_today(api: Api, gallery: Gallery) -> None:
    for each in (FIRST_PICTURE, FIRST_PERSON, FIRST_POST):
        put(gallery, each)
    shown = api("GET", f"/api/posts/{POST}").json
    assert (shown["image"]["caption"], shown["author"], shown["likes"]) == ("A pug", "anna_b", 7)


@pytest.mark.parametrize(
    ("row", "read"),
    [
        (FIRST_PICTURE, lambda: catalogue.find(ID)),
        (FIRST_PICTURE, lambda: catalogue.find_all([ID])),
        (FIRST_PERSON, lambda: people.find("anna")),
        (FIRST_POST, lambda: posts.find(POST)),
        (FIRST_ACT, lambda: audit_log.entries(10)),
    ],
)
def test_a_row_of_a_later_version_is_not_read(
    gallery: Gallery, row: dict[str, Any], read: Callable[[], object]
) -> None:
    known = pictures.SCHEMA if row is FIRST_PICTURE else 1
    put(gallery, row, version=known + 1)
    with pytest.raises(
        Newer, match=f"{row['pk']['S']}.* is of schema {known + 1}, and {known} is the latest known here"
    ):
        read()


def test_a_record_of_a_later_version_is_not_read(gallery: Gallery) -> None:
    put_record(gallery, FIRST_RECORD | {"schema": 8, "visibility": "friends"})
    with pytest.raises(Newer, match=f"records/{ID}.json is of schema 8"):
        storage.read_record(ID)


@pytest.mark.parametrize(("method", "path"), [("GET", f"/api/images/{ID}"), ("DELETE", f"/api/images/{ID}")])
def test_callers_hear_why_and_the_row_stays_as_it_is(gallery: Gallery, api: Api, method: str, path: str) -> None:
    put(gallery, FIRST_PICTURE, version=8)
    before = gallery.rows()
    answer = api(method, path)
    assert (answer.status, answer.headers["retry-after"]) == (503, "30")
    assert "newer version of the gallery" in answer.json["detail"]
    assert gallery.rows() == before


def test_whoever_is_stored_by_a_later_version_changes_nothing_through_this_one(
    gallery: Gallery, api: Api, pool: Pool
) -> None:
    put(gallery, FIRST_PERSON, version=2)
    before = gallery.rows()
    assert api("PATCH", "/api/me", body={"bio": "mine"}, headers=pool.bearer("anna")).status == 503
    assert gallery.rows() == before


@pytest.mark.usefixtures("gallery")
def test_whatever_says_something_itself_is_stored_with_its_version(gallery: Gallery) -> None:
    picture = Picture(id=ID, visibility="public", created_at="2026-03-01T08:00:00.000Z")
    catalogue.issue([picture])
    people.get_or_create_person(Caller("anna"))
    put(gallery, encode(posts.to_row(posts.Post(id=POST, image_id=ID, author="anna", text="", created_at=""))))
    with audit_log.logged(Caller("ada", admin=True), "look"):
        pass
    said = {row["pk"].partition("#")[0]: row.get("schema") for row in gallery.rows()}
    assert [said[kind] for kind in ("IMAGE", "PERSON", "POST", "LOG")] == [7, 1, 1, 1]
    assert storage.record(picture)["schema"] == 7


def test_the_form_of_a_version_stays_what_it_is() -> None:
    """Who adds to a form raises the version of its kind, and gives its reader a way to raise what is older."""
    assert (pictures.SCHEMA, people.SCHEMA, posts.SCHEMA, audit_log.SCHEMA) == (7, 1, 1, 1)
    kinds = [Picture, Membership, Content, Prediction, Label, Camera, Location, people.Person, posts.Post]
    assert {kind.__name__.lower(): " ".join(each.name for each in fields(kind)) for kind in kinds} == FORM


def test_a_row_of_today_holds_no_more_than_the_form_says() -> None:
    picture = rows.from_row(decode(FIRST_PICTURE))
    assert rows.to_row(picture).keys() - {"pk", "sk", "schema"} <= set(FORM["picture"].split())
