"""How often a digit is written: the formula against counting, and what the API takes."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.conftest import Api

from counter.counting import count

SEVENS, ONES = "7", "1"


@given(digit=st.integers(0, 9), number=st.integers(1, 20_000))
def test_the_formula_counts_what_one_would_write(digit: int, number: int) -> None:
    written = sum(str(each).count(str(digit)) for each in range(1, number + 1))
    assert count(digit, str(number)) == written


@given(digit=st.integers(0, 9), number=st.integers(1, 10**1000 - 2))
def test_one_number_more_adds_the_digits_written_in_it(digit: int, number: int) -> None:
    step = count(digit, str(number + 1)) - count(digit, str(number))
    assert step == str(number + 1).count(str(digit))


@given(number=st.integers(1, 10**50))
def test_all_digits_together_are_all_that_is_written(number: int) -> None:
    length = len(str(number))
    shorter = sum(9 * 10 ** (digits - 1) * digits for digits in range(1, length))
    written = shorter + (number - 10 ** (length - 1) + 1) * length
    assert sum(count(digit, str(number)) for digit in range(10)) == written


@given(digit=st.integers(0, 9), number=st.integers(1, 10**20), zeros=st.integers(0, 5))
def test_leading_zeros_change_nothing(digit: int, number: int, zeros: int) -> None:
    assert count(digit, "0" * zeros + str(number)) == count(digit, str(number))


def test_a_thousand_digits_take_less_than_five_milliseconds() -> None:
    def seconds() -> float:
        begin = time.process_time()
        count(7, "9" * 1000)
        return time.process_time() - begin

    assert min(seconds() for _ in range(20)) < 0.005


def test_the_contracts_example(api: Api) -> None:
    answer = api("GET", "/api/counter", query={"digit": SEVENS, "n": "1000"})
    assert (answer.status, answer.text) == (200, '{"digit":7,"n":1000,"count":300}')


def test_numbers_beyond_any_machine_word_stay_exact(api: Api) -> None:
    largest = 10**1000 - 1
    answer = api("GET", "/api/counter", query={"digit": "0", "n": str(largest)})
    assert json.loads(answer.text) == {"digit": 0, "n": largest, "count": count(0, str(largest))}
    assert f'"n":{largest},' in answer.text


def test_the_answer_says_which_number_was_understood(api: Api) -> None:
    assert api("GET", "/api/counter", query={"digit": ONES, "n": "0012"}).json == {"digit": 1, "n": 12, "count": 5}


BAD = [
    ({"digit": "7"}, {"n"}),
    ({"n": "10"}, {"digit"}),
    ({}, {"digit", "n"}),
    *[({"digit": each, "n": "10"}, {"digit"}) for each in ("", "10", "-1", "x", "٣", "7 ", "7,7")],
    *[
        ({"digit": "7", "n": each}, {"n"})
        for each in ("", "0", "000", "-5", "+7", " 7", "7\n", "1e5", "1.0", "0x1F", "1_000", "٣", "1,2", "1" * 1001)
    ],
]


@pytest.mark.parametrize(("query", "fields"), BAD)
def test_what_is_no_digit_or_no_number_is_refused(api: Api, query: dict[str, str], fields: set[str]) -> None:
    answer = api("GET", "/api/counter", query=query)
    assert (answer.status, answer.headers["content-type"]) == (422, "application/problem+json")
    assert {each["field"] for each in answer.json["errors"]} == fields


def test_the_counter_answers_get_alone(api: Api) -> None:
    answer = api("POST", "/api/counter", body={})
    assert (answer.status, answer.headers["allow"]) == (405, "GET")
