"""Deleting an account: blocked at once, then everything of it erased, whatever dies in between."""

import time
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.captioning import PHOTO
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.faults import each_death, empty, killed_before_write
from tests.unit.identity import Pool
from tests.unit.lives import lived
from tests.unit.pictures import ticket
from tests.unit.test_albums import context

from caption import pipeline
from gallery.albums import albums
from gallery.aws import accounts, table
from gallery.people import people
from gallery.pictures import catalogue, rows, storage
from gallery.pictures.access import Caller
from gallery.posts import posts
from people import erase
from people.erasing import resume
from sweep.sweeping import sweep

pytestmark = pytest.mark.usefixtures("model", "no_waiting")

NEVER_LATE = 300_000


@pytest.fixture
def done_to_accounts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is done to accounts in the pool, in order; the pool itself has its part in the integration tests."""
    done: list[tuple[str, str]] = []
    monkeypatch.setattr(accounts, "block", lambda sub: done.append(("block", sub)))
    monkeypatch.setattr(accounts, "delete", lambda sub: done.append(("delete", sub)))
    return done


def bytes_at(key: str) -> bytes:
    return storage.client().get_object(Bucket="gallery-test-media", Key=key)["Body"].read()


def left_of(sub: str, gallery: Gallery) -> list[str]:
    """Return the keys of all rows that mention somebody, but the tombstone and rows that expire by themselves."""
    mentioning = (row for row in gallery.rows() if sub in str(row))
    return sorted(
        f"{row['pk']}/{row['sk']}"
        for row in mentioning
        if row["pk"].partition("#")[0] != "CLAIM" and row.get("state") != "erased"
    )


def others_are_whole() -> None:
    ben, cleo = people.find("ben"), people.find("cleo")
    assert ben
    assert cleo
    assert (ben.followers, ben.following, ben.posts) == (1, 0, 1)
    assert (cleo.followers, cleo.following) == (0, 1)
    (left,), _ = posts.page(posts.by_author("ben"), 10)
    assert left.likes == 1


def cleared(called: list[dict[str, Any]]) -> None:
    """Have the albums' function do what it was called for."""
    from albums.handler import handler  # noqa: PLC0415 - after the environment is set

    for event in [each for each in called if "clear" in each]:
        handler(event, context())
    called.clear()


def gone(sub: str, gallery: Gallery) -> None:
    assert left_of(sub, gallery) == []
    assert not any(sub in key for key in gallery.objects())
    known = {rows.from_row(row).id: rows.from_row(row) for row in gallery.rows() if row["sk"] == "IMAGE"}
    alive = {each.id for each in known.values() if each.status != "deleted"}
    objects = {key for key in gallery.objects() if not key.startswith(storage.ALBUMS)}
    assert {key.split("/")[1].partition(".")[0] for key in objects} == alive
    kept = [albums.from_row(row) for row in gallery.rows() if row["sk"] == "ALBUM"]
    assert sorted((each.owner, *each.people, *each.invited) for each in kept) == [("ben",), ("cleo",)]
    assert {key for key in gallery.objects() if key.startswith(storage.ALBUMS)} == {
        albums.document_key(each.id) for each in kept
    }
    assert not [row for row in gallery.rows() if row["pk"].startswith("LINK")]
    tombstone = people.find(sub)
    assert tombstone
    assert (tombstone.state, tombstone.username, tombstone.display_name) == ("erased", "", None)
    others_are_whole()


def test_everything_of_somebody_is_erased_and_nothing_of_others(
    gallery: Gallery, done_to_accounts: list[tuple[str, str]], called: list[dict[str, Any]]
) -> None:
    lived("anna")
    people.begin_erasure(people.get_or_create_person(Caller("anna")))
    assert called == [{"erase": "anna"}]
    assert resume("anna", lambda: NEVER_LATE) == "done"
    gone("anna", gallery)
    assert resume("anna", lambda: NEVER_LATE) == "done"
    assert done_to_accounts == [("block", "anna"), ("delete", "anna")]


def test_an_account_is_blocked_from_the_request_on(
    api: Api, pool: Pool, called: list[dict[str, Any]], gallery: Gallery
) -> None:
    headers = pool.bearer("anna")
    name = api("GET", "/api/me", headers=headers).json["username"]
    answer = api("DELETE", "/api/me", headers=headers)
    assert (answer.status, answer.json) == (202, {"status": "erasing"})
    assert called == [{"erase": "anna"}]
    assert api("DELETE", "/api/me", headers=headers).status == 401
    assert api("GET", "/api/me", headers=headers).status == 401
    assert api("GET", f"/api/users/{name}").status == 404
    assert [row["sk"] for row in gallery.rows() if row["pk"] == "ERASURES"] == ["anna"]


def test_erasing_again_begins_no_second_job_but_goes_on(gallery: Gallery, called: list[dict[str, Any]]) -> None:
    stale = people.get_or_create_person(Caller("anna"))
    people.begin_erasure(stale)
    people.begin_erasure(stale)
    assert called == [{"erase": "anna"}] * 2
    assert sum(row["pk"] == "ERASURES" for row in gallery.rows()) == 1


