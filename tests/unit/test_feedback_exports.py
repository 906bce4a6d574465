"""The file of all votes: complete, harmless, made once for all who ask, and made again when something went wrong."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ballots import pictures, voted
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.faults import each_death, killed_before_write
from tests.unit.identity import Pool

from feedback import exports, table
from feedback.casting import cast_votes
from feedback.exports import Job, make
from feedback.voters import Voter
from gallery.pictures import storage


@dataclass
class Calls:
    """Calls of the function by itself, which Lambda holds until a test lets them happen."""

    waiting: list[dict[str, Any]] = field(default_factory=list)

    def call(self, function: str, event: dict[str, Any]) -> None:
        assert function == "neural-gallery-test-feedback"
        self.waiting.append(json.loads(json.dumps(event)))

    def happen(self) -> list[bool]:
        """Let all calls that wait happen; return whether each made a file."""
        from feedback.handler import handler  # noqa: PLC0415 - after the environment is set

        context = cast("Any", SimpleNamespace(**dict.fromkeys(CONTEXT, "feedback")))
        events, self.waiting = self.waiting, []
        return [handler(each, context)["made"] for each in events]


CONTEXT = ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id")


@pytest.fixture
def calls(gallery: Gallery, environment: pytest.MonkeyPatch) -> Calls:  # noqa: ARG001 - the files need its bucket
    environment.setenv("AWS_LAMBDA_FUNCTION_NAME", "neural-gallery-test-feedback")
    found = Calls()
    environment.setattr(exports, "call", found.call)
    return found


@dataclass
class Clock:
    """The time of the exports, in seconds."""

    seconds: float = 1e9

    def time(self) -> float:
        return self.seconds

    monotonic = time


@pytest.fixture(autouse=True)
def clock(environment: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    environment.setattr("gallery.jobs.exports.time", found)
    return found


Ask = Any


@pytest.fixture
def ask(api: Api, pool: Pool) -> Ask:
    """Ask for the file as an admin."""

    def asked(**query: str) -> Answer:
        headers = pool.bearer("root", groups=["admin"])
        return api("GET", "/api/analytics", query={"format": "csv", **query}, headers=headers)

    return asked


def lines(answer: Answer) -> list[dict[str, str]]:
    """Fetch the file that an answer names."""
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(fetched(answer).decode(), newline="")))


def fetched(answer: Answer) -> bytes:
    key = httpx.URL(answer.json["url"]).path.removeprefix("/")
    return storage.client().get_object(Bucket="gallery-test-media", Key=key)["Body"].read()


def test_a_file_is_made_on_the_side_and_then_handed_out(ask: Ask, calls: Calls) -> None:
    dog, cat = pictures(2)
    voted("Big dogs", dog, positive=2, negative=1)
    voted("cat, “sleeping”", cat, negative=1)
    first = ask()
    assert (first.status, first.json) == (202, {"status": "pending"})
    assert int(first.headers["retry-after"]) >= 1
    assert calls.happen() == [True]
    found = {each["query"]: each for each in lines(ask())}
    assert list(found) == ["Big dogs", "cat, “sleeping”"]
    assert {**found["Big dogs"], "first_at": "", "last_at": ""} == {
        "query": "Big dogs", "image_id": dog, "positive": "2", "negative": "1", "first_at": "", "last_at": "",
    }  # fmt: skip
    assert found["Big dogs"]["first_at"] <= found["Big dogs"]["last_at"]


def test_the_file_is_saved_as_a_table_of_unicode_text(gallery: Gallery, ask: Ask, calls: Calls) -> None:
    ask()
    calls.happen()
    answer = ask()
    assert fetched(answer) == b"query,image_id,positive,negative,first_at,last_at\r\n"
    (key,) = gallery.objects()
    assert key.startswith("exports/analytics/")
    kept = gallery.s3.head_object(Bucket="gallery-test-media", Key=key)
    assert (kept["ContentType"], kept["CacheControl"]) == ("text/csv; charset=utf-8", "private, no-store")
    parameters = httpx.URL(answer.json["url"]).params
    assert parameters["response-content-disposition"].startswith('attachment; filename="feedback.csv"')
    assert answer.headers["cache-control"] == "no-store"


def test_one_query_has_a_file_of_its_own(ask: Ask, calls: Calls) -> None:
    for query in ("dog", "dog house", "cat"):
        voted(query, pictures(1)[0], positive=1)
    assert [ask(query="Dogs").status, ask(query="dog").status, ask().status] == [202, 202, 202]
    assert calls.happen() == [True, True]
    assert [each["query"] for each in lines(ask(query="dog"))] == ["dog"]
    assert len(lines(ask())) == 3
    assert ask(query="zebra").status == 202
    calls.happen()
    assert lines(ask(query="zebra")) == []


def test_a_fresh_file_is_handed_out_again_without_work(ask: Ask, calls: Calls, clock: Clock) -> None:
    voted("dog", pictures(1)[0], positive=1)
    ask()
    calls.happen()
    urls = [ask().json["url"].partition("?")[0] for _ in range(3)]
    assert len(set(urls)) == 1
    assert calls.waiting == []
    clock.seconds += 301
    assert ask().status == 202


def test_a_vote_since_makes_the_next_asker_wait_for_a_new_file(ask: Ask, calls: Calls) -> None:
    dog, cat = pictures(2)
    voted("dog", dog, positive=1)
    ask()
    calls.happen()
    assert len(lines(ask())) == 1
    voted("cat", cat, positive=1)
    assert ask().status == 202
    calls.happen()
    assert len(lines(ask())) == 2


def test_who_waited_gets_the_file_though_people_go_on_voting(ask: Ask, calls: Calls) -> None:
    ask()
    calls.happen()
    voted("dog", pictures(1)[0], positive=1)
    assert ask().status == 200
    assert ask().status == 202


def test_a_vote_while_the_file_is_being_made_is_in_the_next_one(
    ask: Ask, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    dog, cat = pictures(2)
    voted("ant", dog, positive=1)
    sums = table._sums

    def meanwhile(*about: Any) -> Iterator[Any]:  # noqa: ANN401
        yield from sums(*about)
        cast_votes("aardvark", {cat: 1}, Voter("account anna"))

    ask()
    with monkeypatch.context() as patch:
        patch.setattr(table, "_sums", meanwhile)
        calls.happen()
    assert [each["query"] for each in lines(ask())] == ["ant"]
    ask()
    calls.happen()
    assert [each["query"] for each in lines(ask())] == ["aardvark", "ant"]


def test_admins_who_ask_at_once_begin_one_job(ask: Ask, calls: Calls) -> None:
    assert {ask().status for _ in range(5)} == {202}
    assert len(calls.waiting) == 1


@pytest.mark.fault("the maker of a table of votes dies", "after a minute without a sign of life another one makes it")
def test_a_job_that_died_is_begun_again_after_a_minute(ask: Ask, calls: Calls, clock: Clock) -> None:
    ask()
    lost = calls.waiting.pop()
    clock.seconds += 59
    assert (ask().status, calls.waiting) == (202, [])
    clock.seconds += 2
    assert ask().status == 202
    assert calls.happen() == [True]
    url = ask().json["url"].partition("?")[0]
    calls.waiting.append(lost)
    assert calls.happen() == [False]
    assert ask().json["url"].partition("?")[0] == url


def test_a_long_job_shows_that_it_is_alive(
    ask: Ask, calls: Calls, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for query in ("ant", "bee", "cat"):
        voted(query, pictures(1)[0], positive=1)
    sums = table._sums

    def slowly(*about: Any) -> Iterator[Any]:  # noqa: ANN401
        clock.seconds += 50
        assert ask().status == 202
        yield from sums(*about)

    monkeypatch.setattr(table, "_sums", slowly)
    ask()
    assert calls.happen() == [True]
    assert calls.waiting == []
    assert len(lines(ask())) == 3


@pytest.mark.fault("killed while a table of votes is made or handed out", "made by the next who ask, complete")
def test_a_death_between_any_two_writes_delays_the_file_and_no_more(ask: Ask, calls: Calls, clock: Clock) -> None:
    voted("dog", pictures(1)[0], positive=1)
    for number in each_death():
        clock.seconds += 1000
        calls.waiting.clear()
        with killed_before_write(number) as deaths:
            ask()
            calls.happen()
            assert ask().status == 200
        clock.seconds += 61
        ask()
        calls.happen()
        assert len(lines(ask())) == 1
        if len(deaths.writes) <= number:
            break
    assert number == 5, "begun, a sign of life, the file, the end, handed out"


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula(beginning: str) -> None:
    assert table.harmless(f"{beginning}HYPERLINK(1)") == f"'{beginning}HYPERLINK(1)"


def test_a_query_that_looks_like_a_formula_is_text(ask: Ask, calls: Calls) -> None:
    voted('=cmd|"/c calc"!A1', pictures(1)[0], positive=1)
    ask()
    calls.happen()
    assert [each["query"] for each in lines(ask())] == ['\'=cmd|"/c calc"!A1']


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(*[CELLS] * 6)))
def test_whatever_is_written_is_read_again(written: list[tuple[str, ...]]) -> None:
    file = io.BytesIO()
    table.write(file, written)
    text = file.read().decode()
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [list(table.COLUMNS), *([table.harmless(cell) for cell in line] for line in written)]


def test_a_job_nobody_began_makes_nothing(gallery: Gallery) -> None:
    assert make(Job("", "nobody")) is False
    assert [row for row in gallery.rows() if "file_key" in row] == []
