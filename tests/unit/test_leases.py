"""As many mosaics are made at once as the stage allows: the rest is a 503, charged to no one, until one has ended."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any, cast

import pytest
from infra.stages import STAGES
from tests.unit.conftest import Api, forget_clients
from tests.unit.faults import killed_before_write
from tests.unit.mosaics import ask, job_of, shown, state

from gallery.aws import table
from gallery.jobs import leases
from gallery.mosaics import mosaics
from mosaic.making import make

AT_ONCE = 4

pytestmark = pytest.mark.usefixtures("called")


@pytest.fixture(autouse=True)
def bounded(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("MOSAICS_AT_ONCE", str(AT_ONCE))
    forget_clients()


def test_no_stage_leaves_mosaics_without_a_bound() -> None:
    assert {each.max_concurrent_mosaics for each in STAGES.values()} == {AT_ONCE}


@pytest.fixture
def one_at_a_time(environment: pytest.MonkeyPatch) -> None:
    """Let each call to the table be as atomic as DynamoDB's are; moto's are not."""
    client, lock = cast("Any", table.client()), Lock()
    call = client._make_api_call

    def alone(name: str, request: dict[str, Any]) -> Any:  # noqa: ANN401 - the client's own
        with lock:
            return call(name, request)

    environment.setattr(client, "_make_api_call", alone)


def test_of_eight_at_once_four_are_begun_and_the_rest_may_come_again(
    api: Api, called: list[dict[str, Any]], one_at_a_time: None
) -> None:
    assert one_at_a_time is None
    picture = shown()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda size: ask(api, picture, tile_size=size), range(16, 48, 4)))
    assert sorted(each.status for each in answers) == [202] * 4 + [503] * 4
    assert {each.headers.get("retry-after") for each in answers} == {None, "5"}
    assert len(called) == AT_ONCE
    assert make(job_of(called[0]))
    assert ask(api, picture, tile_size=48).status == 202


def test_what_is_refused_is_not_charged(
    api: Api, called: list[dict[str, Any]], environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("MOSAICS_PER_HOUR", "5")
    forget_clients()
    picture = shown()
    statuses = [ask(api, picture, tile_size=each).status for each in range(16, 48, 4)]
    assert statuses == [202] * 4 + [503] * 4
    assert make(job_of(called[0]))
    assert [ask(api, picture, tile_size=each).status for each in (48, 52)] == [202, 429]


def test_what_is_there_or_under_way_needs_no_lease(api: Api, called: list[dict[str, Any]]) -> None:
    picture = shown()
    sizes = [16, 20, 24, 28]
    assert [ask(api, picture, tile_size=each).status for each in sizes] == [202] * 4
    assert [ask(api, picture, tile_size=each).status for each in sizes] == [202] * 4
    assert make(job_of(called[0]))
    assert ask(api, picture, tile_size=32).status == 202
    assert [ask(api, picture, tile_size=each).status for each in (*sizes, 36)] == [200, 202, 202, 202, 503]


@pytest.mark.fault("a mosaic's job is killed", "its lease ends after two minutes without a heartbeat")
def test_who_is_killed_lets_go_after_a_while_and_who_is_alive_does_not(
    api: Api, called: list[dict[str, Any]], later: Callable[[float], None]
) -> None:
    picture = shown()
    for size in (16, 20, 24, 28):
        ask(api, picture, tile_size=size)
    jobs = [job_of(each) for each in called]
    with killed_before_write(3):
        make(jobs[0])
    later(leases.ALIVE_MS / 1000 - 1)
    mosaics.note_progress(jobs[1], 0.5)
    later(2)
    statuses = [ask(api, picture, tile_size=each).status for each in (32, 36, 40, 44)]
    assert statuses == [202, 202, 202, 503]
    assert make(jobs[1])
    assert not make(jobs[2]), "whose lease another job holds now"
    assert state(api, picture, tile_size=20).json["status"] == "ready"


def test_a_function_that_cannot_be_called_holds_no_lease(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = shown()
    monkeypatch.setattr("images.mosaics.call", lambda *_: (_ for _ in ()).throw(RuntimeError("no such function")))
    for _ in range(AT_ONCE + 1):
        assert ask(api, picture).status == 500


@pytest.mark.fault("two ask for the same mosaic at once", "the one that comes second holds no lease")
def test_who_was_not_first_holds_no_lease(api: Api, called: list[dict[str, Any]]) -> None:
    picture = shown()
    assert ask(api, picture).status == 202
    design = job_of(called[0]).design
    for _ in range(AT_ONCE):
        assert mosaics.begin(picture, design, b"", None) is None
    assert ask(api, picture, tile_size=64).status == 202


@pytest.mark.usefixtures("api")
def test_a_lease_is_released_by_its_holder_alone() -> None:
    first = leases.take("first")
    assert first
    leases.release(leases.Lease(first.number, "another"))
    with pytest.raises(leases.Lost):
        leases.renew(leases.Lease(first.number, "another"))
    leases.release(first)
    leases.renew(leases.Lease(first.number, "another"))
