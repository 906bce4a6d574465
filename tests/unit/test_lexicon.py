"""Words: how they are compared, and which of the things in pictures they are words for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.lexicon import concepts, concepts_named, phrase_of, singular, vocabulary
from gallery.vocabulary.words import LONGEST_STEM, meaningful, stem, stems, words


def names_of(text: str) -> set[str]:
    """The first words of the concepts that a text is a word for."""
    return {each.words[0] for each in concepts_named(phrase_of(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Dog's  BALL!", ["the", "dog", "ball"]),
        ("the dogs\N{RIGHT SINGLE QUOTATION MARK} ball", ["the", "dogs", "ball"]),
        ("jack-o'-lantern", ["jack", "o", "lantern"]),
        ("Straße", ["strasse"]),
        ("cafe\N{COMBINING ACUTE ACCENT}", ["café"]),
        ("ﬁre_engine №9", ["fire", "engine", "no9"]),
        ("\N{DOG FACE}\0\u202e ... --", []),
    ],
)
def test_words_are_compared_without_case_genitives_and_punctuation(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_words_that_mean_nothing_alone_do_not_count() -> None:
    assert meaningful("what is that thing in the photograph of our dog?") == ["photograph", "dog"]
    assert meaningful("what is this and that") == []


def test_words_with_the_same_stem_are_the_same_word_once() -> None:
    assert stems("Running dogs run with a dog") == ["run", "dog"]


@given(st.text())
def test_any_text_has_stems_of_bounded_length_each_once(text: str) -> None:
    found = stems(text)
    assert len(set(found)) == len(found)
    assert all(0 < len(each) <= LONGEST_STEM for each in found)


def test_long_words_are_cut_alike_wherever_they_are_written() -> None:
    assert stem("q" * 200) == stem("q" * 199) == "q" * LONGEST_STEM


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("wolves", "wolf"), ("mice", "mouse"), ("geese", "goose"), ("foxes", "fox"), ("knives", "knife"),
        ("strawberries", "strawberry"), ("fishermen", "fishermen"), ("glasses", "glasses"), ("buses", "bus"),
        ("dogs", "dog"), ("dog", "dog"), ("dress", "dress"), ("xyzzys", "xyzzys"),
    ],
)  # fmt: skip
def test_plurals_of_words_for_things_become_singular_and_no_other_word_changes(plural: str, expected: str) -> None:
    assert singular(plural) == expected


def test_every_word_for_a_class_or_for_what_it_is_a_kind_of_is_understood() -> None:
    misunderstood = [
        word
        for concept in concepts()
        for word in concept.words
        if meaningful(word) and concept not in concepts_named(phrase_of(word))
    ]
    assert misunderstood == []


def test_every_class_can_be_named() -> None:
    assert [each.name for each in image_classes() if not any(map(meaningful, each.words))] == []


def test_synonyms_and_broader_words_name_their_concept() -> None:
    assert names_of("polar bears") == {"ice bear"}
    assert names_of("musical instruments") == {"musical instrument"}
    assert names_of("crane") == {"crane", "construction crane"}
    assert names_of("an unheard-of thing") == set()


def test_a_text_of_words_that_mean_nothing_names_nothing() -> None:
    assert phrase_of("what is it?") == ()
    assert concepts_named(()) == ()


@given(st.text())
def test_no_text_breaks_the_lexicon(text: str) -> None:
    phrase = phrase_of(text)
    concepts_named(phrase)
    assert all(part in vocabulary() or part == singular(part) for part in phrase)
