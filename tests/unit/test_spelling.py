"""Slips of the pen: what is taken for what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.vocabulary.lexicon import singular, vocabulary
from search.spelling import corrected


def nobody_knows(_word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("elefant", "elephant"), ("elephnt", "elephant"), ("zeebra", "zebra"), ("pengiun", "penguin"),
        ("brid", "bird"), ("saxaphone", "saxophone"), ("elefants", "elephant"), ("butterfley", "butterfly"),
    ],
)  # fmt: skip
def test_a_slip_is_taken_for_the_word_that_was_meant(slip: str, meant: str) -> None:
    assert singular(corrected(slip, nobody_knows)) == meant


@pytest.mark.parametrize("word", ["dgo", "ct", "x", ""])
def test_short_words_are_not_guessed(word: str) -> None:
    assert corrected(word, nobody_knows) == word


@pytest.mark.parametrize("word", ["wolves", "dogs", "mice", "elephant"])
def test_words_for_things_in_pictures_stay(word: str) -> None:
    assert corrected(word, nobody_knows) == word


@pytest.mark.parametrize("word", ["purrs", "woofs", "barked", "galloping", "mambo", "unlit", "pliers", "oiled"])
def test_words_for_anything_else_stay_whatever_they_are_near(word: str) -> None:
    assert corrected(word, nobody_knows) == word


def test_names_that_the_encoder_knows_stay() -> None:
    assert corrected("zebran", lambda word: word == "zebran") == "zebran"
    assert corrected("zebran", nobody_knows) == "zebra"


@pytest.mark.parametrize("word", ["canon5d", "4x4wheel", "qqqqqqqq", "zxcvbnmasdf", "слон", "象象象象"])
def test_what_is_near_nothing_stays(word: str) -> None:
    assert corrected(word, nobody_knows) == word


@given(st.text(st.characters(categories=["Ll"]), max_size=15))
def test_a_correction_is_a_word_for_something_and_final(word: str) -> None:
    meant = corrected(word, nobody_knows)
    assert meant == word or meant in vocabulary()
    assert corrected(meant, nobody_knows) == meant
