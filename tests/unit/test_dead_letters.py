"""What the captioner gives up on: kept, shown to admins with its reason, and sent again."""

import json
from collections.abc import Callable

import pytest
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.faults import each_death, killed_before_write
from tests.unit.identity import Pool
from tests.unit.letters import CONTEXT, batch, drain, give_up
from tests.unit.pictures import CONTENT, READING, ticket

from caption.pipeline import Outcome
from gallery.captioning import recaptions
from gallery.captioning.dead_letters import listed
from gallery.captioning.events import arrivals, reminder
from gallery.pictures import catalogue
from gallery.pictures.model import Failure, captioned, failed
from gallery.settings import settings
from gallery.timestamps import now
from sweep.draining import drain_dead_letters


@pytest.fixture
def admin(api: Api, pool: Pool) -> Callable[..., Answer]:
    """Call the admins' API, by default as one of them."""

    def call(method: str, path: str, query: dict[str, str] | None = None, *, by: str | None = "admin") -> Answer:
        groups = ["admin"] if by == "admin" else []
        return api(method, path, query, headers=pool.bearer(by, groups=groups) if by else {})

    return call


@pytest.mark.fault("a picture whose captioning fails each time", "after five tries a dead letter with the reason")
def test_a_picture_that_cannot_be_captioned_for_our_sake_comes_again(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from caption import handler as captioner  # noqa: PLC0415 - after the environment is set

    bad, good = ticket(), ticket()

    def attend(image_id: str) -> Outcome:
        if image_id == bad.id:
            raise OSError("No space left on device")
        return Outcome(None)

    monkeypatch.setattr(captioner, "attend", attend)
    answer = captioner.handler(batch(reminder(good.id), reminder(bad.id), "s3:TestEvent"), CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    give_up(bad.id)
    assert [(each.image_id, each.reason) for each in listed()] == [(bad.id, "OSError: No space left on device")]
    assert all("expires_at" in row for row in gallery.rows() if row["sk"] == "TROUBLE")


def test_a_whole_batch_in_trouble_comes_again_without_an_error(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from caption import handler as captioner  # noqa: PLC0415 - after the environment is set

    def attend(_: str) -> None:
        gallery.dynamodb.delete_table(TableName="gallery-none")

    monkeypatch.setattr(captioner, "attend", attend)
    answer = captioner.handler(batch(reminder(ticket().id), reminder(ticket().id)), CONTEXT)
    assert {each["itemIdentifier"] for each in answer["batchItemFailures"]} == {"0", "1"}


@pytest.mark.usefixtures("gallery")
def test_a_dead_letter_about_no_picture_is_let_go() -> None:
    drain(json.dumps({"Event": "s3:TestEvent"}), "garbage")
    assert listed() == []


@pytest.mark.usefixtures("gallery")
def test_the_last_failure_is_a_dead_letter_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to wait until the sweeper finds what the queue gave up."""
    from caption import handler as captioner  # noqa: PLC0415 - after the environment is set

    def attend(_: str) -> Outcome:
        raise OSError("No space left on device")

    monkeypatch.setattr(captioner, "attend", attend)
    picture = ticket()
    for receives in range(1, settings().receives):
        captioner.handler(batch(reminder(picture.id), receives=receives), CONTEXT)
        assert listed() == []
    answer = captioner.handler(batch(reminder(picture.id), receives=settings().receives), CONTEXT)
    assert answer["batchItemFailures"], "the queue gives it up, so that the alarm hears of it"
    (letter,) = listed()
    assert (letter.image_id, letter.step, letter.reason) == (picture.id, "caption", "OSError: No space left on device")
    give_up(picture.id)
    assert [(each.image_id, each.reason) for each in listed()] == [(picture.id, letter.reason)]


@pytest.mark.fault("the sweeper is killed while it drains the dead letters", "they come again, and are kept once")
def test_no_dead_letter_is_lost_whoever_is_killed(gallery: Gallery) -> None:
    pictures = [ticket() for _ in range(3)]
    queue_url = settings().dead_letters_url
    gallery.sqs.set_queue_attributes(QueueUrl=queue_url, Attributes={"VisibilityTimeout": "0"})
    for picture in pictures:
        gallery.sqs.send_message(QueueUrl=queue_url, MessageBody=reminder(picture.id))
    for death in each_death():
        with killed_before_write(death) as deaths:
            drain_dead_letters()
        if len(deaths.writes) <= death:
            break
    assert death >= len(pictures)
    assert sorted(each.image_id for each in listed()) == sorted(each.id for each in pictures)
    assert drain_dead_letters() == 0


def test_what_came_to_an_end_some_other_way_is_no_dead_letter(gallery: Gallery) -> None:
    """As when its captioner was killed, each time, before SQS heard that it was done."""
    done = ticket()
    catalogue.change(done, captioned(done, CONTENT, READING))
    give_up(done.id)
    assert listed() == []
    assert not [row for row in gallery.rows() if row["pk"] == "DEADLETTERS"]


def test_pictures_that_could_not_be_captioned_again_are_counted_once(gallery: Gallery) -> None:
    gallery.put_original(ticket().id, b"a picture")
    recaptions.begin("job", "resnet50", "root", None)
    recaptions.send("job", lambda: 60_000)
    drain(recaptions.message(recaptions.RecaptionTask("job", ticket().id, "resnet50", now())))
    job = recaptions.current()
    assert job
    assert (job.sent, job.failed, recaptions.state_of(job)) == (1, 1, "done")


def test_admins_see_failures_with_their_reasons(admin: Callable[..., Answer]) -> None:
    stuck, wrong, fine, hidden = ticket(), ticket(), ticket(), ticket(owner="anna", visibility="private")
    for each in (wrong, hidden):
        catalogue.change(each, failed(each, "e", Failure("truncated", "The file ends early.")))
    catalogue.change(fine, captioned(fine, CONTENT, READING))
    give_up(stuck.id, fine.id)
    answer = admin("GET", "/api/admin/failures")
    assert answer.status == 200
    found = {each["image_id"]: (each["kind"], each["code"], each["detail"]) for each in answer.json["failures"]}
    assert found == {
        stuck.id: ("dead_letter", None, "The captioner ended without a word, or ran out of time."),
        wrong.id: ("failed", "truncated", "The file ends early."),
        hidden.id: ("failed", "truncated", "The file ends early."),
    }
    first = admin("GET", "/api/admin/failures", {"limit": "1"}).json
    second = admin("GET", "/api/admin/failures", {"limit": "1", "cursor": first["next_cursor"]}).json
    assert len(first["failures"]) == 2
    assert [each["kind"] for each in second["failures"]] == ["failed"]


@pytest.mark.fault("the trouble is over", "an admin sends the dead letters again, once")
def test_dead_letters_are_sent_again_once(admin: Callable[..., Answer], gallery: Gallery) -> None:
    ids = sorted(ticket().id for _ in range(12))
    give_up(*ids)
    answer = admin("POST", "/api/admin/failures/redrive")
    assert (answer.status, answer.json) == (202, {"redriven": 12})
    queued = [image_id for _ in range(4) for body in gallery.queued() for image_id in arrivals(body)]
    assert sorted(queued) == ids
    assert admin("POST", "/api/admin/failures/redrive").json == {"redriven": 0}


@pytest.mark.parametrize(("by", "status"), [(None, 401), ("eve", 403)])
def test_nobody_else_sees_or_redrives(admin: Callable[..., Answer], by: str | None, status: int) -> None:
    assert admin("GET", "/api/admin/failures", by=by).status == status
    assert admin("POST", "/api/admin/failures/redrive", by=by).status == status


def test_a_cursor_that_is_not_ours_is_refused(admin: Callable[..., Answer]) -> None:
    assert admin("GET", "/api/admin/failures", {"cursor": "x"}).status == 400
