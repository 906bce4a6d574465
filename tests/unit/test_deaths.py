"""Killed between any two writes: what would be lost? Nothing, and nothing is doubled or left behind."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.captioning import PHOTO, SeesAPug, consistent, swept
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write, some_deaths
from tests.unit.identity import Pool
from tests.unit.pictures import annas, ticket

from caption import pipeline
from gallery import limits
from gallery.aws.items import encode
from gallery.lifecycle.removal import soft_delete
from gallery.pictures import catalogue, rows, storage
from gallery.pictures.model import Picture

pytestmark = pytest.mark.usefixtures("model")


@pytest.mark.fault("the captioner is killed before any of its writes", "captioned exactly once, nothing left over")
def test_a_captioner_killed_anywhere_captions_exactly_once_in_the_end(
    gallery: Gallery, later: Callable[[], None]
) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        picture = ticket(title="Rex")
        gallery.upload(picture.id, PHOTO)
        with killed_before_write(death) as deaths:
            pipeline.caption(picture.id)
        done = pipeline.caption(picture.id)
        assert done is not None
        assert (done.status, done.title, done.version) == ("captioned", "Rex", 2)
        later()
        swept()
        consistent(gallery)
        if len(deaths.writes) <= death:
            break
    assert death >= 4


@pytest.mark.fault("a deletion is killed before any of its writes", "the picture is whole, or gone with every object")
def test_a_deletion_killed_anywhere_leaves_the_picture_whole_or_gone(
    gallery: Gallery, later: Callable[[], None]
) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        picture = ticket()
        gallery.upload(picture.id, PHOTO)
        captioned = pipeline.caption(picture.id)
        assert captioned
        with killed_before_write(death) as deaths:
            soft_delete(captioned)
        later()
        swept(3)
        left = catalogue.find(picture.id)
        assert left
        assert left.status == ("captioned" if death < 3 else "deleted")
        consistent(gallery)
        if len(deaths.writes) <= death:
            break
    assert death >= 5


@pytest.mark.fault(
    "hiding a picture is killed before any of its writes",
    "shown or hidden, never both",
)
@some_deaths
def test_hiding_a_picture_killed_anywhere_never_shows_what_is_hidden(
    gallery: Gallery, api: Api, pool: Pool, later: Callable[[], None], stride: int
) -> None:
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        picture = annas()
        gallery.put_original(picture.id, PHOTO)
        with killed_before_write(death) as deaths:
            headers = {**pool.bearer("anna"), "if-match": "*"}
            api("PATCH", f"/api/images/{picture.id}", body={"visibility": "private"}, headers=headers)
        later()
        swept()
        consistent(gallery)
        if len(deaths.writes) <= death:
            break
    assert death >= 5


@pytest.mark.fault("a ticket is killed before any of its writes", "nothing left over; the person tries again")
def test_a_ticket_killed_anywhere_costs_nothing_but_another_try(
    gallery: Gallery, api: Api, later: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UNUSED_TICKET_SECONDS", 0)
    file = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000}
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        with killed_before_write(death) as deaths:
            api("POST", "/api/uploads", body={"files": [file]})
        later()
        swept()
        assert gallery.objects() == set()
        if len(deaths.writes) <= death:
            break
    assert death == 2


@pytest.mark.fault("the sweeper is killed before any of its writes", "the next run finishes it")
@some_deaths
def test_a_sweep_killed_anywhere_is_finished_by_the_next(
    gallery: Gallery, later: Callable[[], None], stride: int
) -> None:
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        gone, kept = ticket(), ticket()
        for each in (gone, kept):
            gallery.upload(each.id, PHOTO)
            pipeline.caption(each.id)
        found = catalogue.find(gone.id)
        assert found
        soft_delete(found)
        gallery.upload(gone.id, PHOTO)
        storage.write_rendition(f"media/{kept.id}/9-small.jpg", b"left over", "image/jpeg")
        later()
        with killed_before_write(death) as deaths:
            swept(1)
        swept(3)
        consistent(gallery)
        if len(deaths.writes) <= death:
            break
    assert death >= 7


@pytest.mark.fault("two captioners at the same picture at once", "one writes, the other sees it and stops")
def test_captioning_twice_at_the_same_time_writes_once(gallery: Gallery, model: SeesAPug) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    settle = pipeline._commit
    slow: list[Picture] = []

    def meanwhile_the_other_was_faster(stale: Picture, seen: pipeline.Inspection) -> Picture | None:
        if not slow:
            slow.append(stale)
            pipeline.caption(picture.id)
        return settle(stale, seen)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "_commit", meanwhile_the_other_was_faster)
        done = pipeline.caption(picture.id)
    assert done
    assert (done.status, done.version, len(model.asked)) == ("captioned", 2, 1)
    consistent(gallery)


@pytest.mark.fault("a title is changed while the picture is captioned", "both the new title and the caption")
def test_an_edit_during_captioning_is_kept(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = ticket(title="old")
    gallery.upload(picture.id, PHOTO)
    look = pipeline._inspect

    def and_meanwhile_the_title_changes(original: Any, seen: Picture) -> pipeline.Inspection:  # noqa: ANN401
        from dataclasses import replace  # noqa: PLC0415

        catalogue.change(seen, replace(seen, title="new"))
        return look(original, seen)

    monkeypatch.setattr(pipeline, "_inspect", and_meanwhile_the_title_changes)
    done = pipeline.caption(picture.id)
    assert done
    assert (done.status, done.title) == ("captioned", "new")


@pytest.mark.fault("a picture is deleted while it is captioned", "gone, with all that the captioner had stored")
def test_a_deletion_during_captioning_wins(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, later: Callable[[], None]
) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    look = pipeline._inspect

    def and_meanwhile_it_is_deleted(original: Any, seen: Picture) -> pipeline.Inspection:  # noqa: ANN401
        soft_delete(seen)
        return look(original, seen)

    monkeypatch.setattr(pipeline, "_inspect", and_meanwhile_it_is_deleted)
    assert pipeline.caption(picture.id) is None
    assert gallery.objects() == set()
    later()
    swept()
    consistent(gallery)


@pytest.mark.fault("the same event twice", "nothing changes")
def test_the_same_event_again_changes_nothing(gallery: Gallery, model: SeesAPug) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    first = pipeline.caption(picture.id)
    assert pipeline.caption(picture.id) == first
    assert len(model.asked) == 1


@pytest.mark.fault("an event, or an upload, after the deletion", "what came late is erased")
def test_an_event_after_the_deletion_erases_what_came_late(gallery: Gallery) -> None:
    picture = ticket()
    soft_delete(picture)
    gallery.upload(picture.id, PHOTO)
    assert pipeline.caption(picture.id) is None
    assert gallery.objects() == set()


@pytest.mark.fault("an event before its object", "nothing changes")
def test_an_event_before_its_object_changes_nothing(gallery: Gallery) -> None:
    picture = ticket()
    done = pipeline.caption(picture.id)
    assert done == picture
    assert len(gallery.rows()) == 1


@pytest.mark.fault("other bytes in an original's place, put there by hand", "captioned anew")
def test_other_bytes_in_an_originals_place_are_captioned_anew(gallery: Gallery, model: SeesAPug) -> None:
    picture = ticket()
    gallery.upload(picture.id, b"no picture at all")
    failed = pipeline.caption(picture.id)
    assert failed
    assert failed.status == "failed"
    gallery.put_original(picture.id, PHOTO)
    done = pipeline.caption(picture.id)
    assert done
    assert (done.status, done.failure, len(model.asked)) == ("captioned", None, 1)


@pytest.mark.fault("no model yet", "shown without a caption, captioned once there is a model")
def test_without_a_model_pictures_are_shown_and_wait(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    with monkeypatch.context() as without:
        without.setattr(pipeline, "classifier", lambda: None)
        waiting = pipeline.caption(picture.id)
        assert waiting
        assert (waiting.status, pipeline.caption(picture.id)) == ("pending", waiting)
    assert storage.rendition_keys(waiting).keys() == {"small", "medium", "large"}
    done = pipeline.caption(picture.id)
    assert done
    assert done.status == "captioned"


@pytest.mark.fault("the table is lost", "rebuilt from the bucket: titles, corrections, nothing private shown")
def test_the_table_is_rebuilt_from_the_bucket(gallery: Gallery, later: Callable[[], None]) -> None:
    told = ticket(title="Rex", owner="anna", owner_labels=["my dog"])
    hidden, unknown = ticket(owner="anna", visibility="private"), ticket()
    for each in (told, hidden, unknown):
        gallery.upload(each.id, PHOTO)
        pipeline.caption(each.id)
    storage.delete([storage.record_key(unknown.id)])
    for row in gallery.rows():
        gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode({"pk": row["pk"], "sk": row["sk"]}))
    swept(1)
    for each in (told, hidden, unknown):
        pipeline.caption(each.id)
    found = {each.id: each for each in catalogue.find_all([told.id, hidden.id, unknown.id])}
    assert (found[told.id].title, found[told.id].owner_labels) == ("Rex", ["my dog"])
    assert found[told.id].visibility == "public"
    assert {found[hidden.id].visibility, found[unknown.id].visibility} == {"private"}
    assert [each.id for each in catalogue.page(rows.PUBLIC, 10).pictures] == [told.id]
    later()
    swept()
    assert not any(key.startswith(f"media/{each}") for key in gallery.objects() for each in (hidden.id, unknown.id))
