"""What a query is about: by WordNet's words, and by what the sentence encoder makes of the rest."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.collection import needs_encoder
from tests.unit.vocabulary import concept

from gallery.vocabulary.classes import ImageClass, image_classes
from gallery.vocabulary.groups import group_of
from search import meaning, relevance
from search.relevance import Relevance, corrections, parse, relevance_of
from search.typed import MOST_LISTS, MOST_WORDS


def best(found: Relevance, number: int) -> list[ImageClass]:
    """The classes of the highest relevances, best first."""
    return [image_classes()[index] for index in np.argsort(-found.classes, kind="stable")[:number]]


def about(found: Relevance) -> set[str]:
    """The names of all classes that a query is fully about."""
    return {image_classes()[index].name for index in np.flatnonzero(found.classes > 0.999)}


def kinds_of(word: str) -> set[str]:
    group = group_of(concept(word))
    assert group
    return {image_classes()[index].name for index in group.members}


BY_WORDS = [
    ("espresso", {"espresso"}),
    ("polar bears", {"ice bear"}),
    ("wolves", kinds_of("wolf")),
    ("mice", {"mouse"}),
    ("dog", kinds_of("dog")),
    ("BIRD", kinds_of("bird")),
    ("musical instruments", kinds_of("musical instrument")),
    ("what is a volcano?", {"volcano"}),
]


@pytest.mark.usefixtures("words_alone")
@pytest.mark.parametrize(("query", "expected"), BY_WORDS, ids=[query for query, _ in BY_WORDS])
def test_a_word_is_about_all_its_kinds_and_nothing_else(query: str, expected: set[str]) -> None:
    found = relevance_of(query)
    assert about(found) == expected
    assert np.count_nonzero(found.classes) == len(expected)


@needs_encoder
@pytest.mark.parametrize(("query", "expected"), BY_WORDS, ids=[query for query, _ in BY_WORDS])
def test_meaning_leaves_a_words_own_kinds_first(query: str, expected: set[str]) -> None:
    assert about(relevance_of(query)) == expected


@pytest.mark.usefixtures("words_alone")
def test_of_several_words_the_one_that_says_more_counts_more() -> None:
    found = relevance_of("a teapot and a dog")
    classes = {each.name: value for each, value in zip(image_classes(), found.classes, strict=True)}
    assert classes["teapot"] > classes["pug"] == classes["beagle"] > 0.3
    assert classes["tabby"] == 0


@needs_encoder
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("pepperoni slice", "pizza"),
        ("kitten", "feline"),
        ("puppies", "dog"),
        ("gym workout with weights", "weight"),
    ],
)
def test_what_no_class_is_called_is_found_by_its_meaning(query: str, word: str) -> None:
    assert best(relevance_of(query), 1)[0].name in kinds_of(word)


@needs_encoder
def test_words_beside_a_thing_decide_which_of_its_kinds_come_first() -> None:
    found = best(relevance_of("a small dog on the beach"), 1000)
    assert {each.name for each in found[:10]} <= kinds_of("dog") | {"seashore"}
    assert next(each.name for each in found if each.name not in kinds_of("canine")) == "seashore"
    small = {"Chihuahua", "toy terrier", "miniature poodle", "Shih-Tzu", "miniature schnauzer"}
    assert len(small & {each.name for each in found[:10]}) >= 2


@needs_encoder
def test_of_a_words_meanings_the_one_the_query_speaks_of_counts_more() -> None:
    def ranked(query: str) -> list[str]:
        return [each.name for each in best(relevance_of(query), 1000) if each.name in {"crane", "construction crane"}]

    assert ranked("crane lifting steel at a building site")[0] == "construction crane"
    assert ranked("crane, a wading bird in a marsh")[0] == "crane"


@needs_encoder
def test_what_only_the_encoder_sees_is_never_certain() -> None:
    found = relevance_of("pepperoni slice").classes
    assert 0 < found.max() <= 0.9


@needs_encoder
def test_gibberish_is_hardly_about_anything() -> None:
    assert relevance_of("qwrtpsdf zxcvbnm").classes.max() < 0.3


@pytest.mark.usefixtures("words_alone")
def test_each_word_of_a_query_is_looked_for_and_all_count_the_same() -> None:
    found = relevance_of("Rexs big dogs, the dogs")
    assert [each.word for each in found.typed] == ["rexs", "big", "dogs"]
    assert [[way.terms for way in each.ways] for each in found.typed] == [
        [("rexs",), ("rex",)],
        [("big",)],
        [("dogs",), ("dog",)],
    ]


@pytest.mark.usefixtures("words_alone")
def test_no_more_than_eight_words_of_a_query_are_looked_for() -> None:
    many = " ".join(f"unheard{n}" for n in range(20))
    assert len(relevance_of(many).typed) == MOST_WORDS == 8


@needs_encoder
def test_a_slip_is_mended_before_anything_is_looked_for() -> None:
    assert corrections("an elefant") == {"elefant": "elephant"}
    assert parse("an elefant", corrections("an elefant")).text == "elephant"
    assert parse("an elephant", corrections("an elephant")).text == "an elephant"


def test_the_longest_words_are_understood_first() -> None:
    parsed = parse("a polar bear with a mountain bike helmet")
    assert [each.words[0] for word in parsed.named for each in word][:2] == ["ice bear", "mountain bike"]


@pytest.mark.parametrize("query", ["the", "what is it", "!?", "\N{HORIZONTAL ELLIPSIS}" * 50])
@pytest.mark.usefixtures("words_alone")
def test_a_query_without_a_word_that_means_something_is_about_nothing(query: str) -> None:
    found = relevance_of(query)
    assert found.classes.max() == 0
    assert [each.word for each in found.typed] == [each.casefold() for each in re.findall(r"\w+", query)]


@pytest.mark.parametrize("encoder", [False, pytest.param(True, marks=needs_encoder)], ids=["words", "meaning"])
@given(query=st.text(max_size=200))
def test_any_text_is_about_each_class_between_not_at_all_and_fully(query: str, encoder: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if not encoder:
            for module in (meaning, relevance):
                patch.setattr(module, "encoder", lambda: None)
        found = relevance_of(query)
    assert found.classes.shape == (len(image_classes()),)
    assert np.isfinite(found.classes).all()
    assert 0 <= found.classes.min() <= found.classes.max() <= 1
    assert len(found.typed) <= MOST_WORDS
    assert all(0 < way.exactness <= 1 and way.terms for each in found.typed for way in each.ways)
    assert len({term for each in found.typed for way in each.ways for term in way.terms}) <= MOST_LISTS
