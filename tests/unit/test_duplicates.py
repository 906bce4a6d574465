"""The same bytes twice: the gallery keeps one picture, whoever is first, whatever dies in between."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf
from typing import Any

import pytest
from tests.unit.arriving import DIGEST, PHOTO, captioned, ticket
from tests.unit.captioning import consistent, objects_of, swept
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import each_death, empty, failing, killed_before_write
from tests.unit.identity import Pool
from tests.unit.pictures import ticket as issued
from ulid import ULID

from gallery import limits
from gallery.aws import table
from gallery.aws.items import encode
from gallery.lifecycle.removal import soft_delete
from gallery.pictures import catalogue, duplicates, rows, storage
from gallery.pictures.model import Picture

pytestmark = pytest.mark.usefixtures("model")


def private(gallery: Gallery, owner: str) -> Picture:
    return ticket(gallery, owner=owner, visibility="private")


def fate(picture: Picture) -> tuple[str, str | None]:
    """A picture's status, and which one it repeats."""
    found = catalogue.find(picture.id)
    assert found
    return found.status, found.failure.duplicate_of if found.failure else None


def one_stays(gallery: Gallery, *pictures: Picture) -> Picture:
    """Exactly one of the pictures is captioned, the others name it and own nothing but their records."""
    (first,) = [each for each in pictures if fate(each)[0] == "captioned"]
    others = [each for each in pictures if each.id != first.id]
    assert {fate(each) for each in others} <= {("failed", first.id)}
    for each in others:
        assert {key for key in gallery.objects() if each.id in key} == {storage.record_key(each.id)}
    found = catalogue.find(first.id)
    assert found
    assert objects_of(found) <= gallery.objects()
    return first


def listed_where_they_belong(gallery: Gallery, *pictures: Picture) -> None:
    """Every list holds exactly the pictures that belong there."""
    alive = [found for each in pictures if (found := catalogue.find(each.id))]
    posted = {(row["pk"], row["sk"]) for row in gallery.rows() if rows.posting_id(row)}
    assert posted == {posting for each in alive for posting in rows.postings(each)}


def test_the_second_of_two_uploads_of_the_same_bytes_names_the_first(gallery: Gallery, api: Api) -> None:
    first, second = ticket(gallery), ticket(gallery)
    captioned(second)
    captioned(first)
    assert one_stays(gallery, first, second).id == second.id
    failure = api("GET", f"/api/images/{first.id}").json["failure"]
    assert (failure["code"], failure["duplicate_of"]) == ("duplicate", second.id)
    assert failure["detail"].endswith(".")


