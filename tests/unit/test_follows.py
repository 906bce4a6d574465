"""Following: edges and counts agree whatever happens in between, and lists show who is there."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.ballots import before_transactions
from tests.unit.conftest import Gallery
from tests.unit.faults import empty

from gallery.aws import table
from gallery.aws.table import Throttled
from gallery.people import follows, people
from gallery.people.people import Person
from gallery.pictures.access import Caller
from gallery.problems import Problem


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.aws.table.time.sleep", lambda _: None)


def get_or_create_person(*subs: str) -> list[Person]:
    return [people.get_or_create_person(Caller(each)) for each in subs]


def exact(gallery: Gallery) -> set[tuple[str, str]]:
    """Return who follows whom; fail unless both edges and both counts say the same."""
    found = [(row["pk"].partition("#")[::2], row["sk"], row) for row in gallery.rows()]
    followers = {(sk, sub) for (kind, sub), sk, _ in found if kind == "FOLLOWERS"}
    assert followers == {(sub, sk) for (kind, sub), sk, _ in found if kind == "FOLLOWING"}
    for (kind, sub), _, row in found:
        if kind == "PERSON":
            person = people.from_row(row)
            assert person.followers == sum(followee == sub for _, followee in followers)
            assert person.following == sum(follower == sub for follower, _ in followers)
    return followers


def test_following_twice_counts_once_and_unfollowing_twice_takes_away_once(gallery: Gallery) -> None:
    get_or_create_person("anna", "ben")
    for _ in range(2):
        follows.follow("anna", "ben")
        assert exact(gallery) == {("anna", "ben")}
    for _ in range(2):
        follows.unfollow("anna", "ben")
        assert exact(gallery) == set()


@pytest.mark.parametrize("state", ["disabled", "erasing", "erased"])
def test_nobody_follows_who_is_not_there(gallery: Gallery, state: people.State) -> None:
    get_or_create_person("anna", "ben")
    table.transact_write([people.become("ben", state, "active")])
    with pytest.raises(Problem) as refused:
        follows.follow("anna", "ben")
    assert refused.value.status == 404
    with pytest.raises(Problem) as refused:
        follows.follow("ben", "anna")
    assert refused.value.status in {401, 403}
    assert exact(gallery) == set()


def test_who_is_blocked_while_following_follows_nobody(gallery: Gallery) -> None:
    get_or_create_person("anna", "ben")

    def blocked() -> None:
        if people.find_all(["ben"])["ben"].active:
            table.update(
                people.person_key("ben"),
                UpdateExpression="SET #state = :erasing",
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues={":erasing": "erasing"},
            )

    with before_transactions(blocked), pytest.raises(Problem):
        follows.follow("anna", "ben")
    assert exact(gallery) == set()


PEOPLE = ("anna", "ben", "cleo")
STEPS = st.tuples(st.sampled_from((follows.follow, follows.unfollow)), st.permutations(PEOPLE))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEPS, min_size=1, max_size=6),
    between=st.lists(st.sampled_from(["another", "TransactionConflict", "ThrottlingError", "nothing"]), max_size=7),
)
@pytest.mark.fault("others follow, DynamoDB conflicts or throttles while somebody follows", "edges and counts agree")
def test_edges_and_counts_agree_whoever_gets_in_between(gallery: Gallery, steps: list[Any], between: list[str]) -> None:
    empty("gallery-test-media", "gallery-test")
    get_or_create_person(*PEOPLE)
    waiting, happening = list(steps), list(between)

    def step() -> None:
        what, (one, other, _) = waiting.pop()
        what(one, other)

    def happens() -> str | None:
        what = happening.pop() if happening else "nothing"
        if what == "another" and waiting:
            step()
        return what if what[0].isupper() else None

    with before_transactions(happens):
        while waiting:
            step()
    exact(gallery)


def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have moto's calls exclude each other, which they don't by themselves."""
    lock, client = threading.Lock(), table.client()

    def alone(call: Callable[..., Any]) -> Callable[..., Any]:
        def made(**request: Any) -> Any:  # noqa: ANN401 - the client's own
            with lock:
                return call(**request)

        return made

    for name in ("transact_write_items", "batch_get_item", "get_item"):
        monkeypatch.setattr(client, name, alone(getattr(client, name)))


@pytest.mark.fault("a hundred people follow the same person over 16 connections, some twice", "each counts once")
def test_a_hundred_followers_at_once_count_once_each(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    subs = [f"member-{number}" for number in range(100)]
    table.put_all(people.to_row(Person(sub=each, username=each)) for each in ("star", *subs))
    one_at_a_time(monkeypatch)
    conflicts = iter(range(10**6))

    def every_third_conflicts() -> str | None:
        return "TransactionConflict" if next(conflicts) % 3 == 0 else None

    with before_transactions(every_third_conflicts), ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda each: follows.follow(each, "star"), [*subs, *subs[:20]]))
    monkeypatch.undo()
    assert len(exact(gallery)) == 100
    star = people.find("star")
    assert star
    assert star.followers == 100


def test_who_is_overtaken_each_time_is_asked_to_come_again(gallery: Gallery) -> None:
    get_or_create_person("anna", "ben")
    with before_transactions(lambda: "TransactionConflict"), pytest.raises(Throttled):
        follows.follow("anna", "ben")
    assert exact(gallery) == set()


def test_lists_are_paged_and_leave_out_who_is_blocked(gallery: Gallery) -> None:  # noqa: ARG001
    subs = [f"member-{number}" for number in range(9)]
    get_or_create_person("anna", *subs)
    for each in subs:
        follows.follow(each, "anna")
    table.transact_write([people.become("member-7", "disabled", "active")])
    seen: list[str] = []
    after = None
    while True:
        page = follows.page(follows.followers_of("anna"), 3, after)
        assert len(page.people) <= 3
        seen += [each.sub for each in page.people]
        after = page.next_sub
        if after is None:
            break
    assert sorted(seen) == [each for each in subs if each != "member-7"]


def test_mutual_followers_follow_both(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(follows, "_MUTUALLY_READ", 2)
    subs = [f"member-{number}" for number in range(8)]
    get_or_create_person("anna", "ben", *subs)
    for number, each in enumerate(subs):
        follows.follow(each, "anna")
        if number % 3 == 0:
            follows.follow(each, "ben")
    anna, ben = (people.get_or_create_person(Caller(each)) for each in ("anna", "ben"))
    for one, other in ((anna, ben), (ben, anna)):
        first = follows.mutual(one, other, 2, None)
        second = follows.mutual(one, other, 2, first.next_sub)
        assert sorted(each.sub for each in (*first.people, *second.people)) == ["member-0", "member-3", "member-6"]
        assert second.next_sub is None


def test_suggestions_are_whom_most_of_those_follow_whom_one_follows(gallery: Gallery) -> None:  # noqa: ARG001
    get_or_create_person("anna", "ben", "cleo", "dan", "eve", "finn", "gone")
    for one, others in {
        "anna": ("ben", "cleo"),
        "ben": ("anna", "cleo", "dan", "eve", "gone"),
        "cleo": ("eve", "gone"),
        "dan": ("finn",),
    }.items():
        for each in others:
            follows.follow(one, each)
    table.transact_write([people.become("gone", "disabled", "active")])
    found = [(person.sub, shared) for person, shared in follows.suggestions("anna", 10)]
    assert found == [("eve", 2), ("dan", 1)]
    assert follows.suggestions("finn", 10) == []
