"""From a query to what it is about: how relevant each class is, and which words to look for.

1. Slips are corrected, and the query is parsed into WordNet's words, the longest first ("polar bear" before "bear").
2. Each word's concepts make their classes relevant. Of several meanings the one nearest to the whole query counts
   most, of several words the one that says most (the inverse of how many classes it stands for).
3. What the words leave open the sentence encoder decides: among the classes of a word, if there are other words that
   WordNet doesn't know; and everywhere else by the likeness of the query, and of each unknown word, to each class.

Relevance is 1 for the classes of a word that is the whole query, and at most 0.9 for what only the encoder sees.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from gallery.classes import Concept, image_classes
from gallery.groups import group_of, groups_with
from gallery.lexicon import Phrase, concepts_named, longest, singular
from gallery.sensitive import is_sensitive
from gallery.words import meaningful, stem
from search import meaning
from search.encoder import Vector, encoder
from search.learning import Lesson
from search.meaning import Values, meanings
from search.spelling import corrected

OTHER_MEANINGS = 3.0
"""How fast a meaning loses weight with its distance (in cosine) from the likeliest one."""
LEFT_OPEN = 0.5
"""Part of a word's relevance that the encoder decides on if the query has other words."""
SINGLE_WORD = 0.5
"""How much the likeness of a single unknown word counts beside that of the whole query."""
MOST_WORDS = 8
"""Words of a query that are corrected, looked for in titles and captions, and compared one by one."""


@dataclass(frozen=True, eq=False)
class Relevance:
    """What a query is about: the relevance 0…1 of each class, and the share of each stem with the word as typed."""

    classes: Values
    stems: Mapping[str, float]
    typed: Mapping[str, str] = field(default_factory=dict)

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


def relevance_of(query: str, lesson: Lesson | None = None) -> Relevance:
    """Return what a query is about, by itself and by what people's votes on it teach."""
    parsed = parse(query)
    shares = {stem(each): each for each in parsed.words[:MOST_WORDS]}
    meant = meaning.embed(parsed.text)
    classes = _classes(parsed, lesson.move(meant) if lesson and meant is not None else meant)
    weighed = np.where(_may_be_guessed(), lesson.weigh(classes), classes) if lesson else classes
    return Relevance(weighed, dict.fromkeys(shares, 1 / max(1, len(shares))), shares)


def parse(query: str) -> Parsed:
    """Return a query in words."""
    typed = meaningful(query)
    words = [*map(_corrected, typed[:MOST_WORDS]), *typed[MOST_WORDS:]]
    named, unknown = _longest_first([singular(each) for each in words])
    return Parsed(query if words == typed else " ".join(words), words, named, unknown)


def _corrected(word: str) -> str:
    found = encoder()
    return corrected(word, found.knows if found else str.isalpha)


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
    guessed = [] if likeness is None else [meaning.relevance(likeness)]
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
