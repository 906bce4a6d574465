"""The words of a query as they were typed, and the lists in which each is looked for, whatever it means.

A word stands in a text in one of several ways: written alike, but for its accents or its ending, in parts, or as a
correction of it. The best way counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from gallery.pictures import index
from gallery.pictures.model import Picture
from gallery.vocabulary.words import Token, fold, says_nothing, spellings, stem, tokens

MOST_WORDS = 8
"""Words of a query that are looked for, each in lists of its own; those beyond are left out."""
MOST_LISTS = 16
"""Lists of words that are read for a query; the more exact ways come first."""
IN_PARTS, CORRECTED = 0.95, 0.8
"""How much a word counts that is found by its parts alone, all of them, and one that stands there as corrected."""
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Way:
    """Terms that a word is looked for by, each of which counts the same, and how much it counts if all stand there."""

    terms: Sequence[str]
    exactness: float


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of a query as it was typed, without case, and the ways in which it is looked for, the most exact first."""

    word: str
    ways: Sequence[Way]


def typed_words(query: str, corrections: Mapping[str, str]) -> Sequence[Typed]:
    """Return the words of a query that mean something, or all if none does, at most eight and each once."""
    every = tokens(query)
    telling = [token for token in every if not says_nothing(token.text)] or every
    once = {stem(fold(token.text)): token for token in reversed(telling)}
    chosen = [token for token in telling if once[stem(fold(token.text))] is token][:MOST_WORDS]
    return _bounded([Typed(token.text, [*_ways(token), *_corrected(token, corrections)]) for token in chosen])


def is_titled(picture: Picture, typed: Sequence[Typed]) -> bool:
    """Tell whether all words of a query stand in a picture's title and owner's labels."""
    texts = [picture.title or "", *(picture.owner_labels or ())]
    terms = {term for text in texts for token in tokens(text) for term in index.terms(token)}
    return all(any(terms.issuperset(way.terms) for way in word.ways) for word in typed)


def _ways(token: Token) -> Iterator[Way]:
    for term, exactness in spellings(token.text).items():
        yield Way((term,), exactness)
    if token.parts:
        parts = token.parts if token.unspaced else [stem(fold(part)) for part in token.parts]
        yield Way(tuple(dict.fromkeys(parts))[:_MOST_PARTS], IN_PARTS)


def _corrected(token: Token, corrections: Mapping[str, str]) -> Iterator[Way]:
    if token.text in corrections:
        yield Way((stem(fold(corrections[token.text])),), CORRECTED)


def _bounded(words: Sequence[Typed]) -> Sequence[Typed]:
    """Return the words with no more ways than may be read: first each word's most exact one, then each one's next."""
    terms, kept = set[str](), {word.word: list[Way]() for word in words}
    for rank in zip_longest(*(word.ways for word in words)):
        for word, way in zip(words, rank, strict=True):
            if way and len(terms | {*way.terms}) <= MOST_LISTS:
                terms |= {*way.terms}
                kept[word.word].append(way)
    return [replace(word, ways=kept[word.word]) for word in words]
