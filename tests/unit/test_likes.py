"""Likes and their counts: they agree whoever comes at once, twice or in between, and whoever dies."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.ballots import before_transactions, called_off
from tests.unit.conftest import Gallery
from tests.unit.faults import failing
from tests.unit.posting import agree, keys, known, posted

from gallery.aws import table
from gallery.aws.table import Throttled
from gallery.lifecycle.retraction import retract
from gallery.people import people
from gallery.people.people import Person
from gallery.posts import likes, posts
from gallery.posts.posts import Post
from gallery.problems import Problem


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.aws.table.time.sleep", lambda _: None)


def count(post: Post) -> int:
    found = posts.find(post.id)
    assert found
    return found.likes


def best(most: int = 5) -> list[tuple[str, int]]:
    return [(each.id, each.likes) for part in likes.most_liked(most, most) for each in part]


def test_a_like_counts_once_however_often_it_is_said(gallery: Gallery) -> None:
    post = posted()
    for _ in range(3):
        likes.like(post.id, known("ben").sub)
    likes.like(post.id, "anna")
    assert count(post) == 2
    for _ in range(3):
        likes.unlike(post.id, "ben")
    assert (count(post), likes.among("anna", [post.id]), likes.among("ben", [post.id])) == (1, {post.id}, set())
    agree(gallery)


def test_the_most_liked_come_first_and_those_nobody_likes_any_more_not_at_all(gallery: Gallery) -> None:  # noqa: ARG001
    unseen, once, twice, formerly = (posted() for _ in range(4))
    for who in ("ben", "eve"):
        likes.like(twice.id, known(who).sub)
        likes.like(formerly.id, who)
    likes.like(once.id, "eve")
    for who in ("ben", "eve"):
        likes.unlike(formerly.id, who)
    assert best() == [(twice.id, 2), (once.id, 1)]
    assert best(1) == [(twice.id, 2)]
    assert unseen.id not in dict(best())


def test_nobody_likes_a_post_that_is_gone_and_likes_of_it_can_be_taken_back(gallery: Gallery) -> None:
    post = posted()
    known("ben")
    retract(post)
    with pytest.raises(Problem) as refused:
        likes.like(post.id, "ben")
    assert refused.value.status == 404
    likes.unlike(post.id, "ben")
    agree(gallery)


def test_who_is_no_longer_active_likes_nothing(gallery: Gallery) -> None:
    post = posted()
    people.disable(known("ben"))
    with pytest.raises(Problem) as refused:
        likes.like(post.id, "ben")
    assert refused.value.status == 403
    agree(gallery)


@pytest.mark.fault("many like a post over 16 connections, some twice, while DynamoDB conflicts", "counted exactly")
def test_many_at_once_are_counted_exactly(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    post = posted()
    people_there = [f"person-{number}" for number in range(24)]
    table.put_all(people.to_row(Person(sub=each)) for each in people_there)
    monkeypatch.setattr(table.client(), "transact_write_items", _contended(table.client().transact_write_items))
    said = people_there + people_there[:8]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda sub: likes.like(post.id, sub), said))
    assert count(post) == 24
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda sub: likes.unlike(post.id, sub), [*people_there[:8], *people_there[:4]]))
    assert count(post) == 16
    assert best() == [(post.id, 16)]
    agree(gallery)


def _contended(call: Callable[..., Any]) -> Callable[..., Any]:
    """Do transactions one at a time, which moto's are not by themselves, and call every fourth off as DynamoDB does."""
    one_at_a_time, luck = threading.Lock(), cycle(["fine", "fine", "fine", "TransactionConflict"])

    def made(**request: Any) -> Any:  # noqa: ANN401 - the client's own
        with one_at_a_time:
            if (code := next(luck)) != "fine":
                raise called_off(code)
            return call(**request)

    return made


SAID = st.tuples(st.sampled_from(["like", "unlike"]), st.sampled_from(["anna", "ben"]), st.integers(0, 1))


@pytest.mark.fault("the same person likes and unlikes in two windows while DynamoDB conflicts", "counts stay exact")
def test_counts_are_exact_whoever_gets_in_between(gallery: Gallery) -> None:
    there = [posted(), posted("ben")]

    @settings(max_examples=10)
    @given(
        said=st.lists(SAID, min_size=1, max_size=8),
        between=st.lists(st.sampled_from(["others do", "TransactionConflict", "ThrottlingError", "nothing"])),
    )
    def whatever_happens(said: list[Any], between: list[str]) -> None:
        waiting, happening = list(said), list(between)

        def do() -> None:
            what, who, which = waiting.pop()
            (likes.like if what == "like" else likes.unlike)(there[which].id, who)

        def happens() -> str | None:
            what = happening.pop() if happening else "nothing"
            if what == "others do" and waiting:
                do()
            return what if what[0].isupper() else None

        try:
            with before_transactions(happens):
                while waiting:
                    do()
        except Throttled:
            assert sum(each[0].isupper() for each in between) >= 8
        agree(gallery)

    whatever_happens()


def test_a_moment_of_throttling_is_waited_for(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    post = posted()
    monkeypatch.setattr("time.sleep", lambda _: None)
    with failing(table.client(), "TransactWriteItems", 3, 400, "ThrottlingException") as answered:
        likes.like(post.id, "anna")
    assert len(answered) == 3
    agree(gallery)


def test_a_like_that_comes_while_its_post_is_removed_leaves_nothing(gallery: Gallery) -> None:
    post = posted()
    known("ben")
    pending = [post]

    def removed_first() -> None:
        if pending:
            retract(pending.pop())

    with before_transactions(removed_first), pytest.raises(Problem):
        likes.like(post.id, "ben")
    assert keys(gallery, "LIKES#", "LIKED#") == set()
