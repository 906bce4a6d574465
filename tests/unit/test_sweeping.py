"""The sweeper: bucket and table agree in the end."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.collection import index_rows, showing
from tests.unit.conftest import Gallery, forget_clients
from tests.unit.pictures import CONTENT, READING, annas, postings, ticket
from tests.unit.sweeps import plenty
from ulid import ULID

from gallery import limits
from gallery.aws import table
from gallery.aws.items import encode
from gallery.captioning import pausing
from gallery.captioning.events import arrivals
from gallery.captioning.tasks import enqueue_captioning
from gallery.lifecycle.removal import soft_delete
from gallery.pictures import catalogue, counters, index, rows, storage
from gallery.pictures.model import Failure, Picture, captioned, failed, pending
from sweep import rules, sweeping
from sweep.sweeping import sweep


def reminded(gallery: Gallery) -> list[str]:
    return sorted(image_id for body in gallery.queued() for image_id in arrivals(body))


def test_originals_nobody_captioned_are_queued_again(gallery: Gallery) -> None:
    lost = str(ULID())
    waiting, unseen, done, wrong = (ticket() for _ in range(4))
    catalogue.change(unseen, pending(unseen, CONTENT))
    catalogue.change(done, captioned(done, CONTENT, READING))
    catalogue.change(wrong, failed(wrong, "e", Failure("truncated", "cut off")))
    for image_id in (lost, waiting.id, unseen.id, done.id, wrong.id):
        gallery.put_original(image_id, b"bytes")
    assert sweep(plenty)["reminded"] == 3
    assert reminded(gallery) == sorted([lost, waiting.id, unseen.id])


def test_without_a_model_waiting_pictures_are_left_waiting(gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("MODEL_NAME")
    picture = ticket()
    catalogue.change(picture, pending(picture, CONTENT))
    gallery.put_original(picture.id, b"bytes")
    assert sweep(plenty)["reminded"] == 0


def test_young_originals_are_left_to_their_own_event(gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("STUCK_SECONDS", "900")
    gallery.put_original(ticket().id, b"bytes")
    assert sweep(plenty)["reminded"] == 0


def test_nobody_is_reminded_while_the_captioner_works_off_a_backlog(gallery: Gallery) -> None:
    gallery.put_original(ticket().id, b"bytes")
    enqueue_captioning([str(ULID()) for _ in range(100)])
    assert sweep(plenty)["reminded"] == 0
    while reminded(gallery):
        pass  # the captioner takes what waits
    assert sweep(plenty)["reminded"] == 1


def test_what_arrives_after_a_deletion_is_erased_and_the_tombstone_closed(gallery: Gallery) -> None:
    picture = ticket()
    soft_delete(picture)
    gallery.put_original(picture.id, b"late")
    storage.write_rendition(f"media/{picture.id}/7-small.jpg", b"late", "image/jpeg")
    sweep(plenty)
    assert gallery.objects() == set()
    assert sweep(plenty)["closed"] == 1
    assert "TOMBSTONES" not in postings(gallery)


def test_a_run_without_time_goes_on_next_time(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "LISTED", 4)
    for each in range(6):
        gallery.put_original(str(ULID()), str(each).encode())
    monkeypatch.setattr(sweeping, "RULES", {"originals": rules.originals})
    assert sweep(_time_for(1))["reminded"] == 4
    assert sweep(plenty)["reminded"] == 2
    assert sweep(plenty)["reminded"] == 6


def _time_for(batches: int) -> Callable[[], int]:
    left = iter([300_000] * batches + [0] * 100)
    return lambda: next(left)


def test_a_foreign_object_among_the_originals_harms_nothing(gallery: Gallery) -> None:
    gallery.put_original("caf\u00e9 +%.jpg", b"bytes")
    assert sweep(plenty)["reminded"] == 0


def test_renditions_no_picture_has_are_deleted(gallery: Gallery) -> None:
    kept = annas()
    key = next(iter(storage.rendition_keys(kept).values()))
    for orphan in (f"media/{kept.id}/7-small.jpg", f"private/{kept.id}/1-small.jpg", f"media/{ULID()}/1-large.jpg"):
        storage.write_rendition(orphan, b"pixels", "image/jpeg")
    gallery.put_original(kept.id, b"bytes")
    assert sweep(plenty)["renditions"] == 3
    left = gallery.objects()
    assert key in left
    assert len(left) == 4


def test_a_picture_whose_original_is_gone_is_removed(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNUSED_TICKET_SECONDS", 0)
    there, gone, unused = annas(), annas(), ticket()
    gallery.put_original(there.id, b"bytes")
    done = sweep(plenty)
    assert (done["lost"], done["abandoned"]) == (1, 1)
    found = {each.id: each.status for each in catalogue.find_all([there.id, gone.id, unused.id])}
    assert found == {there.id: "captioned", gone.id: "deleted", unused.id: "awaiting"}
    assert f"records/{there.id}.json" in gallery.objects()
    assert f"records/{unused.id}.json" not in gallery.objects()


def test_postings_that_lead_nowhere_are_removed_and_no_others(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = annas()
    gallery.put_original(picture.id, b"bytes")
    before = postings(gallery)
    nowhere = [(rows.PUBLIC, str(ULID())), (rows.by_label("cat"), str(ULID())), (rows.by_status("failed"), picture.id)]
    for each in nowhere:
        gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(rows.posting_row(each, 1, at=0)))
    monkeypatch.setattr("time.time", lambda clock=time.time: clock() + 60)
    assert sweep(plenty)["postings"] == 3
    assert postings(gallery) - {"SWEEPER"} == before


def test_orphans_of_the_search_index_are_removed_and_no_others(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = showing("pug", title="Rex")
    gallery.put_original(picture.id, b"bytes")
    before = index_rows(gallery)
    partitions = {partition for partition, _ in before}
    orphans = {(each, index.sort_key(0.123, picture.id)) for each in partitions}
    orphans |= {("WORD#teapot#public", index.sort_key(0.9, picture.id)), ("WORD#rex#anna", next(iter(before))[1])}
    orphans |= {(each, index.sort_key(0.9, str(ULID()))) for each in partitions}
    for each in orphans:
        gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(rows.posting_row(each, 1, at=0)))
    monkeypatch.setattr("time.time", lambda clock=time.time: clock() + 60)
    assert sweep(plenty)["postings"] == len(orphans)
    assert index_rows(gallery) == before


def test_all_is_compared_once_a_week_and_what_people_wait_for_is_done_each_time(
    gallery: Gallery, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("COMPARE_EVERY_DAYS", "7")
    forget_clients()
    for day, lists in (("2026-11-01", True), ("2026-11-02", False), ("2026-11-07", False), ("2026-11-08", True)):
        environment.setattr(sweeping, "_today", lambda day=day: date.fromisoformat(day))
        stray = f"media/{ULID()}/1-large.jpg"
        storage.write_rendition(stray, b"pixels", "image/jpeg")
        unasked = annas()
        gallery.put_original(unasked.id, b"bytes")
        gallery.upload(unasked.id, b"bytes")
        table.update(
            table.key("TALLIES", counters.bucket_of(unasked.id)),
            UpdateExpression="ADD captioned :one",
            ExpressionAttributeValues={":one": 1},
        )
        sweep(plenty)
        assert (stray in gallery.objects()) is not lists
        assert storage.incoming_key(unasked.id) not in gallery.objects()
        assert counters.total().pictures["captioned"] == counted(gallery), "counted anew since anything was counted"
    assert sweep(plenty)["renditions"] == 0
    storage.write_rendition(f"media/{ULID()}/1-large.jpg", b"pixels", "image/jpeg")
    assert sweep(plenty)["renditions"] == 0
    assert sweep(plenty, everything=True)["renditions"] == 1


def counted(gallery: Gallery) -> int:
    return sum(row.get("status") == "captioned" for row in gallery.rows() if row["sk"] == "IMAGE")


def test_a_comparison_that_was_not_finished_goes_on_the_next_day(
    gallery: Gallery, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("COMPARE_EVERY_DAYS", "7")
    forget_clients()
    environment.setattr(storage, "LISTED", 1)
    environment.setattr(sweeping, "_ROUNDS", 2)
    ids = sorted(str(ULID()) for _ in range(5))
    for each in ids:
        gallery.put_original(each, each.encode())
    for day, new in (("2026-11-01", ids[:2]), ("2026-11-02", ids[2:4]), ("2026-11-03", ids[4:]), ("2026-11-04", [])):
        environment.setattr(sweeping, "_today", lambda day=day: date.fromisoformat(day))
        sweep(plenty)
        assert reminded(gallery) == new


def test_reminders_that_have_to_wait_are_sent_the_next_day_and_not_a_week_later(
    gallery: Gallery, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("COMPARE_EVERY_DAYS", "7")
    forget_clients()
    picture = ticket()
    gallery.put_original(picture.id, b"bytes")
    pausing.begin("Too dear.")
    for _ in range(2):
        assert sweep(plenty)["reminded"] == 0
    pausing.end()
    assert sweep(plenty)["reminded"] == 1


def test_rebuilding_from_a_record_keeps_what_was_said(gallery: Gallery) -> None:
    picture = ticket(title="Rex", owner="anna", visibility="private")
    gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode(rows.image_key(picture.id)))
    record = storage.read_record(picture.id)
    assert isinstance(record, Picture)
    assert (record.title, record.owner, record.visibility, record.status) == ("Rex", "anna", "private", "awaiting")


def test_between_sweeps_it_is_called_to_take_down_and_does_nothing_else(gallery: Gallery) -> None:
    from sweep.handler import handler  # noqa: PLC0415 - after the environment is set

    soft_delete(annas())
    before = gallery.rows()
    context = SimpleNamespace(function_name="sweep", memory_limit_in_mb=1, invoked_function_arn="", aws_request_id="1")
    assert handler({"look": True}, cast("Any", context)) == {"taken_down": 0, "dead_letters": 0, "embedded": 0}
    assert gallery.rows() == before


def test_a_new_version_of_the_index_enters_all_pictures_again_though_sweeps_are_killed_in_the_middle(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep(plenty)
    for each in (titled := [showing("pug", title=f"Rex {n}") for n in range(3)]):
        storage.write_record(each)
        gallery.upload(each.id, b"bytes")
    before = index_rows(gallery)
    for pk, sk in before:
        gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode(table.key(pk, sk)))
    old = {("WORD#former#public", index.sort_key(0.5, each.id)) for each in titled}
    for posting in old:
        gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(rows.posting_row(posting, 1, at=0)))
    monkeypatch.setattr("time.time", lambda clock=time.time: clock() + 60)
    monkeypatch.setitem(rules.RULES, "indexed", rules.once(index.VERSION + 1, rules.enter_again))
    monkeypatch.setattr(index, "VERSION", index.VERSION + 1)
    monkeypatch.setattr(rules, "_ENTERED", 1)
    enter, deaths = catalogue.enter_again, iter([False, True, False, True])

    def killed(picture: Picture) -> None:
        if next(deaths, False):
            raise KeyboardInterrupt
        enter(picture)

    monkeypatch.setattr(catalogue, "enter_again", killed)
    for _ in range(8):
        with suppress(KeyboardInterrupt):
            sweep(plenty)
    assert index_rows(gallery) == before
    assert sweep(plenty)["indexed"] == 0
