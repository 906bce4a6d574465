"""Captioning stops after too many tries in an hour or a day, and again after somebody has let it go on."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.identity import Pool
from tests.unit.pictures import READING

from gallery.captioning import pausing, spending
from gallery.captioning.resuming import Resumption
from gallery.captioning.spending import Limits, excess
from gallery.pictures import counters

MIDNIGHT = datetime(2026, 11, 29, tzinfo=UTC)
LIMITS = Limits(day=100, hour=30)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("try"), st.integers(1, 40)),
        st.tuples(st.just("wait"), st.integers(1, 600)),
        st.tuples(st.just("resume"), st.just(0)),
    ),
    max_size=60,
)
"""A made-up day and what follows: pictures that are tried, minutes that pass, and admins who resume."""


def hour_of(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H")


class Book:
    """What a bookkeeper notes who writes down each try with its moment."""

    def __init__(self) -> None:
        self.now, self.resumed_at = MIDNIGHT, MIDNIGHT - timedelta(days=1)
        self.tries: list[tuple[datetime, int]] = []
        self.order = 0

    def since(self, begin: datetime) -> int:
        return sum(count for moment, count in self.tries[self.order :] if moment >= begin)

    @property
    def is_too_much(self) -> bool:
        day, hour = (self.now.replace(minute=0, hour=0), self.now.replace(minute=0))
        assert LIMITS.day is not None
        assert LIMITS.hour is not None
        return self.since(day) > LIMITS.day or self.since(hour) > LIMITS.hour


@given(ACTS)
def test_on_no_made_up_day_is_it_stopped_too_late_too_early_or_only_once(acts: list[tuple[str, int]]) -> None:
    """States: going, stopped. Too many tries since the last resumption stop it, a resumption lets it go on."""
    book, counted, resumed, stopped = Book(), Counter[str](), Resumption(), False
    for act, amount in acts:
        hour = hour_of(book.now)
        if act == "try" and not stopped:
            book.tries.append((book.now, amount))
            counted[hour] += amount
        elif act == "wait":
            book.now += timedelta(minutes=amount)
        elif act == "resume":
            resumed, book.order, stopped = Resumption(hour, counted[hour]), len(book.tries), False
        reason = excess(counted, resumed, hour_of(book.now), LIMITS)
        if not stopped:
            assert (reason is not None) == book.is_too_much
        stopped = stopped or reason is not None


def test_without_limits_nothing_is_too_much() -> None:
    hour = hour_of(MIDNIGHT)
    assert excess({hour: 10**9}, Resumption(), hour, Limits(None, None)) is None


@pytest.fixture
def limited(environment: pytest.MonkeyPatch, gallery: Gallery) -> None:  # noqa: ARG001 - there has to be one
    environment.setenv("CAPTIONS_A_DAY", "10")
    environment.setenv("CAPTIONS_PER_HOUR", "3")
    environment.setenv("BRAKE_FUNCTION", "brake")
    forget_clients()


@pytest.fixture
def braked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Why the brake was called, which then does as the brake does."""
    reasons: list[str] = []

    def call(_: str, event: dict[str, Any]) -> None:
        reasons.append(event["stop"])
        pausing.begin(event["stop"])

    monkeypatch.setattr(spending, "call", call)
    return reasons


@pytest.mark.usefixtures("limited")
def test_an_admin_who_resumes_is_asked_again_once_that_is_too_much_as_well(
    api: Api, pool: Pool, braked: list[str], called: list[dict[str, Any]]
) -> None:
    root = pool.bearer("root", groups=["admin"])
    for stops in (1, 2, 3):
        for _ in range(3):
            counters.count_try()
            assert not spending.stop_if_too_many()
        counters.count_try()
        assert spending.stop_if_too_many()
        assert not spending.stop_if_too_many(), "it is stopped already"
        assert len(braked) == stops
        assert "hour" in api("GET", "/api/settings").json["pause"]["reason"]
        assert api("POST", "/api/admin/resume", headers=root).json == {"pause": None}
        assert not spending.stop_if_too_many()
    assert called


@pytest.mark.usefixtures("limited")
def test_every_try_counts_the_written_caption_and_the_one_that_was_not(gallery: Gallery) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from tests.unit.pictures import CONTENT, ticket  # noqa: PLC0415 - after the environment is set

    from gallery.pictures import catalogue  # noqa: PLC0415
    from gallery.pictures.model import captioned  # noqa: PLC0415
    from gallery.timestamps import now  # noqa: PLC0415

    picture = catalogue.change(ticket(), captioned(ticket(), CONTENT, replace(READING, captioned_at=now())))
    assert picture
    counters.count_try()
    today = datetime.now(UTC)
    assert sum(counters.tries_of_day(today.strftime("%Y-%m-%d")).values()) == 2
    assert gallery.rows()


def test_the_sweeper_looks_whenever_it_is_woken(monkeypatch: pytest.MonkeyPatch, gallery: Gallery) -> None:  # noqa: ARG001
    from tests.unit.letters import CONTEXT  # noqa: PLC0415

    from sweep import handler  # noqa: PLC0415

    looked: list[bool] = []
    monkeypatch.setattr(spending, "stop_if_too_many", lambda: looked.append(True))
    handler.handler({"look": True}, CONTEXT)
    assert looked == [True]


@pytest.mark.usefixtures("gallery")
def test_the_brake_stops_where_the_sweeper_says_so(environment: pytest.MonkeyPatch) -> None:
    from tests.unit.letters import CONTEXT  # noqa: PLC0415

    from brake.handler import handler  # noqa: PLC0415

    environment.setenv("SPENDING_MAPPINGS", "")
    forget_clients()
    assert handler({"stop": "Too dear."}, CONTEXT) == {"going": False}
    pause = pausing.current()
    assert pause
    assert json.dumps(pause.reason) == '"Too dear."'
