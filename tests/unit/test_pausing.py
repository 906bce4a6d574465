"""The kill switch for spending: what pauses captioning, who lets it go on, and what happens meanwhile."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from time import time
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.photographs import needs_model
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.identity import Pool
from tests.unit.trials import classify
from ulid import ULID

from admin import recaptioning
from brake import switching
from brake.handler import handler
from gallery.aws import table
from gallery.captioning import allowance, pausing, recaptions
from sweep import rules

TOO_MANY = "More pictures were captioned than planned."


def alarm(state: str = "ALARM") -> str:
    return json.dumps({"AlarmName": "captions", "AlarmDescription": TOO_MANY, "NewStateValue": state})


@dataclass
class Queues:
    """Which event source mappings take messages from their queues, and what happens while they change."""

    going: dict[str, bool] = field(default_factory=lambda: {"pictures": True, "sentences": True})
    again: bool = False
    meanwhile: list[Any] = field(default_factory=list)

    def update_event_source_mapping(self, *, UUID: str, Enabled: bool) -> None:  # noqa: N803 - the SDK's own names
        if self.meanwhile:
            self.meanwhile.pop(0)()
        if UUID == "recaptions":
            self.again = Enabled
        else:
            self.going[UUID] = Enabled


@pytest.fixture
def queues(gallery: Gallery, environment: pytest.MonkeyPatch) -> Queues:  # noqa: ARG001 - there has to be one
    environment.setenv("SPENDING_MAPPINGS", "pictures sentences")
    environment.setenv("RECAPTION_MAPPING", "recaptions")
    forget_clients()
    found = Queues()
    environment.setattr(switching, "client", lambda: found)
    return found


def publish(*messages: str) -> None:
    run({"Records": [{"Sns": {"Message": each}} for each in messages]})


def run(event: dict[str, Any]) -> None:
    context = SimpleNamespace(
        function_name="brake", memory_limit_in_mb=256, invoked_function_arn="arn", aws_request_id="0"
    )
    handler(event, cast("Any", context))


def test_an_alarm_stops_every_queue_and_says_why(queues: Queues, api: Api) -> None:
    publish(alarm())
    assert queues.going == {"pictures": False, "sentences": False}
    found = api("GET", "/api/settings").json
    assert (found["paused"], found["pause"]["reason"]) == (True, TOO_MANY)


def test_an_alarm_that_comes_again_changes_nothing(queues: Queues) -> None:
    publish(alarm())
    before = pausing.current()
    publish(alarm(), "Budget exceeded in account 123456789012")
    assert pausing.current() == before
    assert not any(queues.going.values())


@pytest.mark.parametrize("state", ["OK", "INSUFFICIENT_DATA"])
def test_an_alarm_that_ends_neither_stops_nor_starts_anything(queues: Queues, state: str) -> None:
    publish(alarm(state))
    assert all(queues.going.values())
    publish(alarm(), alarm(state))
    assert not any(queues.going.values())


@pytest.mark.parametrize("message", ["Budget exceeded in account 123456789012", "[]", "{}", "", "null"])
def test_whatever_else_is_published_stops_everything_in_words_of_our_own(queues: Queues, message: str) -> None:
    publish(message)
    assert not any(queues.going.values())
    pause = pausing.current()
    assert pause
    assert "owner" in pause.reason
    assert "123456789012" not in pause.reason


def test_whoever_comes_last_decides_even_while_the_queues_are_being_stopped(queues: Queues) -> None:
    queues.meanwhile = [lambda: None, pausing.end]
    publish(alarm())
    assert all(queues.going.values())


def test_an_admin_pauses_and_lets_it_go_on(queues: Queues, api: Api, pool: Pool, called: list[dict[str, Any]]) -> None:
    root = pool.bearer("root", groups=["admin"])
    paused = api("POST", "/api/admin/pause", body={"reason": " Moving house. "}, headers=root)
    assert paused.json["pause"]["reason"] == "Moving house."
    run(called.pop())
    assert not any(queues.going.values())
    for _ in range(2):
        assert api("POST", "/api/admin/resume", headers=root).json == {"pause": None}
        run(called.pop())
        assert all(queues.going.values())
    assert api("GET", "/api/settings").json["pause"] is None


SETTLE = {"settle": True}
NO_TIME = cast("Any", lambda: 0)


def test_the_queue_of_pictures_to_caption_again_is_asked_only_while_there_is_a_job(
    queues: Queues, gallery: Gallery, called: list[dict[str, Any]], later: Callable[..., None]
) -> None:
    def taken() -> bool:
        run(SETTLE)
        return queues.again

    assert not taken()
    gallery.put_original(str(ULID()), b"a picture")
    recaptions.begin("job", "resnet50", "root", None)
    assert recaptioning.send({"recaption": "job"}, lambda: 60_000) == {"left": False}
    assert called == [SETTLE], "in the process that sends, whoever died before"
    assert taken()
    later(24 * 3600)
    assert taken(), "one still waits"
    gallery.sqs.purge_queue(QueueUrl=gallery.sqs.get_queue_url(QueueName="recaptions")["QueueUrl"])
    assert not taken()
    assert all(queues.going.values())


def test_what_was_just_sent_is_taken_though_the_queue_says_that_nothing_waits(queues: Queues) -> None:
    """Its counts are approximate and late."""
    recaptions.begin("job", "resnet50", "root", None)
    assert not recaptions.send("job", lambda: 60_000)
    run(SETTLE)
    assert queues.again


def test_pictures_to_caption_again_wait_too_while_spending_is_stopped(
    queues: Queues, called: list[dict[str, Any]]
) -> None:
    recaptions.begin("job", "resnet50", "root", None)
    assert recaptioning.send({"recaption": "job"}, NO_TIME) == {"left": True}
    assert called == [SETTLE, {"recaption": "job"}]
    publish(alarm())
    assert not queues.again
    pausing.end()
    run(SETTLE)
    assert queues.again


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, None])
def test_a_pause_needs_a_reason_that_people_can_read(api: Api, pool: Pool, reason: str | None) -> None:
    root = pool.bearer("root", groups=["admin"])
    assert api("POST", "/api/admin/pause", body={"reason": reason}, headers=root).status == 422
    assert pausing.current() is None


@needs_model
def test_a_gallery_for_trying_only_can_be_paused_too(
    api: Api, pool: Pool, called: list[dict[str, Any]], environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("DEMO_ONLY", "true")
    forget_clients()
    root = pool.bearer("root", groups=["admin"])
    assert api("POST", "/api/admin/pause", body={"reason": "Too dear."}, headers=root).status == 200
    answer = classify(b"Dear diary")
    assert (answer.status, answer.headers["retry-after"]) == (503, "3600")
    assert "Too dear." in answer.json["detail"]
    assert api("POST", "/api/admin/resume", headers=root).status == 200
    assert classify(b"Dear diary").status != 503
    assert len(called) == 2


def test_the_sweeper_reminds_nobody_while_captioning_is_paused(gallery: Gallery) -> None:
    gallery.put_original(str(ULID()), b"a picture")
    pausing.begin("Too dear.")
    assert rules.originals(None)[0]["reminded"] == 0
    assert gallery.queued() == []
    pausing.end()
    assert rules.originals(None)[0]["reminded"] == 1


def soon() -> int:
    return int(time()) + 3600


def test_a_planned_import_passes_alarms_and_limits_until_nothing_is_left_of_it(queues: Queues) -> None:
    allowance.grant(10, soon())
    too_many = {"stop": TOO_MANY, "hour": "2026-11-30T14", "tries": 700}
    publish(alarm())
    run(too_many)
    assert (pausing.current(), all(queues.going.values())) == (None, True)
    counted = table.get(table.key("PAUSE", "RESUMED"))
    assert counted
    assert (counted["hour"], counted["tries"]) == ("2026-11-30T14", 700)
    assert allowance.take(10) == 10
    run(too_many)
    paused = pausing.current()
    assert paused
    assert (paused.reason, any(queues.going.values())) == (TOO_MANY, False)


def test_a_budget_stops_a_planned_import_too(queues: Queues) -> None:
    allowance.grant(10, soon())
    publish("Budget exceeded in account 123456789012")
    assert not any(queues.going.values())