@pytest.mark.fault("the same bytes are captioned many times at once", "one picture stays, the others name it")
def test_of_many_at_once_exactly_one_stays(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [ticket(gallery) for _ in range(4)]
    waiting, claim = pictures[1:], duplicates.claim

    def claim_before_any_other_has_written(picture: Picture, digest: str) -> duplicates.Claim:
        found = claim(picture, digest)
        if waiting:
            captioned(waiting.pop())
        return found

    monkeypatch.setattr(duplicates, "claim", claim_before_any_other_has_written)
    # Each waits for all others within one attempt, which on a busy machine takes longer than anybody may.
    monkeypatch.setattr(table, "_deadline", lambda: inf)
    captioned(pictures[0])
    assert one_stays(gallery, *pictures).id == pictures[1].id


@pytest.mark.fault("the captioner of a copy comes between a claim and its row", "one picture stays, the other names it")
def test_a_claim_taken_over_from_somebody_who_lives_fences_them_off(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, later: Callable[[], None]
) -> None:
    slow, quick = ticket(gallery), ticket(gallery)
    others, put = [quick], catalogue._put

    def put_after_the_other(picture: Picture, *how: Any) -> None:  # noqa: ANN401 (as it takes them)
        if others and picture.id == slow.id and picture.content:
            captioned(others.pop())
        put(picture, *how)

    monkeypatch.setattr(catalogue, "_put", put_after_the_other)
    captioned(slow)
    assert not others
    later()
    swept()
    assert one_stays(gallery, slow, quick).id == quick.id
    listed_where_they_belong(gallery, slow, quick)


def test_a_claim_of_the_version_before_holds_until_its_ticket_is_gone(gallery: Gallery) -> None:
    first = captioned(ticket(gallery))
    key = encode(rows.claim_key(DIGEST, "public"))
    gallery.dynamodb.update_item(TableName="gallery-test", Key=key, UpdateExpression="REMOVE version")
    assert fate(captioned(ticket(gallery))) == ("failed", first.id)
    soft_delete(first)
    assert fate(captioned(ticket(gallery))) == ("captioned", None)


def arrivals(gallery: Gallery) -> Iterator[tuple[int, Picture, Picture]]:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        yield death, ticket(gallery), ticket(gallery)


@pytest.mark.fault(
    "the captioner of the first of two copies is killed before any of its writes", "one of the two stays"
)
def test_a_first_that_is_killed_anywhere_leaves_one_of_two(gallery: Gallery, later: Callable[[], None]) -> None:
    for death, first, second in arrivals(gallery):
        with killed_before_write(death) as deaths:
            captioned(first)
        captioned(second)
        captioned(first)
        later()
        swept()
        one_stays(gallery, first, second)
        listed_where_they_belong(gallery, first, second)
        if len(deaths.writes) <= death:
            break
    assert death >= 4


@pytest.mark.fault("the captioner of a copy is killed before any of its writes", "the first stays, the copy's bytes go")
def test_a_second_that_is_killed_anywhere_leaves_the_first(gallery: Gallery, later: Callable[[], None]) -> None:
    for death, first, second in arrivals(gallery):
        captioned(first)
        with killed_before_write(death) as deaths:
            captioned(second)
        later()
        swept()
        for each in gallery.queued():
            assert second.id in each
            captioned(second)
        assert one_stays(gallery, first, second).id == first.id
        if len(deaths.writes) <= death:
            break
    assert death >= 3


@pytest.mark.fault("the captioners of two copies are both killed", "one of the two stays once they are sent again")
def test_both_killed_anywhere_leave_one_of_two(gallery: Gallery) -> None:
    for death, first, second in arrivals(gallery):
        with killed_before_write(death) as deaths:
            captioned(first)
        with killed_before_write(death):
            captioned(second)
        for each in (second, first):
            captioned(each)
        one_stays(gallery, first, second)
        if len(deaths.writes) <= death:
            break


def test_there_is_nothing_to_save_of_a_copy(gallery: Gallery, api: Api) -> None:
    first, copy = ticket(gallery), ticket(gallery)
    for each in (first, copy):
        captioned(each)
    assert api("GET", f"/api/images/{first.id}/download").status == 302
    assert api("GET", f"/api/images/{copy.id}/download").status == 404


def test_events_twice_and_out_of_order_change_nothing_more(gallery: Gallery) -> None:
    first, second = ticket(gallery), ticket(gallery)
    for each in (first, second):
        captioned(each)
    before = sorted(str(each) for each in gallery.rows())
    for each in (second, first, second):
        captioned(each)
    assert sorted(str(each) for each in gallery.rows()) == before


def test_a_picture_is_no_copy_of_itself(gallery: Gallery) -> None:
    picture = captioned(ticket(gallery))
    gallery.upload(picture.id, PHOTO + b"\0")
    gallery.upload(picture.id, PHOTO)
    assert fate(captioned(picture)) == ("captioned", None)


def test_once_the_first_is_deleted_its_bytes_can_be_uploaded_again(gallery: Gallery) -> None:
    first, second = captioned(ticket(gallery)), ticket(gallery)
    captioned(second)
    soft_delete(first)
    third = ticket(gallery)
    assert fate(captioned(third)) == ("captioned", None)
    held = catalogue.find_duplicate(DIGEST, "public")
    assert held is not None
    assert held.id == third.id


def test_a_first_that_is_deleted_before_the_second_is_looked_at_is_no_first(gallery: Gallery) -> None:
    first, second = captioned(ticket(gallery)), ticket(gallery)
    soft_delete(first)
    assert fate(captioned(second)) == ("captioned", None)


def test_a_claim_that_expired_is_not_missed(gallery: Gallery) -> None:
    first = captioned(ticket(gallery))
    gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode(rows.claim_key(DIGEST, "public")))
    second = ticket(gallery)
    assert fate(captioned(second)) == ("failed", first.id)


def test_nobody_learns_of_somebody_elses_private_picture(gallery: Gallery) -> None:
    secret = captioned(private(gallery, "anna"))
    for other in (private(gallery, "eve"), ticket(gallery, owner="eve"), ticket(gallery)):
        assert secret.id not in str(captioned(other))
    assert fate(secret) == ("captioned", None)


