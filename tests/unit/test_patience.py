"""How long anybody waits for a service that is overloaded, and what comes of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.retries.standard import ExponentialBackoff
from infra.constructs.function import PATIENT
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.faults import failing, lists_ending_late
from tests.unit.identity import Pool
from tests.unit.kept_clients import CLIENTS
from tests.unit.pictures import CONTENT, READING, annas, ticket
from tests.unit.posting import posted

from gallery.admin import audit_log
from gallery.aws import table
from gallery.aws.table import Throttled
from gallery.feedback import reports
from gallery.lifecycle import removal
from gallery.people import people
from gallery.pictures import catalogue, counters, label_counts, storage
from gallery.pictures.access import Caller
from gallery.pictures.model import captioned
from sweep import rules

SEEN_AT_TEN = replace(READING, captioned_at="2026-11-29T10:00:00Z")
LABELS = [("cat", 1), ("pug", 1)]


class Clock:
    """Time that goes on only when somebody sleeps, each time as long as it could take at the worst."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    CLIENTS.forget()  # how long a client waits at random is said when it is made
    clock = Clock()
    monkeypatch.setattr("time.sleep", clock.sleep)
    monkeypatch.setattr("time.monotonic", clock.monotonic)
    monkeypatch.setattr("random.uniform", lambda _, most: most)
    monkeypatch.setattr(ExponentialBackoff.__init__, "__defaults__", (20, lambda: 1.0, None, None))
    yield clock
    CLIENTS.forget()


