"""Votes and their sums: they agree whatever happens in between, and nobody counts twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.ballots import before_transactions, reconcile
from tests.unit.conftest import Gallery
from tests.unit.faults import each_death, empty, failing, killed_before_write
from ulid import ULID

from feedback import casting
from feedback.casting import Vote, cast_votes
from feedback.voters import Voter
from gallery.aws import table
from gallery.aws.table import Throttled
from gallery.feedback import votes

ANNA, BEN = Voter("account anna"), Voter("account ben")
PICTURES = tuple(str(ULID()) for _ in range(4))
FOR: Vote = 1
AGAINST: Vote = -1


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.aws.table.time.sleep", lambda _: None)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The day on which votes are cast; tests write into it."""
    today = ["2026-03-01"]
    monkeypatch.setattr(casting, "now", lambda: f"{today[0]}T12:00:00.000Z")
    return today


def test_a_vote_counts_once_however_often_it_is_cast(gallery: Gallery) -> None:
    for _ in range(3):
        assert cast_votes("dog", {PICTURES[0]: FOR}, ANNA) == 1
    assert cast_votes("dog", {PICTURES[0]: FOR}, BEN) == 1
    found = reconcile(gallery, "dog")
    found.check()
    assert found.pictures == {PICTURES[0]: (2, 0)}


def test_who_votes_again_writes_nothing(gallery: Gallery) -> None:
    cast_votes("dog", {PICTURES[0]: FOR}, ANNA)
    before = gallery.rows()
    cast_votes("dog", {PICTURES[0]: FOR}, ANNA)
    assert gallery.rows() == before


def test_a_changed_mind_moves_the_vote_to_the_day_of_the_change(gallery: Gallery, day: list[str]) -> None:
    cast_votes("dog", {PICTURES[0]: FOR}, ANNA)
    cast_votes("dog", {PICTURES[0]: FOR}, BEN)
    day[0] = "2026-03-05"
    cast_votes("dog", {PICTURES[0]: AGAINST}, ANNA)
    found = reconcile(gallery, "dog")
    found.check()
    assert found.pictures == {PICTURES[0]: (1, 1)}
    assert found.days == {"2026-03-01": (1, 0), "2026-03-05": (0, 1)}
    assert found.query
    assert (found.query["first_at"][:10], found.query["last_at"][:10]) == ("2026-03-01", "2026-03-05")
    assert votes.for_query("dog") == [votes.PictureVotes(PICTURES[0], 1, 1)]


def test_a_hundred_pictures_of_a_query_are_what_one_person_can_vote_on(gallery: Gallery) -> None:
    many = [str(ULID()) for _ in range(130)]
    assert cast_votes("dog", dict.fromkeys(many[:70], FOR), ANNA) == 70
    assert cast_votes("dog", dict.fromkeys(many[70:], FOR), ANNA) == 30
    assert cast_votes("dog", dict.fromkeys(many[120:], FOR), ANNA) == 0
    assert cast_votes("dog", dict.fromkeys(many[:50], AGAINST), ANNA) == 50
    assert cast_votes("dog", dict.fromkeys(many[120:], FOR), BEN) == 10
    assert cast_votes("cat", dict.fromkeys(many[120:], FOR), ANNA) == 10
    found = reconcile(gallery, "dog")
    found.check()
    assert sorted(found.ballots.values()) == [10, 100]


VOTES = st.dictionaries(st.sampled_from(PICTURES), st.sampled_from((FOR, AGAINST)), min_size=1)
CASTS = st.tuples(st.sampled_from((ANNA, BEN)), VOTES, st.sampled_from(("2026-03-01", "2026-03-02")))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    casts=st.lists(CASTS, min_size=1, max_size=5),
    between=st.lists(st.sampled_from(["others vote", "TransactionConflict", "ThrottlingError", "nothing"])),
)
@pytest.mark.fault("others vote, DynamoDB conflicts or throttles between reading and writing a vote", "sums stay exact")
def test_sums_are_exact_whoever_gets_in_between(
    gallery: Gallery, day: list[str], casts: list[Any], between: list[str]
) -> None:
    empty("gallery-test-media", "gallery-test")
    waiting, happening = list(casts), list(between)

    def vote() -> None:
        voter, wanted, day[0] = waiting.pop()
        assert cast_votes("dog", wanted, voter) == len(wanted)

    def happens() -> str | None:
        what = happening.pop() if happening else "nothing"
        if what == "others vote" and waiting:
            vote()
        return what if what[0].isupper() else None

    try:
        with before_transactions(happens):
            while waiting:
                vote()
    except Throttled:
        assert sum(each[0].isupper() for each in between) >= 8
    reconcile(gallery, "dog").check()


