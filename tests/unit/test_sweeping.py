"""The sweeper: bucket and table agree in the end."""

from collections.abc import Callable

import pytest
from tests.unit.conftest import Gallery
from tests.unit.test_catalogue import CONTENT, READING, ticket
from ulid import ULID

from gallery import catalogue, rows, storage
from gallery.events import arrivals
from gallery.pictures import Failure, Picture, captioned, failed, pending
from gallery.removal import bury
from sweep.sweeping import sweep


def plenty() -> int:
    return 300_000


def reminded(gallery: Gallery) -> list[str]:
    return sorted(image_id for body in gallery.queued() for image_id in arrivals(body))


def test_originals_nobody_captioned_are_queued_again(gallery: Gallery) -> None:
    lost = str(ULID())
    waiting, unseen, done, wrong = (ticket() for _ in range(4))
    catalogue.change(unseen, pending(unseen, CONTENT))
    catalogue.change(done, captioned(done, CONTENT, READING))
    catalogue.change(wrong, failed(wrong, "e", Failure("truncated", "cut off")))
    for image_id in (lost, waiting.id, unseen.id, done.id, wrong.id):
        gallery.upload(image_id, b"bytes")
    assert sweep(plenty)["reminded"] == 3
    assert reminded(gallery) == sorted([lost, waiting.id, unseen.id])


def test_without_a_model_waiting_pictures_are_left_waiting(gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("MODEL_NAME")
    picture = ticket()
    catalogue.change(picture, pending(picture, CONTENT))
    gallery.upload(picture.id, b"bytes")
    assert sweep(plenty)["reminded"] == 0


def test_young_originals_are_left_to_their_own_event(gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("STUCK_SECONDS", "900")
    gallery.upload(ticket().id, b"bytes")
    assert sweep(plenty)["reminded"] == 0


def test_what_arrives_after_a_deletion_is_erased_and_the_tombstone_closed(gallery: Gallery) -> None:
    picture = ticket()
    bury(picture)
    gallery.upload(picture.id, b"late")
    storage.write_rendition(f"media/{picture.id}/7-small.jpg", b"late", "image/jpeg")
    sweep(plenty)
    assert gallery.objects() == set()
    assert sweep(plenty)["closed"] == 1
    assert [each["pk"]["S"] for each in gallery.rows() if each["pk"]["S"] == "TOMBSTONES"] == []


def test_a_run_without_time_goes_on_next_time(gallery: Gallery) -> None:
    ids = sorted(str(ULID()) for _ in range(150))
    for each in ids:
        gallery.upload(each, b"bytes")
    assert sweep(_time_for(1))["reminded"] == 100
    assert sweep(plenty)["reminded"] == 50
    assert sweep(plenty)["reminded"] == 150


def _time_for(batches: int) -> Callable[[], int]:
    left = iter([300_000] * batches + [0] * 100)
    return lambda: next(left)


def test_a_foreign_object_among_the_originals_harms_nothing(gallery: Gallery) -> None:
    gallery.upload("caf\u00e9 +%.jpg", b"bytes")
    assert sweep(plenty)["reminded"] == 0


def test_rebuilding_from_a_record_keeps_what_was_said(gallery: Gallery) -> None:
    picture = ticket(title="Rex", owner="anna", visibility="private")
    gallery.dynamodb.delete_item(TableName="gallery-test", Key=rows.image_key(picture.id))
    record = storage.read_record(picture.id)
    assert isinstance(record, Picture)
    assert (record.title, record.owner, record.visibility, record.status) == ("Rex", "anna", "private", "awaiting")
