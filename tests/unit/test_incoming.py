"""A ticket is good for one upload: what is sent with its form a second time changes nothing and is never looked at."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.captioning import SeesAPug, consistent, swept
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write, photograph
from tests.unit.pictures import ticket

from caption import pipeline
from gallery import limits
from gallery.aws.items import encode
from gallery.captioning.events import arrivals, reminder
from gallery.lifecycle import removal
from gallery.people import people
from gallery.pictures import catalogue, rows, storage
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture

pytestmark = pytest.mark.usefixtures("model")

PHOTO = photograph()
OTHER = b"other bytes than the first"


def original(picture: Picture) -> bytes:
    found = storage.read_original(picture.id)
    assert found
    return found.body[:]


def sent(gallery: Gallery, picture: Picture, body: bytes = PHOTO) -> Picture:
    gallery.upload(picture.id, body)
    done = pipeline.caption(picture.id)
    assert done
    return done


def test_what_is_sent_is_moved_once(gallery: Gallery) -> None:
    picture = ticket()
    assert sent(gallery, picture).status == "captioned"
    assert original(picture) == PHOTO
    assert storage.incoming_key(picture.id) not in gallery.objects()


def test_originals_may_become_cheaper_from_their_first_day_on(gallery: Gallery) -> None:
    picture = ticket()
    sent(gallery, picture)
    stored = gallery.s3.head_object(Bucket="gallery-test-media", Key=storage.original_key(picture.id))
    assert stored["StorageClass"] == "INTELLIGENT_TIERING"


def test_the_form_puts_exactly_so_many_bytes_of_one_type_under_incoming(api: Api) -> None:
    file = {"name": "dog.jpg", "type": "image/jpeg", "size": 1234}
    (upload,) = api("POST", "/api/uploads", body={"files": [file]}).json["uploads"]
    policy = json.loads(base64.b64decode(upload["fields"]["policy"]))
    assert ["content-length-range", 1234, 1234] in policy["conditions"]
    assert {"Content-Type": "image/jpeg"} in policy["conditions"]
    assert {"key": f"incoming/{upload['image_id']}"} in policy["conditions"]


def test_the_stored_object_that_answers_name_is_the_original(api: Api, gallery: Gallery) -> None:
    picture = ticket()
    sent(gallery, picture)
    assert api("GET", f"/api/images/{picture.id}").json["key"] == f"originals/{picture.id}"


@pytest.mark.fault("an upload form is sent again, with other bytes or the same", "what comes second is deleted unseen")
@pytest.mark.parametrize("first", [PHOTO, b"no picture at all"], ids=["captioned", "failed"])
@pytest.mark.parametrize("again", [PHOTO, OTHER], ids=["the same", "others"])
def test_what_is_sent_again_is_deleted_unseen(gallery: Gallery, model: SeesAPug, first: bytes, again: bytes) -> None:
    picture = ticket()
    before = sent(gallery, picture, first)
    asked = len(model.asked)
    assert sent(gallery, picture, again) == before
    assert original(picture) == first
    assert len(model.asked) == asked
    assert storage.incoming_key(picture.id) not in gallery.objects()


@pytest.mark.fault("two captioners take in what was sent twice at once", "one original, captioned once")
def test_of_two_at_once_one_becomes_the_original(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = ticket()
    gallery.upload(picture.id, OTHER)
    keep = storage.keep_original

    def but_another_is_faster(image_id: str, arrival: storage.Arrival) -> bool:
        monkeypatch.setattr(storage, "keep_original", keep)
        gallery.upload(picture.id, PHOTO)
        pipeline.caption(picture.id)
        return keep(image_id, arrival)

    monkeypatch.setattr(storage, "keep_original", but_another_is_faster)
    done = pipeline.caption(picture.id)
    assert done
    assert (done.status, done.version, original(picture)) == ("captioned", 2, PHOTO)
    consistent(gallery)


def test_killed_anywhere_and_sent_again_the_first_bytes_stay(gallery: Gallery) -> None:
    """Whoever is killed once the original is there is followed by other bytes, which must not take its place."""
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        picture = ticket()
        gallery.upload(picture.id, PHOTO)
        with killed_before_write(death) as deaths:
            pipeline.caption(picture.id)
        kept = storage.read_original(picture.id)
        sent(gallery, picture, OTHER)
        assert original(picture) == (kept.body if kept else OTHER)
        assert pipeline.caption(picture.id) == catalogue.find(picture.id)
        if len(deaths.writes) <= death:
            break
    assert death >= 5


def test_sends_beyond_the_first_are_no_tries_that_the_brake_counts(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from caption import handler  # noqa: PLC0415 - after the environment is set

    counted: list[str] = []
    add = handler.metrics.add_metric

    def note(name: str, unit: Any, value: float) -> None:  # noqa: ANN401 - powertools' own
        counted.append(name)
        add(name, unit, value)

    monkeypatch.setattr(handler.metrics, "add_metric", note)
    picture = ticket()
    context = SimpleNamespace(
        function_name="caption", memory_limit_in_mb=1, invoked_function_arn="arn", aws_request_id="1"
    )
    for body in (PHOTO, PHOTO, OTHER, OTHER, OTHER):
        gallery.upload(picture.id, body)
        record = {"messageId": "1", "body": reminder(picture.id), "eventSource": "aws:sqs"}
        assert handler.handler({"Records": [record]}, cast("Any", context)) == {"batchItemFailures": []}
    assert counted.count("PicturesTried") == counted.count("PicturesCaptioned") == 1
    assert counted.count("PicturesSkipped") == 4


def test_an_event_of_either_place_is_about_the_picture() -> None:
    image_id = ticket_id()
    for key in (f"incoming/{image_id}", f"originals/{image_id}"):
        record = {"eventName": "ObjectCreated:Post", "s3": {"object": {"key": key}}}
        assert arrivals(json.dumps({"Records": [record]})) == [image_id]
    record = {"eventName": "ObjectCreated:Post", "s3": {"object": {"key": f"media/{image_id}"}}}
    assert arrivals(json.dumps({"Records": [record]})) == []


def ticket_id() -> str:
    return "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"


def test_what_somebody_disabled_sends_is_deleted_unseen(gallery: Gallery, model: SeesAPug) -> None:
    anna = people.get_or_create_person(Caller("anna"))
    early, late = ticket(owner="anna"), ticket(owner="anna")
    people.disable(anna)
    for each in (early, late):
        gallery.upload(each.id, PHOTO + each.id.encode())
    assert sent(gallery, late).status == "awaiting"
    assert model.asked == []
    assert not gallery.objects() & {storage.incoming_key(late.id), storage.original_key(late.id)}


def test_what_was_sent_before_being_disabled_is_captioned(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = people.get_or_create_person(Caller("anna"))
    picture = ticket(owner="anna")
    gallery.upload(picture.id, PHOTO)
    monkeypatch.setattr(people, "now", (datetime.now(UTC) + timedelta(minutes=1)).isoformat)
    people.disable(anna)
    done = pipeline.caption(picture.id)
    assert done
    assert done.status == "captioned"


def test_what_arrives_for_no_ticket_is_left_to_the_sweeper(
    gallery: Gallery, later: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    gallery.upload(ticket_id(), PHOTO)
    assert pipeline.caption(ticket_id()) is None
    later()
    swept(1)
    assert gallery.objects() == {f"incoming/{ticket_id()}"}
    monkeypatch.setattr(limits, "UNUSED_TICKET_SECONDS", 0)
    swept(1)
    assert gallery.objects() == set()


@pytest.mark.fault("what was sent was never announced, or its captioner died", "the sweeper reminds the captioner")
def test_the_sweeper_finds_what_was_sent_and_not_taken(gallery: Gallery, later: Callable[[], None]) -> None:
    waiting, unrecorded, done, gone = (ticket() for _ in range(4))
    storage.write_record(unrecorded)
    removal.soft_delete(gone)
    sent(gallery, done)
    for each in (waiting, unrecorded, done, gone):
        gallery.upload(each.id, PHOTO)
    gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode(rows.image_key(unrecorded.id)))
    later()
    swept(1)
    assert sorted(gallery.queued()) == sorted([reminder(waiting.id), reminder(unrecorded.id)])
    left = {each for each in gallery.objects() if each.startswith(storage.INCOMING)}
    assert left == {storage.incoming_key(waiting.id), storage.incoming_key(unrecorded.id)}


def test_a_record_stays_as_long_as_what_was_sent_waits(
    gallery: Gallery, later: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Captioning may be paused for longer than the row of a ticket lives."""
    picture = ticket(owner="anna", title="Rex", visibility="private")
    storage.write_record(picture)
    gallery.upload(picture.id, PHOTO)
    gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode(rows.image_key(picture.id)))
    monkeypatch.setattr(limits, "UNUSED_TICKET_SECONDS", 0)
    later()
    swept()
    done = pipeline.caption(picture.id)
    assert done
    assert (done.status, done.title, done.visibility, done.owner) == ("captioned", "Rex", "private", "anna")