@pytest.mark.fault("two people vote on the same picture at the same time", "both count, each once")
def test_many_at_once_count_once_each(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    one_at_a_time = threading.Lock()
    client = table.client()

    def alone(call: Callable[..., Any]) -> Callable[..., Any]:
        def made(**request: Any) -> Any:  # noqa: ANN401 - the client's own
            with one_at_a_time:  # which moto's calls are not by themselves
                return call(**request)

        return made

    for name in ("transact_write_items", "batch_get_item", "update_item"):
        monkeypatch.setattr(client, name, alone(getattr(client, name)))
    people = [Voter(f"account {number % 4}") for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        wanted = dict.fromkeys(PICTURES, FOR)
        counted = list(pool.map(lambda each: cast_votes("dog", wanted, each), people))
    assert counted == [4] * 16
    found = reconcile(gallery, "dog")
    found.check()
    assert found.pictures == dict.fromkeys(PICTURES, (4, 0))


def meanwhile(wanted: dict[str, Vote]) -> Callable[[], None]:
    """Have Anna vote in another window, once, before the next transaction."""
    pending = [wanted]

    def happens() -> None:
        if pending:
            cast_votes("dog", pending.pop(), ANNA)

    return happens


@pytest.mark.parametrize("there", [FOR, AGAINST])
def test_a_mind_changed_in_two_windows_at_once_moves_the_vote_once(gallery: Gallery, there: Vote) -> None:
    cast_votes("dog", {PICTURES[0]: FOR}, ANNA)
    cast_votes("dog", {PICTURES[0]: FOR}, BEN)
    with before_transactions(meanwhile({PICTURES[0]: there})):
        assert cast_votes("dog", {PICTURES[0]: AGAINST}, ANNA) == 1
    found = reconcile(gallery, "dog")
    found.check()
    assert found.pictures == {PICTURES[0]: (1, 1)}


def test_two_windows_have_one_ballot(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.limits.MAX_VOTES_PER_QUERY", 3)
    with before_transactions(meanwhile(dict.fromkeys(PICTURES[2:], FOR))):
        assert cast_votes("dog", dict.fromkeys(PICTURES[:2], FOR), ANNA) == 1
    found = reconcile(gallery, "dog")
    found.check()
    assert list(found.ballots.values()) == [3]


def called_off_by(code: str, tries: list[str]) -> Callable[[], str]:
    def happens() -> str:
        tries.append(code)
        return code

    return happens


@pytest.mark.fault("two people vote at the same time, all the time", "given up after eight tries: a 503")
def test_who_is_overtaken_each_time_gives_up(gallery: Gallery) -> None:
    tries: list[str] = []
    with before_transactions(called_off_by("TransactionConflict", tries)), pytest.raises(Throttled):
        cast_votes("dog", {PICTURES[0]: FOR}, ANNA)
    assert len(tries) == 8
    assert reconcile(gallery, "dog").votes == {}


def test_a_transaction_that_no_second_try_would_mend_is_an_error(gallery: Gallery) -> None:  # noqa: ARG001
    tries: list[str] = []
    with before_transactions(called_off_by("ValidationError", tries)), pytest.raises(ClientError):
        cast_votes("dog", {PICTURES[0]: FOR}, ANNA)
    assert len(tries) == 1


@pytest.mark.fault("DynamoDB throttles votes for a moment", "waited for; the vote counts once")
def test_a_moment_of_throttling_is_waited_for(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with failing(table.client(), "TransactWriteItems", 3, 400, "ThrottlingException") as answered:
        assert cast_votes("dog", {PICTURES[0]: FOR}, ANNA) == 1
    assert len(answered) == 3
    reconcile(gallery, "dog").check()


@pytest.mark.fault("killed between any two writes of votes", "what is done counts; cast again, each counts once")
def test_a_death_between_any_two_writes_loses_and_doubles_nothing(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(casting, "_BATCH", 2)
    ANNA.mark("dog")
    wanted: dict[str, Vote] = {str(ULID()): FOR if number % 2 else AGAINST for number in range(5)}
    for number in each_death():
        query = f"dog {number}"
        with killed_before_write(number) as deaths:
            cast_votes(query, wanted, ANNA)
        reconcile(gallery, votes.normalised(query)).check()
        assert cast_votes(query, wanted, ANNA) == 5
        found = reconcile(gallery, votes.normalised(query))
        found.check()
        assert len(found.votes) == 5
        if len(deaths.writes) <= number:
            break
    assert number == 6, "three transactions, and a note after each"
