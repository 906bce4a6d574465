"""Slips of the pen: a word that nobody knows is taken for the nearest one that WordNet has for some class."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from gallery.vocabulary.lexicon import is_english, singular, vocabulary
from gallery.vocabulary.words import fold

_SHORTEST = 4
"""Letters of a word that can be guessed; of shorter ones too many are near each other."""
_NEAR = 0.79
"""Least likeness (Ratcliff and Obershelp's) of a slip and the word that was meant."""


def corrected(word: str, known: Callable[[str], bool]) -> str:
    """Return the word that was meant: the word itself if it is one, if it is `known` or if nothing is near.

    A word with accents is taken for the same without, where that is one ("café"), and is known where that is.
    """
    if singular(word) in vocabulary() or len(word) < _SHORTEST or not word.isalpha():
        return word
    plain = fold(word)
    if singular(plain) in vocabulary():
        return plain
    if any(known(spelled) or is_english(spelled) for spelled in (word, plain)):
        return word
    swapped = next((candidate for candidate in _swapped(word) if singular(candidate) in vocabulary()), None)
    return swapped or next(_nearest(word), word)


def _swapped(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _nearest(word: str) -> Iterator[str]:
    """Yield what is nearest to a word, if anything is near, then what is nearest to it if it is a plural."""
    for spelled in dict.fromkeys([word, word.removesuffix("s")]):
        yield from get_close_matches(spelled, _by_length(spelled), n=1, cutoff=_NEAR)


def _by_length(word: str) -> list[str]:
    return sorted(candidate for candidate in vocabulary() if abs(len(candidate) - len(word)) <= 2)
