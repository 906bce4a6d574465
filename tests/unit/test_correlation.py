"""What the log says of a picture is found by one id; what it says of people is nothing."""

import json
import logging
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter
from tests.unit.conftest import Api, Gallery
from tests.unit.letters import CONTEXT, batch, give_up
from tests.unit.pictures import ticket

from caption.pipeline import Outcome
from gallery.captioning.events import reminder
from gallery.captioning.tasks import enqueue_captioning

Said = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def said(api: Api, monkeypatch: pytest.MonkeyPatch) -> Said:  # noqa: ARG001 - by then every function has its logger
    """What functions have written to their logs since this was last asked."""
    written = StringIO()
    for each in map(logging.getLogger, logging.root.manager.loggerDict):
        for handler in each.handlers:
            if isinstance(handler.formatter, LambdaPowertoolsFormatter):
                monkeypatch.setattr(handler, "stream", written)

    def lines() -> list[dict[str, Any]]:
        found = [json.loads(line) for line in written.getvalue().splitlines()]
        written.truncate(written.seek(0))
        return found

    return lines


def test_each_ticket_begins_the_story_of_its_picture(api: Api, said: Said) -> None:
    files = [{"name": f"Ada's {n}.jpg", "type": "image/jpeg", "size": 9} for n in range(2)]
    tickets = api("POST", "/api/uploads", body={"files": files}).json["uploads"]
    found = said()
    assert [(each["message"], each["correlation_id"]) for each in found] == [
        ("ticket", each["image_id"]) for each in tickets
    ]
    assert "Ada" not in str(found)


def test_what_goes_wrong_with_a_request_is_told_with_the_picture_and_the_request(
    api: Api, gallery: Gallery, said: Said
) -> None:
    picture = ticket()
    gallery.dynamodb.delete_table(TableName="gallery-test")
    assert api("GET", f"/api/images/{picture.id}").status == 500
    assert api("GET", "/api/images").status == 500
    of_picture, of_list = said()
    assert of_picture["correlation_id"] == picture.id
    assert "correlation_id" not in of_list
    assert of_picture["request"] != of_list["request"]


def test_pictures_that_are_looked_at_together_do_not_mix_their_stories(
    monkeypatch: pytest.MonkeyPatch, said: Said
) -> None:
    from caption import handler as captioner  # noqa: PLC0415 - after the environment is set

    ids = [ticket().id for _ in range(5)]

    def attend(image_id: str) -> Outcome:
        captioner.logger.info(image_id)
        if image_id in ids[3:]:
            raise OSError("No space left on device")
        return Outcome(None)

    monkeypatch.setattr(captioner, "attend", attend)
    captioner.handler(batch(*map(reminder, ids)), CONTEXT)
    captioner.logger.info("next")
    *found, after = said()
    assert {each["correlation_id"] for each in found} == set(ids)
    assert all(each["correlation_id"] == each["message"] for each in found if each["message"] in ids)
    assert {each["correlation_id"] for each in found if each["message"] == "could not caption"} == set(ids[3:])
    assert "correlation_id" not in after


def test_reminders_and_dead_letters_belong_to_the_story(said: Said) -> None:
    picture = ticket()
    enqueue_captioning([picture.id])
    give_up(picture.id)
    assert [(each["message"], each["correlation_id"]) for each in said()] == [
        ("reminded", picture.id),
        ("the captioner gave up", picture.id),
    ]
