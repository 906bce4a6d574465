"""Rows, postings and changes: what the table says is true at every moment."""

from dataclasses import replace

import pytest
from hypothesis import given
from tests.unit.conftest import Gallery
from tests.unit.pictures import (
    CONTENT,
    PICTURES,
    READING,
    postings,
    ticket,
)
from ulid import ULID

from gallery.aws import table
from gallery.aws.items import encode
from gallery.aws.table import Conflict
from gallery.lifecycle.removal import expire_tombstone, purge_objects, soft_delete
from gallery.pictures import catalogue, rows, storage
from gallery.pictures.model import Failure, Label, Picture, captioned, failed, pending


@given(picture=PICTURES)
def test_a_picture_survives_its_row(picture: Picture) -> None:
    assert rows.from_row(rows.to_row(picture)) == picture


@given(picture=PICTURES)
def test_a_picture_without_a_sentence_survives_its_row(picture: Picture) -> None:
    silent = replace(picture, reading=replace(READING, caption=None))
    assert rows.from_row(rows.to_row(silent)) == silent


def test_a_captioned_picture_stands_in_the_lists_it_belongs_to_and_no_other(gallery: Gallery) -> None:
    picture = ticket(owner="anna")
    assert postings(gallery) == set()
    catalogue.change(picture, captioned(picture, CONTENT, READING))
    assert postings(gallery) == {
        "LIST#public", "OWNER#anna#all", "OWNER#anna#public", "LABEL#pug", "LABEL#cat",
        "TAKEN#public", "TAKEN#anna#public", f"HASH#{'f' * 64}", "TILES#public",
    }  # fmt: skip


def test_a_private_picture_stands_in_its_owners_list_alone(gallery: Gallery) -> None:
    picture = ticket(owner="anna", visibility="private")
    catalogue.change(picture, captioned(picture, CONTENT, READING))
    assert postings(gallery) == {"OWNER#anna#all", "TAKEN#anna#private", f"HASH#{'f' * 64}", "TILES#private"}


def test_the_best_label_lists_a_picture_however_unsure_the_model_is() -> None:
    unsure = replace(READING, labels=[Label("pug", "n1", 0.02), Label("cat", "n2", 0.01)])
    picture = Picture(id="x", visibility="public", created_at="2026-01-01T00:00:00.000Z", reading=unsure)
    assert picture.listed_labels() == ["pug"]
    assert replace(picture, owner_labels=["Rex", "dog"]).listed_labels() == ["Rex", "dog"]


def test_postings_move_with_the_state(gallery: Gallery) -> None:
    picture = ticket()
    waiting = catalogue.change(picture, pending(picture, CONTENT))
    assert "STATUS#pending" in postings(gallery)
    catalogue.change(waiting, captioned(waiting, CONTENT, READING))
    assert "STATUS#pending" not in postings(gallery)
    assert [each.id for each in catalogue.page(rows.PUBLIC, 1, only="captioned").pictures] == [picture.id]


def test_whoever_comes_second_is_told_and_changes_nothing(gallery: Gallery) -> None:
    picture = ticket()
    first = catalogue.change(picture, captioned(picture, CONTENT, READING))
    with pytest.raises(Conflict):
        catalogue.change(picture, failed(picture, "e", Failure("truncated", "cut off")))
    assert catalogue.find(picture.id) == first
    orphans = catalogue.page(rows.FAILURES, 10)
    assert (list(orphans.pictures), orphans.next_id) == ([], None)
    assert len(gallery.objects()) == 1


def test_a_refused_change_leaves_the_record_of_whoever_was_first(gallery: Gallery) -> None:
    picture = ticket()
    catalogue.change(picture, replace(picture, title="first"))
    with pytest.raises(Conflict):
        catalogue.change(picture, replace(picture, title="second"))
    record = storage.read_record(picture.id)
    assert record is not None
    assert record.title == "first"
    assert len(gallery.objects()) == 1


@pytest.mark.usefixtures("gallery")
def test_a_page_is_filled_up_where_postings_lead_nowhere() -> None:
    pictures = [ticket() for _ in range(6)]
    listed = [catalogue.change(each, captioned(each, CONTENT, READING)) for each in pictures]
    newest = sorted((each.id for each in listed), reverse=True)
    gone = next(each for each in listed if each.id == newest[0])
    soft_delete(gone)
    table.client().put_item(TableName="gallery-test", Item=encode(table.key(rows.PUBLIC, gone.id)))
    page = catalogue.page(rows.PUBLIC, 3)
    assert [each.id for each in page.pictures] == newest[1:4]


@pytest.mark.usefixtures("gallery")
def test_more_than_a_hundred_rows_are_written_and_read() -> None:
    tickets = [Picture(id=str(ULID()), visibility="public", created_at="2026-01-01T00:00:00.000Z") for _ in range(120)]
    catalogue.issue(tickets)
    assert len(catalogue.find_all([each.id for each in tickets])) == 120


def test_a_tombstone_outlives_its_objects_and_then_expires(gallery: Gallery) -> None:
    picture = ticket()
    picture = catalogue.change(picture, captioned(picture, CONTENT, READING))
    gallery.upload(picture.id, b"bytes")
    tombstone = soft_delete(picture)
    gallery.upload(picture.id, b"late bytes")
    assert purge_objects(picture.id) is False
    assert gallery.objects() == set()
    assert purge_objects(picture.id) is True
    expire_tombstone(tombstone)
    (row,) = [each for each in gallery.rows() if picture.id in each["pk"]]
    assert row["expires_at"] > 0


@pytest.mark.usefixtures("gallery")
def test_an_adopted_picture_never_replaces_one_that_is_there() -> None:
    picture = ticket(title="mine")
    assert catalogue.adopt(replace(picture, title="theirs")).title == "mine"


@given(picture=PICTURES)
def test_a_record_holds_all_that_the_bytes_cannot_tell(picture: Picture) -> None:
    assert set(storage.record(picture)) == {
        "schema", "id", "owner", "visibility", "created_at", "filename", "title", "owner_description", "attribution",
        "declared_sha256", "owner_labels", "hidden", "trashed", "trashed_at", "favourite_at", "caption_hidden",
        "archived", "modified_at",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["plain.jpg", 'quo"te\\.jpg', "naïve ☃.jpg", "a\r\nX-Evil: 1.jpg", "../../etc/passwd"])
def test_a_download_name_can_say_anything_but_not_break_the_header(name: str) -> None:
    header = storage.attachment(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
