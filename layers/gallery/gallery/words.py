"""Words as search compares them: lower case, without endings, without those that mean nothing alone."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import cast

import Stemmer

LONGEST_STEM = 40
"""Characters of a stem that count; longer ones are cut, here and in the index alike."""

_APOSTROPHE = "['\N{RIGHT SINGLE QUOTATION MARK}]"
_WORD = re.compile(rf"[^\W_]+(?:{_APOSTROPHE}[^\W_]+)*")
_GENITIVE = re.compile(rf"{_APOSTROPHE}s?$")

_MEANINGLESS = frozenset(
    word
    for line in (
        "a about all also am an and any are as at be been being but by can could did do does doing for from had has",
        "have he her hers him his how i if in into is it its just kind like looks looking me more my near no nor not",
        "of off on onto or our ours out over own perhaps probably she so some something than that the their theirs",
        "them there these they thing things this those through to too under up very was we were what when where which",
        "while who whom whose will with would you your yours",
    )
    for word in line.split()
)


def words(text: str) -> list[str]:
    """Return the words of a text in order: Unicode-normalised (NFKC), without case, genitives and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [_GENITIVE.sub("", each) for each in _WORD.findall(plain)]


def meaningful(text: str) -> list[str]:
    """Return those words of a text that mean something alone."""
    return [each for each in words(text) if each not in _MEANINGLESS]


@lru_cache(10_000)
def stem(word: str) -> str:
    """Return a word without its ending, plural or other (Snowball's English stemmer, Porter's second)."""
    return cast("str", _stemmer().stemWord(word))[:LONGEST_STEM]


def stems(text: str) -> list[str]:
    """Return the stems of a text's meaningful words, each once, in order."""
    return list(dict.fromkeys(stem(each) for each in meaningful(text)))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
