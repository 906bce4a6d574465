"""A planned import's leave to pass the limits: who gives it, and what it lets pass."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.unit.conftest import Answer, Api, Gallery, forget_clients
from tests.unit.identity import Pool

from gallery.captioning import allowance
from gallery.pictures import storage
from gallery.timestamps import timestamp

NEW = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000}


@pytest.fixture(autouse=True)
def two_uploads_an_hour(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("UPLOADS_PER_HOUR", "2")
    forget_clients()


def in_days(days: float) -> str:
    return timestamp(datetime.now(UTC).replace(microsecond=0) + timedelta(days=days))


def allow(api: Api, pool: Pool, pictures: Any, until: Any) -> Answer:  # noqa: ANN401 - also what is refused
    body = {"pictures": pictures, "until": until}
    return api("POST", "/api/admin/allowance", body=body, headers=pool.bearer("root", groups=["admin"]))


def send(api: Api, pool: Pool, count: int, who: str = "anna") -> list[str]:
    """Ask for tickets and return what became of each."""
    answer = api("POST", "/api/uploads", body={"files": [NEW] * count}, headers=pool.bearer(who))
    return [each["status"] for each in answer.json["uploads"]] if answer.status == 201 else [str(answer.status)]


def left(api: Api) -> int | None:
    found = api("GET", "/api/settings").json["limits"]["allowance"]
    return None if found is None else int(found["pictures"])


def test_exactly_so_many_more_get_through_whoever_sends_them(api: Api, pool: Pool) -> None:
    until = in_days(7)
    assert allow(api, pool, 5, until).json == {"allowance": {"pictures": 5, "until": until}}
    assert send(api, pool, 3) == ["ready"] * 3
    assert left(api) == 4
    assert send(api, pool, 6, "ben") == ["ready"] * 6
    assert left(api) is None
    assert send(api, pool, 1) == ["429"]


def test_strangers_get_none_of_it(api: Api, pool: Pool) -> None:
    allow(api, pool, 5, in_days(7))
    answer = api("POST", "/api/uploads", body={"files": [NEW] * 4})
    assert [each["status"] for each in answer.json["uploads"]] == ["ready", "ready", "rejected", "rejected"]
    assert left(api) == 5


def test_the_last_word_counts_and_0_ends_it(api: Api, pool: Pool) -> None:
    allow(api, pool, 5, in_days(7))
    allow(api, pool, 1, in_days(1))
    assert left(api) == 1
    assert allow(api, pool, 0, in_days(1)).json == {"allowance": None}
    assert send(api, pool, 3) == ["ready", "ready", "rejected"]


def test_it_ends_by_itself(api: Api, pool: Pool) -> None:
    allow(api, pool, 5, in_days(1))
    allowance.grant(5, ends=1)
    assert (left(api), send(api, pool, 3)) == (None, ["ready", "ready", "rejected"])


def test_what_got_no_ticket_is_given_back(
    api: Api, pool: Pool, gallery: Gallery, environment: pytest.MonkeyPatch
) -> None:
    assert gallery
    allow(api, pool, 5, in_days(7))

    def fails(_: object) -> None:
        raise RuntimeError

    environment.setattr(storage, "write_record", fails)
    assert send(api, pool, 4) == ["500"]
    assert left(api) == 5


@pytest.mark.parametrize(
    ("pictures", "until"),
    [(-1, 1), (1_000_001, 1), ("5", 1), (5, -1), (5, 32), (5, "2026-11-30"), (5, "soon"), (5, None)],
)
def test_what_makes_no_sense_is_refused(api: Api, pool: Pool, pictures: object, until: object) -> None:
    when = in_days(until) if isinstance(until, int) else until
    assert allow(api, pool, pictures, when).status == 422
    assert left(api) is None


def test_it_is_logged(api: Api, pool: Pool) -> None:
    allow(api, pool, 5, "2999-01-01T00:00:00Z")
    until = in_days(7)
    allow(api, pool, 12_000, until)
    entries = api("GET", "/api/admin/log", headers=pool.bearer("root", groups=["admin"])).json["entries"]
    assert [(each["action"], each["outcome"]) for each in entries] == [("allowance", "done"), ("allowance", "refused")]
    assert entries[0]["subject"].startswith("12000 pictures until ")
