"""From a query to what it is about: how relevant each class is, and which words to look for.

1. Slips are corrected, where nothing is called as they are written, and the query is parsed into WordNet's words, the
   longest first ("polar bear" before "bear").
2. Each word's concepts make their classes relevant. Of several meanings the one nearest to the whole query counts
   most, of several words the one that says most (the inverse of how many classes it stands for).
3. What the words leave open the sentence encoder decides: among the classes of a word, if there are other words that
   WordNet doesn't know; and everywhere else by the likeness of the query, and of each unknown word, to each class.

Relevance is 1 for the classes of a word that is the whole query, and at most 0.9 for what only the encoder sees.
What was typed is looked for in texts whatever it means, see search.typed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from gallery.vocabulary.classes import Concept, image_classes
from gallery.vocabulary.groups import group_of, groups_with
from gallery.vocabulary.lexicon import Phrase, concepts_named, is_english, longest, singular
from gallery.vocabulary.sensitive import is_sensitive
from gallery.vocabulary.words import fold, meaningful, words
from search import meaning
from search.encoder import Vector, encoder
from search.learning import Lesson
from search.meaning import Values, meanings
from search.spelling import corrected
from search.typed import MOST_WORDS, Typed, typed_words

OTHER_MEANINGS = 3.0
"""How fast a meaning loses weight with its distance (in cosine) from the likeliest one."""
LEFT_OPEN = 0.5
"""Part of a word's relevance that the encoder decides on if the query has other words."""
SINGLE_WORD = 0.5
"""How much the likeness of a single unknown word counts beside that of the whole query."""
BESIDE = 0.5
"""How much a correction counts of a word that stands in some text as it was typed."""
GUESSED = 0.35
"""How much the likeness of a query counts of which neither WordNet nor the encoder knows a single word."""
MOST_CORRECTED = 4
"""Words of a query that are corrected."""


@dataclass(frozen=True, eq=False)
class Relevance:
    """What a query is about: the relevance 0…1 of each class, and its words as they were typed.

    `known` tells whether any word of it is one at all; `corrected` is the query as it may have been meant, if it
    differs, which counts as well.
    """

    classes: Values
    typed: Sequence[Typed]
    known: bool = True
    corrected: str | None = None

    def of(self, wnid: str) -> float:
        """Return the relevance of the class of a WordNet id."""
        (index,) = groups_with(wnid)[0].members
        return float(self.classes[index])


@dataclass(frozen=True)
class Parsed:
    """A query in words, corrected: those that stand for concepts, and those that WordNet has for no class."""

    text: str
    words: Sequence[str]
    named: Sequence[Sequence[Concept]]
    unknown: Sequence[str]

    @property
    def known(self) -> bool:
        """Whether any of the words is one."""
        return bool(self.named) or any(map(_is_known, self.words))


def relevance_of(
    query: str, lesson: Lesson | None = None, slips: Mapping[str, str] | None = None, standing: Collection[str] = ()
) -> Relevance:
    """Return what a query is about, by itself and by what people's votes on it teach.

    `slips` are words of it and what they are taken for. One that is `standing` in some picture's text is never
    replaced; its correction counts beside it.
    """
    slips = slips or {}
    parsed = parse(query, {slip: correction for slip, correction in slips.items() if slip not in standing})
    classes = _taught(parsed, lesson)
    mended = parse(query, slips)
    if mended != parsed:
        classes = np.maximum(classes, BESIDE * _taught(mended, lesson))
    corrected_query = " ".join(slips.get(word, word) for word in words(query)) if slips else None
    return Relevance(classes, typed_words(query, slips), mended.known, corrected_query)


def words_alone(query: str) -> Relevance:
    """Return a query that is about no class, but looks for its words as they were typed."""
    return Relevance(np.zeros(len(image_classes()), np.float32), typed_words(query, {}))


def corrections(query: str) -> Mapping[str, str]:
    """Return what slips of a query are taken for, by the word as it was typed."""
    taken_for = {word: corrected(word, _is_known) for word in meaningful(query)[:MOST_WORDS]}
    return dict([pair for pair in taken_for.items() if pair[0] != pair[1]][:MOST_CORRECTED])


