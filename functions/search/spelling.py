"""Slips of the pen: a word that nobody knows is taken for the nearest one that WordNet has for some class."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from gallery.lexicon import singular, vocabulary

_SHORTEST = 4
"""Letters of a word that can be guessed; of shorter ones too many are near each other."""
_NEAR = 0.79
"""Least likeness (Ratcliff and Obershelp's) of a slip and the word that was meant."""


def corrected(word: str, known: Callable[[str], bool]) -> str:
    """Return the word that was meant: the word itself if it is `known` or nothing is near."""
    if singular(word) in vocabulary() or known(word) or len(word) < _SHORTEST or not word.isalpha():
        return word
    swapped = next((each for each in _swapped(word) if each in vocabulary()), None)
    return swapped or next(iter(get_close_matches(word, _by_length(word), n=1, cutoff=_NEAR)), word)


def _swapped(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _by_length(word: str) -> list[str]:
    return sorted(each for each in vocabulary() if abs(len(each) - len(word)) <= 2)
