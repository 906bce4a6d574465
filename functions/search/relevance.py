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
    parsed = parse(query, {slip: meant for slip, meant in slips.items() if slip not in standing})
    classes = _taught(parsed, lesson)
    mended = parse(query, slips)
    if mended != parsed:
        classes = np.maximum(classes, BESIDE * _taught(mended, lesson))
    said = " ".join(slips.get(each, each) for each in words(query)) if slips else None
    return Relevance(classes, typed_words(query, slips), mended.known, said)


def corrections(query: str) -> Mapping[str, str]:
    """Return what slips of a query are taken for, by the word as it was typed."""
    found = {each: corrected(each, _is_known) for each in meaningful(query)[:MOST_WORDS]}
    return dict([each for each in found.items() if each[0] != each[1]][:MOST_CORRECTED])


def parse(query: str, slips: Mapping[str, str] | None = None) -> Parsed:
    """Return a query in words, of which some are taken for others."""
    typed = meaningful(query)
    meant = [(slips or {}).get(each, each) for each in typed]
    named, unknown = _longest_first([singular(each) for each in meant])
    return Parsed(query if meant == typed else " ".join(meant), meant, named, unknown)


def _is_known(word: str) -> bool:
    """Tell whether a word, with or without accents, is one that WordNet has or that the encoder has a token for."""
    found = encoder()
    return any(is_english(each) or (found.knows(each) if found else each.isalpha()) for each in (word, fold(word)))


def _taught(parsed: Parsed, lesson: Lesson | None) -> Values:
    """Return the relevance of each class after a lesson."""
    meant = meaning.embed(parsed.text)
    classes = _classes(parsed, lesson.move(meant) if lesson and meant is not None else meant)
    return np.where(_may_be_guessed(), lesson.weigh(classes), classes) if lesson else classes


def _longest_first(words: Phrase | list[str]) -> tuple[list[Sequence[Concept]], list[str]]:
    named: list[Sequence[Concept]] = []
    unknown: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(longest(), len(words) - at), 0, -1)
        taken = next((n for n in lengths if concepts_named(tuple(words[at : at + n]))), 0)
        if taken:
            named.append(sorted(concepts_named(tuple(words[at : at + taken])), key=lambda each: each.wnid))
        else:
            unknown.append(words[at])
        at += max(1, taken)
    return named, unknown


def _classes(parsed: Parsed, meant: Vector | None) -> Values:
    likeness = None if meant is None else meanings().likeness(meant)
    named = [np.zeros(len(image_classes()), np.float32), *_named(parsed, meant, likeness)]
    guessed = [] if likeness is None else [meaning.relevance(likeness) * (1 if parsed.known else GUESSED)]
    if len(parsed.words) > 1:
        guessed += [SINGLE_WORD * each for each in _by_meaning(parsed.unknown[:MOST_WORDS])]
    most: Values = np.max([*named, *(each * _may_be_guessed() for each in guessed)], axis=0)
    return most


@cache
def _may_be_guessed() -> npt.NDArray[np.bool_]:
    """Return whether a query may mean a class without naming it, which holds for all but those that shame people."""
    return np.array([not is_sensitive(each.wnid) for each in image_classes()])


def _by_meaning(words: Sequence[str]) -> Iterator[Values]:
    for meant in map(meaning.embed, words):
        if meant is not None:
            yield meaning.relevance(meanings().likeness(meant))


def _named(parsed: Parsed, meant: Vector | None, likeness: Values | None) -> Iterator[Values]:
    """Yield the relevance that each meaning of each word gives to classes."""
    senses = [
        (group, weight)
        for word in parsed.named
        for concept, weight in _senses(word, meant)
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


def _senses(word: Sequence[Concept], meant: Vector | None) -> Sequence[tuple[Concept, float]]:
    if meant is None:
        return [(each, 1.0) for each in word]
    cosines = [meanings().cosine(meant, each) for each in word]
    return [(c, max(0.0, 1 - OTHER_MEANINGS * (max(cosines) - own))) for c, own in zip(word, cosines, strict=True)]