def parse(query: str, slips: Mapping[str, str] | None = None) -> Parsed:
    """Return a query in words, of which some are taken for others."""
    typed = meaningful(query)
    words_taken = [(slips or {}).get(word, word) for word in typed]
    named, unknown = _longest_first([singular(word) for word in words_taken])
    return Parsed(query if words_taken == typed else " ".join(words_taken), words_taken, named, unknown)


def _is_known(word: str) -> bool:
    """Tell whether a word, with or without accents, is one that WordNet has or that the encoder has a token for."""
    known_by = encoder()
    return any(
        is_english(spelled) or (known_by.knows(spelled) if known_by else spelled.isalpha())
        for spelled in (word, fold(word))
    )


def _taught(parsed: Parsed, lesson: Lesson | None) -> Values:
    """Return the relevance of each class after a lesson."""
    vector = meaning.embed(parsed.text)
    classes = _classes(parsed, lesson.move(vector) if lesson and vector is not None else vector)
    return np.where(_may_be_guessed(), lesson.weigh(classes), classes) if lesson else classes


def _longest_first(words: Phrase | list[str]) -> tuple[list[Sequence[Concept]], list[str]]:
    named: list[Sequence[Concept]] = []
    unknown: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(longest(), len(words) - at), 0, -1)
        taken = next((n for n in lengths if concepts_named(tuple(words[at : at + n]))), 0)
        if taken:
            named.append(sorted(concepts_named(tuple(words[at : at + taken])), key=lambda concept: concept.wnid))
        else:
            unknown.append(words[at])
        at += max(1, taken)
    return named, unknown


def _classes(parsed: Parsed, vector: Vector | None) -> Values:
    likeness = None if vector is None else meanings().likeness(vector)
    named = [np.zeros(len(image_classes()), np.float32), *_named(parsed, vector, likeness)]
    guessed = [] if likeness is None else [meaning.relevance(likeness) * (1 if parsed.known else GUESSED)]
    if len(parsed.words) > 1:
        guessed += [SINGLE_WORD * values for values in _by_meaning(parsed.unknown[:MOST_WORDS])]
    most: Values = np.max([*named, *(values * _may_be_guessed() for values in guessed)], axis=0)
    return most


@cache
def _may_be_guessed() -> npt.NDArray[np.bool_]:
    """Return whether a query may mean a class without naming it, which holds for all but those that shame people."""
    return np.array([not is_sensitive(image_class.wnid) for image_class in image_classes()])


def _by_meaning(words: Sequence[str]) -> Iterator[Values]:
    for vector in map(meaning.embed, words):
        if vector is not None:
            yield meaning.relevance(meanings().likeness(vector))


def _named(parsed: Parsed, vector: Vector | None, likeness: Values | None) -> Iterator[Values]:
    """Yield the relevance that each meaning of each word gives to classes."""
    senses = [
        (group, weight)
        for word in parsed.named
        for concept, weight in _senses(word, vector)
        if (group := group_of(concept))
    ]
    most = max((group.weight for group, _ in senses), default=1)
    for group, weight in senses:
        classes = np.zeros(len(image_classes()), np.float32)
        rows = list(group.members)
        classes[rows] = weight * group.weight / most
        if parsed.unknown and likeness is not None:
            nearest = np.exp(meaning.STEEPNESS * (likeness[rows] - likeness[rows].max()))
            classes[rows] *= 1 - LEFT_OPEN + LEFT_OPEN * nearest
        yield classes


def _senses(word: Sequence[Concept], vector: Vector | None) -> Sequence[tuple[Concept, float]]:
    if vector is None:
        return [(concept, 1.0) for concept in word]
    cosines = [meanings().cosine(vector, concept) for concept in word]
    return [(c, max(0.0, 1 - OTHER_MEANINGS * (max(cosines) - own))) for c, own in zip(word, cosines, strict=True)]
