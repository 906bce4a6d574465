"""What the captioner gives up on: kept, shown to admins with its reason, and sent again."""

import json
from collections.abc import Callable

import pytest
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.identity import Pool
from tests.unit.letters import CONTEXT, batch, give_up
from tests.unit.pictures import CONTENT, READING, ticket

from caption.pipeline import Outcome
from gallery.captioning.dead_letters import listed
from gallery.captioning.events import arrivals, reminder
from gallery.pictures import catalogue
from gallery.pictures.model import Failure, captioned, failed


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
    from dead_letters.handler import handler  # noqa: PLC0415 - after the environment is set

    assert handler(batch(json.dumps({"Event": "s3:TestEvent"}), "garbage"), CONTEXT) == {"batchItemFailures": []}
    assert listed() == []


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