@pytest.mark.fault("DynamoDB is throttled, and somebody waits for the answer", "a 503 after seven seconds at the most")
@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_people_hear_after_seven_seconds_that_the_gallery_is_busy(api: Api, clock: Clock, code: str) -> None:
    with failing(table.client(), "GetItem", 1000, 400, code) as answered:
        answer = api("GET", "/api/images/01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert (answer.status, len(answered)) == (503, 4)
    assert clock.now - 1000 == 7


@pytest.mark.parametrize("code", ["TransactionInProgressException", "ServiceUnavailable"])
def test_what_passes_is_a_503_and_no_fault(api: Api, clock: Clock, code: str) -> None:
    with failing(table.client(), "GetItem", 1000, 503, code):
        assert api("GET", "/api/images/01ARZ3NDEKTSV4RRFFQ69G5FAV").status == 503
    assert clock.now - 1000 <= 7


@pytest.mark.usefixtures("gallery")
@pytest.mark.parametrize(("tries", "most"), [(4, 7), (PATIENT, 15)])
def test_a_function_waits_as_long_as_its_tries_say(
    environment: pytest.MonkeyPatch, clock: Clock, tries: int, most: int
) -> None:
    environment.setenv("AWS_MAX_ATTEMPTS", str(tries))
    forget_clients()
    asked: list[tuple[Any, str, Any]] = [
        (table.client(), "GetItem", catalogue.find),
        (storage.client(), "GetObject", storage.read_record),
    ]
    for client, operation, ask in asked:
        began = clock.now
        with failing(client, operation, 1000, 503, "SlowDown") as answered, pytest.raises(ClientError):
            ask("x")
        assert (len(answered), clock.now - began) == (tries, most)


@pytest.mark.usefixtures("gallery")
def test_our_own_tries_end_where_the_sdks_do(clock: Clock) -> None:
    conflicts = failing(table.client(), "TransactWriteItems", 1000, 400, "TransactionConflictException")
    with conflicts, pytest.raises(Throttled):
        table.transact_write([table.put(table.key("LOG", "x"))])
    assert clock.now - 1000 <= 7


def one_at_a_time(monkeypatch: pytest.MonkeyPatch, operation: str, undone: str) -> None:
    """Have DynamoDB do one of a batch each time."""
    client = table.client()
    do = getattr(client, operation)

    def partly(RequestItems: dict[str, Any]) -> Any:  # noqa: N803, ANN401
        ((name, batch),) = RequestItems.items()
        keys = batch["Keys"] if operation == "batch_get_item" else batch
        first, rest = keys[:1], keys[1:]
        answer = do(RequestItems={name: batch | {"Keys": first} if operation == "batch_get_item" else first})
        left = batch | {"Keys": rest} if operation == "batch_get_item" else rest
        return {**answer, undone: {name: left} if rest else {}}

    monkeypatch.setattr(client, operation, partly)


def test_a_batch_that_makes_progress_is_not_given_up(
    gallery: Gallery, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [table.key("LOG", str(number)) for number in range(25)]
    one_at_a_time(monkeypatch, "batch_write_item", "UnprocessedItems")
    one_at_a_time(monkeypatch, "batch_get_item", "UnprocessedKeys")
    table.put_all(items)
    assert len(gallery.rows()) == 25
    assert len(list(table.read(items))) == 25
    assert clock.now - 1000 <= 2 * 7


@pytest.mark.fault("DynamoDB refuses the row of a picture", "nothing is counted; once it is written it counts once")
def test_a_refused_write_changes_no_count(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    picture = ticket()
    new = captioned(picture, CONTENT, SEEN_AT_TEN)
    for _ in range(3):
        with failing(table.client(), "PutItem", 1000, 500, "InternalServerError"), pytest.raises(ClientError):
            catalogue.change(picture, new)
        assert [row["pk"] for row in gallery.rows() if row["pk"] in {"LABELS", "TALLIES", "CAPTIONS"}] == []
    catalogue.change(picture, new)
    assert [(each.label, each.count) for each in label_counts.counts()[0]] == LABELS
    assert counters.total().pictures["captioned"] == 1
    assert counters.captions_in("2026-11") == 1


def test_a_change_stands_though_it_could_not_be_counted_and_the_sweeper_counts_it(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    picture = ticket()
    gallery.upload(picture.id, b"bytes")
    with failing(table.client(), "UpdateItem", 1000, 400, "ThrottlingException"):
        catalogue.change(picture, captioned(picture, CONTENT, SEEN_AT_TEN))
    assert label_counts.counts()[0] == []
    monkeypatch.setattr("time.time", lambda: 4_000_000_000)
    rules.postings(None)
    rules.reconcile_counters(None)
    assert [(each.label, each.count) for each in label_counts.counts()[0]] == LABELS
    assert counters.total().pictures["captioned"] == 1


def test_a_transaction_at_the_same_row_is_no_stale_version(api: Api, pool: Pool, clock: Clock) -> None:
    picture = annas()
    anna = pool.bearer("anna")
    address, version = f"/api/images/{picture.id}", {**anna, "If-Match": f'"{picture.version}"'}
    with failing(table.client(), "PutItem", 2, 400, "TransactionConflictException") as answered:
        answer = api("PATCH", address, body={"title": "A pug"}, headers=version)
    assert (answer.status, len(answered)) == (200, 2)
    assert clock.now - 1000 <= 7
    assert api("PATCH", address, body={"title": "Another"}, headers=version).status == 412


def test_a_tombstone_that_changes_meanwhile_does_not_end_the_sweep(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = [ticket(), ticket()]
    for each in pictures:
        removal.soft_delete(each)
    close, closed = removal.expire_tombstone, list[str]()

    def contended(tombstone: Any) -> None:  # noqa: ANN401
        if not closed:
            closed.append(tombstone.id)
            raise table.Conflict(tombstone.id)
        close(tombstone)

    monkeypatch.setattr(removal, "expire_tombstone", contended)
    assert rules.expire_tombstones()["closed"] == 1
    assert len([row for row in gallery.rows() if row["pk"] == "TOMBSTONES"]) == 1


@pytest.mark.usefixtures("gallery")
def test_an_erasure_goes_on_though_a_transaction_is_at_its_row(clock: Clock) -> None:
    table.store({**table.key("ERASURES", "anna"), "alive_at": 1})
    with failing(table.client(), "UpdateItem", 2, 400, "TransactionConflictException") as answered:
        people.note_erasing("anna")
    assert len(answered) == 2
    assert clock.now - 1000 <= 7


def fill_people() -> None:
    for number in range(4):
        people.get_or_create_person(Caller(sub=f"sub{number}"))


def fill_log() -> None:
    for _ in range(4):
        with audit_log.logged(Caller(sub="root", admin=True), "pause"):
            pass


def fill_reports() -> None:
    for _ in range(4):
        reports.report("image", ticket().id, "This is mine.", "anna")


def fill_feedback() -> None:
    from gallery.feedback import votes  # noqa: PLC0415

    for number in range(4):
        item = {"query": "dog", "rank": number + 1, "ranking": votes.QUERIES}
        times = {"first_at": "2026-11-29T10:00:00Z", "last_at": "2026-11-29T10:00:00Z"}
        table.store({**table.key(votes.QUERIES, f"dog {number}"), **item, **times})


def fill_posts() -> None:
    for _ in range(4):
        posted("anna")


LISTS = {
    "/api/admin/people": (fill_people, "people"),
    "/api/admin/log": (fill_log, "entries"),
    "/api/admin/reports": (fill_reports, "reports"),
    "/api/analytics": (fill_feedback, "feedback"),
    "/api/posts": (fill_posts, "posts"),
}


@pytest.mark.parametrize("path", LISTS)
def test_no_list_ends_in_an_empty_page(api: Api, pool: Pool, path: str) -> None:
    fill, name = LISTS[path]
    fill()
    root = pool.bearer("root", groups=["admin"])
    with lists_ending_late():
        lengths, query = [], {"limit": "2"}
        while True:
            page = api("GET", path, query=query, headers=root).json
            lengths.append(len(page[name]))
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
    assert 0 not in lengths
    assert sum(lengths) >= 4
