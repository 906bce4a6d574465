"""Captioning everything again: sent once each whoever dies, old captions kept until the new ones are there."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.captioning import PHOTO, SeesAPug
from tests.unit.conftest import Answer, Api, Gallery, forget_clients
from tests.unit.faults import each_death, empty, killed_before_write
from tests.unit.identity import Pool
from tests.unit.pictures import ticket

from caption import pipeline
from caption import recaption as again
from gallery.captioning import recaptions
from gallery.captioning.recaptions import RecaptionTask
from gallery.lifecycle.removal import soft_delete
from gallery.pictures import catalogue, storage
from gallery.pictures.model import Picture, Prediction
from gallery.timestamps import now


class SeesAPugAnew(SeesAPug):
    """Another model."""


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "classifier", SeesAPug)
    found = {"mobilenet": SeesAPugAnew("mobilenet")}
    monkeypatch.setattr(again, "classifier_named", found.get)


def uploaded(gallery: Gallery, **said: object) -> Picture:
    picture = ticket(**said)
    gallery.upload(picture.id, PHOTO + picture.id.encode())
    done = pipeline.caption(picture.id)
    assert done
    return done


def current(picture: Picture) -> Picture:
    found = catalogue.find(picture.id)
    assert found
    return found


def task(picture: Picture, model: str = "mobilenet") -> RecaptionTask:
    return RecaptionTask("job", picture.id, model, now())


def ask(api: Api, pool: Pool, method: str = "GET", body: Any = None) -> Answer:  # noqa: ANN401
    return api(method, "/api/admin/recaption", body=body, headers=pool.bearer("root", groups=["admin"]))


def sent(gallery: Gallery) -> list[str]:
    """The pictures in the queue of those to caption again."""
    found: list[str] = []
    url = gallery.sqs.get_queue_url(QueueName="recaptions")["QueueUrl"]
    while messages := gallery.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        tasks = [recaptions.task_of(each["Body"]) for each in messages]
        found += [each.image_id for each in tasks if each]
    return found


def test_a_first_caption_and_a_later_one_are_of_the_same_tensor(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = SeesAPugAnew("mobilenet", input_size=96)
    monkeypatch.setattr(pipeline, "classifier", lambda: model)
    monkeypatch.setattr(again, "classifier_named", lambda _: model)
    assert again.recaption(task(uploaded(gallery))) == "captioned"
    first, later = model.asked
    assert first.shape == (96, 96, 3)
    assert (first == later).all()


def test_a_job_sends_every_picture_and_tells_how_far_it_is(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    pictures = [uploaded(gallery) for _ in range(12)]
    assert ask(api, pool).json == {"models": ["resnet50", "mobilenet"], "job": None}
    begun = ask(api, pool, "POST", {"model": "mobilenet"})
    assert (begun.status, begun.json["job"]["state"], begun.json["job"]["total"]) == (202, "sending", 12)
    (event,) = called
    assert not recaptions.send(event["recaption"], lambda: 60_000)
    job = ask(api, pool).json["job"]
    assert (job["state"], job["sent"], job["captioned"]) == ("captioning", 12, 0)
    assert sorted(sent(gallery)) == sorted(each.id for each in pictures)
    for number, picture in enumerate(pictures):
        told = RecaptionTask(event["recaption"], picture.id, "mobilenet", now())
        recaptions.count(told, "captioned" if number else "failed")
    job = ask(api, pool).json["job"]
    assert (job["state"], job["captioned"], job["failed"], job["by"]) == ("done", 11, 1, "root")


@pytest.mark.usefixtures("called")
def test_one_job_at_a_time_by_a_model_there_is(api: Api, pool: Pool, gallery: Gallery) -> None:
    uploaded(gallery)
    unknown = ask(api, pool, "POST", {"model": "vgg"})
    assert (unknown.status, "resnet50, mobilenet" in unknown.text) == (422, True)
    assert ask(api, pool, "POST", {}).json["job"]["model"] == "resnet50"
    second = ask(api, pool, "POST", {"model": "mobilenet"})
    assert (second.status, second.json["detail"]) == (
        409,
        "Pictures are being captioned again already: 0 of 1 by resnet50.",
    )


@pytest.mark.fault("whoever sends pictures to be captioned again is killed", "the sweeper has it go on; none is missed")
def test_sending_killed_anywhere_goes_on_and_misses_none(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, called: list[dict[str, Any]]
) -> None:
    monkeypatch.setattr(storage, "LISTED", 2)
    ids = sorted(uploaded(gallery).id for _ in range(5))
    # As if nothing had been heard of the job for long.
    monkeypatch.setenv("STUCK_SECONDS", "-1")
    forget_clients()
    for number, death in enumerate(each_death()):
        recaptions.begin(f"job {number}", "mobilenet", "root", recaptions.current())
        with killed_before_write(death) as deaths:
            recaptions.send(f"job {number}", lambda: 60_000)
        job = recaptions.current()
        assert job
        if job.after is not None:
            assert recaptions.resume_if_stalled()
            assert called[-1] == {"recaption": job.id}
        recaptions.send(job.id, lambda: 60_000)
        assert set(sent(gallery)) == set(ids)
        job = recaptions.current()
        assert job
        assert (job.sent, job.after) == (5, None)
        assert not recaptions.resume_if_stalled()
        if len(deaths.writes) <= death:
            break
    assert death >= 6


@pytest.mark.fault("captioning a picture again is killed", "it has its old caption, or the new one; written once")
def test_a_picture_keeps_its_caption_until_it_has_the_new_one(gallery: Gallery) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        before = uploaded(gallery, title="Rex", owner_labels=["my dog"])
        wanted = task(before)
        with killed_before_write(death) as deaths:
            again.recaption(wanted)
        meanwhile = current(before)
        assert (meanwhile.status, meanwhile.title) == ("captioned", "Rex")
        again.recaption(wanted)
        after = current(before)
        assert after.reading
        assert (after.reading.model, after.version, after.owner_labels) == ("mobilenet", before.version + 1, ["my dog"])
        assert again.recaption(wanted) is None
        if len(deaths.writes) <= death:
            break
    assert death >= 2


def test_what_changes_meanwhile_stays_and_what_was_deleted_stays_so(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited, deleted = uploaded(gallery), uploaded(gallery)

    def read(*seen: Any) -> Prediction:  # noqa: ANN401
        """Look at a picture while somebody changes one and deletes the other."""
        catalogue.change(current(edited), replace(current(edited), title="New"))
        soft_delete(current(deleted))
        return pipeline.predict(*seen)

    monkeypatch.setattr(again, "predict", read)
    assert again.recaption(task(edited)) == "captioned"
    found = current(edited)
    assert found.reading
    assert (found.title, found.reading.model) == ("New", "mobilenet")
    assert again.recaption(task(deleted)) is None
    assert current(deleted).status == "deleted"


def test_what_has_no_caption_to_make_again_is_told_apart(gallery: Gallery) -> None:
    broken = ticket()
    gallery.upload(broken.id, b"Dear diary")
    pipeline.caption(broken.id)
    assert again.recaption(task(broken)) == "failed"
    assert again.recaption(task(ticket())) is None
    assert again.recaption(task(uploaded(gallery), "vgg")) == "failed"
