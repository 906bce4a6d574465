"""Votes on search results as their senders see them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ballots import reconcile
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.faults import failing
from tests.unit.identity import Pool
from tests.unit.pictures import annas, ticket
from ulid import ULID

from gallery.aws import table
from gallery.feedback import votes
from gallery.feedback.votes import PictureVotes, normalised, tidy
from gallery.lifecycle.removal import soft_delete


def give(api: Api, query: str, *, headers: dict[str, str] | None = None, **said: list[str]) -> Answer:
    return api("POST", "/api/feedback", body={"feedback": [{"query": query, **said}]}, headers=headers)


def test_what_people_say_of_a_result_is_there_for_the_next_search(api: Api) -> None:
    dog, cat = sorted([ticket().id, ticket().id])
    answer = give(api, "Dogs", positive=[dog], negative=[cat])
    assert (answer.status, answer.json) == (202, {"accepted": 1})
    assert votes.for_query(normalised("a dog")) == [PictureVotes(cat, 0, 1), PictureVotes(dog, 1, 0)]


def test_entries_count_where_a_vote_counts_now_or_counted_before(api: Api) -> None:
    dog = ticket().id
    entries = [
        {"query": "dog", "positive": [dog]},
        {"query": "cat", "positive": [str(ULID())]},
        {"query": "pug"},
        {"query": "black dog", "positive": [], "negative": [dog, str(ULID())]},
    ]
    for _ in range(2):
        assert api("POST", "/api/feedback", body={"feedback": entries}).json == {"accepted": 2}


def test_an_id_said_twice_is_one_vote(api: Api) -> None:
    dog = ticket().id
    assert give(api, "dog", positive=[dog, dog]).status == 202
    assert votes.for_query("dog") == [PictureVotes(dog, 1, 0)]


def test_what_is_said_later_in_a_request_replaces_what_was_said_before(gallery: Gallery, api: Api) -> None:
    dog = ticket().id
    entries = [{"query": "dog", "positive": [dog]}, {"query": "Dogs!", "negative": [dog]}]
    assert api("POST", "/api/feedback", body={"feedback": entries}).json == {"accepted": 2}
    assert votes.for_query("dog") == [PictureVotes(dog, 0, 1)]
    reconcile(gallery, "dog").check()


def test_a_picture_hidden_from_the_caller_is_like_one_that_does_not_exist(api: Api, pool: Pool) -> None:
    secret, gone, never = annas(visibility="private").id, ticket(), str(ULID())
    soft_delete(gone)
    eve, anna = pool.bearer("eve"), pool.bearer("anna")
    answers = [give(api, "dog", positive=[each], headers=eve) for each in (secret, gone.id, never)]
    assert {(each.status, each.text) for each in answers} == {(202, '{"accepted":0}')}
    assert votes.for_query("dog") == []
    assert give(api, "dog", positive=[secret], headers=anna).json == {"accepted": 1}


def test_a_person_counts_once_wherever_they_are(api: Api, pool: Pool) -> None:
    dog = ticket().id
    for name in ("anna", "anna", "eve"):
        give(api, "dog", positive=[dog], headers=pool.bearer(name))
    give(api, "dog", positive=[dog])
    assert votes.for_query("dog") == [PictureVotes(dog, 3, 0)]


def test_a_broken_token_is_not_taken_for_none(api: Api, pool: Pool) -> None:  # noqa: ARG001 - there are accounts
    answer = give(api, "dog", positive=[ticket().id], headers={"authorization": "Bearer nonsense"})
    assert answer.status == 401
    assert votes.for_query("dog") == []


def ids(count: int) -> list[str]:
    return [str(ULID()) for _ in range(count)]


DOG = str(ULID())
BAD: list[tuple[Any, str]] = [
    ({}, "feedback"),
    ({"feedback": []}, "feedback"),
    ({"feedback": [{"query": "dog"}] * 21}, "feedback"),
    ({"feedback": "dog"}, "feedback"),
    ({"feedback": ["dog"]}, "feedback.0"),
    ({"feedback": [{"query": "dog"}], "extra": 1}, "extra"),
    ({"feedback": [{"positive": [DOG]}]}, "feedback.0.query"),
    ({"feedback": [{"query": ""}]}, "feedback.0.query"),
    ({"feedback": [{"query": " \t\n"}]}, "feedback.0.query"),
    ({"feedback": [{"query": "\u200b\u0000\u3000"}]}, "feedback.0.query"),
    ({"feedback": [{"query": "\ud800"}]}, "feedback.0.query"),
    ({"feedback": [{"query": "x" * 201}]}, "feedback.0.query"),
    ({"feedback": [{"query": 7}]}, "feedback.0.query"),
    ({"feedback": [{"query": None}]}, "feedback.0.query"),
    ({"feedback": [{"query": "dog", "neutral": [DOG]}]}, "feedback.0.neutral"),
    ({"feedback": [{"query": "dog", "positive": ["x"]}]}, "feedback.0.positive.0"),
    ({"feedback": [{"query": "dog", "positive": [DOG.lower()]}]}, "feedback.0.positive.0"),
    ({"feedback": [{"query": "dog", "positive": [DOG + "\n"]}]}, "feedback.0.positive.0"),
    ({"feedback": [{"query": "dog", "positive": [7]}]}, "feedback.0.positive.0"),
    ({"feedback": [{"query": "dog", "positive": DOG}]}, "feedback.0.positive"),
    ({"feedback": [{"query": "dog", "positive": None}]}, "feedback.0.positive"),
    ({"feedback": [{"query": "dog", "negative": ids(101)}]}, "feedback.0.negative"),
    ({"feedback": [{"query": "dog", "positive": ids(51), "negative": ids(50)}]}, "feedback.0"),
    ({"feedback": [{"query": "dog", "positive": [DOG], "negative": [DOG]}]}, "feedback.0"),
    ([], "body"),
]


@pytest.mark.parametrize(("body", "field"), BAD)
def test_what_is_not_well_formed_is_refused_with_the_fields_name(
    gallery: Gallery, api: Api, body: object, field: str
) -> None:
    answer = api("POST", "/api/feedback", body=body)
    assert (answer.status, answer.headers["content-type"]) == (422, "application/problem+json"), answer.text
    assert field in {each["field"] for each in answer.json["errors"]}
    assert gallery.rows() == []


def test_what_is_no_json_is_refused(api: Api) -> None:
    assert api("POST", "/api/feedback", body="{").status == 400
    assert api("POST", "/api/feedback", body="{}", headers={"content-type": "text/plain"}).status == 415
    assert api("GET", "/api/feedback").status == 405


def test_twenty_entries_of_a_hundred_ids_are_taken(api: Api) -> None:
    dog = ticket().id
    entries = [{"query": f"dog {number}", "positive": [dog, *ids(99)]} for number in range(20)]
    assert api("POST", "/api/feedback", body={"feedback": entries}).json == {"accepted": 20}


@pytest.mark.fault("DynamoDB throttles votes for longer", "a 503 that says when to come again; the vote counts then")
def test_who_votes_while_the_table_is_overloaded_is_told_to_come_again(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    dog = ticket().id
    with failing(table.client(), "TransactWriteItems", 1000, 400, "ThrottlingException"):
        answer = give(api, "dog", positive=[dog])
    assert (answer.status, answer.headers["content-type"]) == (503, "application/problem+json")
    assert int(answer.headers["retry-after"]) >= 1
    assert give(api, "dog", positive=[dog]).json == {"accepted": 1}
    assert votes.for_query("dog") == [PictureVotes(dog, 1, 0)]


@pytest.mark.parametrize(
    "spelling", ["dogs", "DOG", "  a  dog ", "Dog!", "the dog's", "\uff44\uff4f\uff47", "dog\u200b", "dog\x00"]
)
def test_spellings_that_mean_the_same_share_their_votes(spelling: str) -> None:
    assert normalised(spelling) == "dog"


@pytest.mark.parametrize(("one", "other"), [("red car", "red cat"), ("!!!", "???"), ("of", "to"), ("犬", "猫")])
def test_queries_that_mean_something_else_do_not(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_query_fits_into_a_key_and_can_be_shown(query: str) -> None:
    key = normalised(query)
    assert len(key.encode()) <= votes.LONGEST_KEY
    assert normalised(query) == key
    assert not any(character < " " or "\x7f" <= character < "\xa0" for character in key + tidy(query))
    assert tidy(query) or not key


def test_long_queries_that_begin_alike_are_told_apart() -> None:
    one, other = ("\ufdfa" * 199 + last for last in "ab")
    assert normalised(one) != normalised(other)