def test_ones_own_private_picture_is_kept_once_and_not_shown_to_others(gallery: Gallery, api: Api, pool: Pool) -> None:
    secret, copy = captioned(private(gallery, "anna")), ticket(gallery, owner="anna")
    assert fate(captioned(copy)) == ("failed", secret.id)
    assert api("GET", f"/api/images/{copy.id}").status == 404
    assert copy.id not in api("GET", "/api/images").text
    mine = api("GET", f"/api/images/{copy.id}", headers=pool.bearer("anna"))
    assert mine.json["failure"]["duplicate_of"] == secret.id


def made_private(picture: Picture) -> None:
    catalogue.change(picture, replace(picture, visibility="private"))


def hidden_by_an_admin(picture: Picture) -> None:
    catalogue.change(picture, replace(picture, visibility="private", hidden="public"))


@pytest.mark.parametrize("taken_away", [soft_delete, made_private, hidden_by_an_admin])
@pytest.mark.parametrize("visibility", ["private", "public"])
def test_what_somebody_else_does_with_the_same_picture_takes_nobodys_away(
    gallery: Gallery, visibility: str, taken_away: Callable[[Picture], object]
) -> None:
    shown = captioned(ticket(gallery, owner="eve"))
    mine = captioned(ticket(gallery, owner="anna", visibility=visibility))
    assert fate(mine) == ("captioned", None)
    taken_away(shown)
    assert catalogue.find(mine.id) == mine
    assert objects_of(mine) <= gallery.objects()
    assert fate(captioned(ticket(gallery, owner="anna"))) == ("failed", mine.id)


def test_ones_own_is_found_among_many_of_others(gallery: Gallery) -> None:
    pictures = [captioned(ticket(gallery, owner=f"owner{each}")) for each in range(12)]
    assert {fate(each) for each in pictures} == {("captioned", None)}
    for each in pictures:
        assert fate(captioned(ticket(gallery, owner=each.owner))) == ("failed", each.id)


def test_what_nobody_owns_repeats_any_public_picture(gallery: Gallery) -> None:
    shown = captioned(ticket(gallery, owner="eve"))
    assert fate(captioned(ticket(gallery))) == ("failed", shown.id)


def test_a_public_picture_that_was_made_private_is_found_by_its_owner_alone(gallery: Gallery) -> None:
    shown = captioned(ticket(gallery, owner="anna"))
    made_private(shown)
    assert fate(captioned(ticket(gallery))) == ("captioned", None)
    assert fate(captioned(private(gallery, "anna"))) == ("failed", shown.id)


def test_a_wrong_announcement_is_told_from_a_copy(gallery: Gallery) -> None:
    captioned(ticket(gallery))
    done = captioned(ticket(gallery, declared_sha256="0" * 64))
    assert done.failure
    assert done.failure.code == "checksum_mismatch"


@pytest.mark.fault("the table is lost where two pictures have the same bytes", "both are rebuilt, nothing is deleted")
def test_rebuilding_from_the_bucket_keeps_the_copies_that_are_there(gallery: Gallery) -> None:
    pictures = [issued(id=str(ULID())) for _ in range(2)]
    for each in pictures:
        gallery.upload(each.id, PHOTO)
        storage.write_record(each)
    for lost in gallery.rows():
        gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode({"pk": lost["pk"], "sk": lost["sk"]}))
    for each in pictures:
        captioned(each)
    assert [fate(each) for each in pictures] == [("captioned", None)] * 2


def test_a_copy_does_not_stand_in_lists_for_ever(
    gallery: Gallery, api: Api, monkeypatch: pytest.MonkeyPatch, later: Callable[[], None]
) -> None:
    first, copy = ticket(gallery), ticket(gallery)
    for each in (first, copy):
        storage.write_record(each)
        captioned(each)
    swept()
    assert [each.id for each in catalogue.page(rows.FAILURES, 10).pictures] == [copy.id]
    monkeypatch.setattr(limits, "UNUSED_TICKET_SECONDS", 0)
    later()
    swept(3)
    assert catalogue.page(rows.FAILURES, 10).pictures == []
    assert [each["id"] for each in api("GET", "/api/images").json["images"]] == [first.id]
    consistent(gallery)


def test_a_passing_conflict_with_a_transaction_costs_another_try_and_nothing_else(gallery: Gallery) -> None:
    with failing(table.client(), "PutItem", 1, 400, "TransactionConflictException") as answered:
        assert fate(captioned(ticket(gallery))) == ("captioned", None)
    assert answered