@pytest.mark.usefixtures("done_to_accounts")
def test_somebody_disabled_can_be_erased(called: list[dict[str, Any]], gallery: Gallery) -> None:
    lived("anna")
    stale = people.get_or_create_person(Caller("anna"))
    people.disable(stale)
    people.begin_erasure(stale)
    assert called == [{"erase": "anna"}]
    resume("anna", lambda: NEVER_LATE)
    gone("anna", gallery)


@pytest.mark.usefixtures("done_to_accounts")
def test_nobody_is_erased_who_did_not_ask(gallery: Gallery) -> None:
    lived("anna")
    before = gallery.rows()
    assert resume("anna", lambda: NEVER_LATE) == "done"
    assert resume("nobody", lambda: NEVER_LATE) == "done"
    assert gallery.rows() == before


@pytest.mark.usefixtures("done_to_accounts")
def test_what_takes_longer_than_a_call_goes_on_in_the_next(gallery: Gallery, called: list[dict[str, Any]]) -> None:
    lived("anna")
    people.begin_erasure(people.get_or_create_person(Caller("anna")))
    context = cast("Any", SimpleNamespace(**dict.fromkeys(_CONTEXT, "erase"), get_remaining_time_in_millis=lambda: 0))
    calls = 0
    while erasing := [each for each in called if "erase" in each]:
        calls += 1
        assert calls < 30
        called.clear()
        erase.handler(erasing[0], context)
    assert calls > 3
    gone("anna", gallery)


_CONTEXT = ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id")


@pytest.mark.usefixtures("done_to_accounts")
@pytest.mark.fault("an erasure dies before it was called, or on the way", "the sweeper has it go on")
def test_the_sweeper_has_a_stuck_erasure_go_on(
    called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, gallery: Gallery
) -> None:
    people.begin_erasure(people.get_or_create_person(Caller("anna")))
    called.clear()
    now = time.time()
    monkeypatch.setenv("STUCK_SECONDS", "900")
    forget_clients()
    monkeypatch.setattr("time.time", lambda: now + 800)
    sweep(lambda: NEVER_LATE)
    assert called == []
    monkeypatch.setattr("time.time", lambda: now + 1000)
    sweep(lambda: NEVER_LATE)
    assert called == [{"erase": "anna"}]
    resume("anna", lambda: NEVER_LATE)
    called.clear()
    sweep(lambda: NEVER_LATE)
    assert called == []
    assert left_of("anna", gallery) == []


@pytest.mark.usefixtures("done_to_accounts")
@pytest.mark.fault("an erasure is killed before any of its writes", "the next call erases the rest; counts are exact")
@pytest.mark.parametrize("stride", [8, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])])
def test_an_erasure_killed_anywhere_is_finished_by_the_next(
    gallery: Gallery, called: list[dict[str, Any]], stride: int
) -> None:
    lived("anna")
    before, objects = gallery.rows(), {key: bytes_at(key) for key in gallery.objects()}
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        table.put_all(before)
        for key, body in objects.items():
            gallery.s3.put_object(Bucket="gallery-test-media", Key=key, Body=body)
        with killed_before_write(death) as deaths:
            people.begin_erasure(people.get_or_create_person(Caller("anna")))
            resume("anna", lambda: NEVER_LATE)
        if death:
            found = people.find("anna")
            assert found
            assert not found.active
        people.begin_erasure(people.get_or_create_person(Caller("anna")))
        resume("anna", lambda: NEVER_LATE)
        sweep(lambda: NEVER_LATE)
        cleared(called)
        gone("anna", gallery)
        if len(deaths.writes) <= death:
            break
    assert death > 20


@pytest.mark.usefixtures("done_to_accounts", "called")
@pytest.mark.fault("bytes arrive for a ticket of somebody whose account is deleted", "they are buried, not shown")
@pytest.mark.parametrize("erased", [False, True])
def test_a_late_upload_of_a_deleted_account_is_not_taken(gallery: Gallery, erased: bool) -> None:
    people.get_or_create_person(Caller("anna"))
    picture = ticket(owner="anna")
    people.begin_erasure(people.get_or_create_person(Caller("anna")))
    if erased:
        resume("anna", lambda: NEVER_LATE)
    gallery.upload(picture.id, PHOTO)
    assert pipeline.caption(picture.id) is None
    found = catalogue.find(picture.id)
    assert found
    assert (found.status, found.owner) == ("deleted", None)
    assert gallery.objects() == set()
    assert catalogue.page(rows.PUBLIC, 10).pictures == []


@pytest.mark.usefixtures("done_to_accounts", "called")
@pytest.mark.fault("somebody deletes their account while a picture of theirs is captioned", "it is gone with the rest")
def test_a_picture_captioned_while_its_owner_leaves_is_gone_in_the_end(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.get_or_create_person(Caller("anna"))
    picture = ticket(owner="anna")
    gallery.upload(picture.id, PHOTO)
    look = pipeline._inspect

    def and_meanwhile_its_owner_leaves(*about: Any) -> pipeline.Inspection:  # noqa: ANN401
        people.begin_erasure(people.get_or_create_person(Caller("anna")))
        resume("anna", lambda: NEVER_LATE)
        return look(*about)

    monkeypatch.setattr(pipeline, "_inspect", and_meanwhile_its_owner_leaves)
    assert pipeline.caption(picture.id) is None
    assert gallery.objects() == set()
    assert left_of("anna", gallery) == []
