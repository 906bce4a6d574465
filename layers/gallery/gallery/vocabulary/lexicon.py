"""The words for the 1000 classes and for everything that they are kinds of; and which words there are at all."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

from gallery.vocabulary.classes import Concept, image_classes, irregular_plurals
from gallery.vocabulary.words import meaningful, stem

ENGLISH = Path(__file__).with_name("english.txt")
"""The stems of all of WordNet's words, one in a line."""

Phrase = tuple[str, ...]
"""The meaningful parts of a word in order, in the singular: `("polar", "bear")`."""

_ENDINGS = (("ies", "y"), ("ves", "f"), ("men", "man"), ("s", ""), ("es", ""))
"""How English makes plurals of nouns, as in WordNet's morphological processor (`man 7 morphy`)."""


def concepts_named(phrase: Phrase) -> Collection[Concept]:
    """Return the concepts that a phrase is a word for; none for most."""
    return _named().get(phrase, ())


def phrase_of(text: str) -> Phrase:
    """Return a text as a phrase, empty where no word of it means anything."""
    return tuple(singular(word) for word in meaningful(text))


@cache
def vocabulary() -> frozenset[str]:
    """Return every part of every concept's words."""
    return frozenset(part for concept in concepts() for word in concept.words for part in meaningful(word))


def is_english(word: str) -> bool:
    """Tell whether WordNet has a word, or one of the same stem, for anything at all."""
    return stem(word) in _english()


def singular(word: str) -> str:
    """Return the singular of a plural that the vocabulary knows; any other word as it is."""
    irregular = irregular_plurals().get(word)
    if irregular is not None or word in vocabulary():
        return irregular or word
    candidates = (word.removesuffix(end) + instead for end, instead in _ENDINGS if word.endswith(end))
    return next((candidate for candidate in candidates if candidate in vocabulary()), word)


@cache
def _english() -> frozenset[str]:
    return frozenset(ENGLISH.read_text(encoding="utf-8").split())


@cache
def longest() -> int:
    """Return how many parts the longest phrase has."""
    return max(map(len, _named()))


@cache
def _named() -> Mapping[Phrase, Collection[Concept]]:
    concepts_of: dict[Phrase, set[Concept]] = {}
    for concept in concepts():
        for word in concept.words:
            concepts_of.setdefault(phrase_of(word), set()).add(concept)
    concepts_of.pop((), None)
    return concepts_of


@cache
def concepts() -> Sequence[Concept]:
    """Return the 1000 classes in their order, then everything above them by id."""
    above = {ancestor for image_class in image_classes() for ancestor in image_class.ancestors}
    return [*image_classes(), *sorted(above, key=lambda concept: concept.wnid)]
