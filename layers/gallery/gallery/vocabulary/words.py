"""Words as search compares them.

For what a query means: lower case, without endings, without those that mean nothing alone (`words`, `meaningful`,
`stems`). For what stands in a text: each of its words, those too that mean nothing, as tokens with their spellings
(`tokens`, `spellings`). Tokens are found by Unicode's properties of characters and not by `\\w`, which leaves out the
vowel signs of Indic and Southeast Asian scripts.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


EXACT, FOLDED, STEMMED = 1.0, 0.97, 0.9
"""How much a word counts that is written as it was typed, but for accents and the like, and but for its ending."""

_APOSTROPHES = "'`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{PRIME}"
_JOINERS = {*_APOSTROPHES, *"_.&+"}
"""What joins words into a compound beside dashes, where a letter or digit stands on either side."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Burmese, Khmer
    "\u3005-\u3007\u3031-\u3035\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # Kana, Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"  # Han, Hangul
)
"""Characters of scripts that put no spaces between words, and of Korean, whose particles follow without one."""

_MODIFIER = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
"""Variation selectors and the modifiers of an emoji's skin."""

_RUN = re.compile("u+|w+(?:jw+)*")
_DIGITS_OR_LETTERS = re.compile(r"\d+|\D+")
_UNDECOMPOSED = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŋ": "n", "ŧ": "t", "ĸ": "k",
        "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{MODIFIER LETTER APOSTROPHE}": "", "\N{MODIFIER LETTER TURNED COMMA}": "",
    }
)  # fmt: skip
"""Letters that Unicode does not decompose into a plain one and a mark."""

_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
"""How some letters are written where a keyboard lacks them."""


_LONGEST_ENDING = 5
"""Letters behind a file name's last dot that are its ending and no word."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text without case, compounds joined (`jeanpierre`), and its parts in order, empty where it has none.

    Parts end where a compound is joined, where digits begin or end, and before a genitive. A run of an unspaced script
    or of symbols such as emoji is one token, whose parts are its pairs of characters.
    """

    text: str
    parts: tuple[str, ...] = ()
    unspaced: bool = False


def words(text: str) -> list[str]:
    """Return the words of a text in order: Unicode-normalised (NFKC), without case, genitives and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [_GENITIVE.sub("", word) for word in _WORD.findall(plain)]


def meaningful(text: str) -> list[str]:
    """Return those words of a text that mean something alone."""
    return [word for word in words(text) if word not in _MEANINGLESS]


@lru_cache(10_000)
def stem(word: str) -> str:
    """Return a word without its ending, plural or other (Snowball's English stemmer, Porter's second)."""
    return cast("str", _stemmer().stemWord(word))[:LONGEST_STEM]


def stems(text: str) -> list[str]:
    """Return the stems of a text's meaningful words, each once, in order."""
    return list(dict.fromkeys(stem(word) for word in meaningful(text)))


@lru_cache(10_000)
def tokens(text: str) -> Sequence[Token]:
    """Return every word of a text in order, the same for NFC and NFD; invisible format characters do not count."""
    plain = _plain(text)
    kinds = "".join(map(_kind, plain))
    return tuple(_token(plain[run.start() : run.end()]) for run in _RUN.finditer(kinds))


def split_name(name: str) -> str:
    """Return a file's name as a text: without its ending, with spaces where digits or another word begin.

    `IMG_1234.jpg` is "IMG 1234", `myDog2.jpeg` is "my Dog 2".
    """
    stem, dot, ending = unicodedata.normalize("NFKC", name).rpartition(".")
    plain = re.sub(r"[_.\-]", " ", stem if dot and stem and len(ending) <= _LONGEST_ENDING else f"{stem} {ending}")
    around = zip(f" {plain}", plain, f"{plain[1:]} ", strict=False)
    return "".join(f"{one} " if _breaks(before, one, other) else one for before, one, other in around)


@lru_cache(10_000)
def spellings(word: str) -> Mapping[str, float]:
    """Return what a word is looked for and found by, with how exact each is, 0…1, the most exact first.

    As it is, without accents (`köln`, `koln`), with two letters for one (`koeln`), and without its ending.
    """
    folded = fold(word)
    spelled = [(word, EXACT), (folded, FOLDED), (fold(word.translate(_TWO_LETTERS)), FOLDED), (stem(folded), STEMMED)]
    best = {term[:LONGEST_STEM]: exactness for term, exactness in reversed(spelled) if term}
    return dict(sorted(best.items(), key=lambda pair: -pair[1]))


def fold(word: str) -> str:
    """Return a word without accents: in plain letters and digits where there are such.

    Marks without a combining class stay, since they are vowels of their own, and so do the characters of unspaced
    scripts: a Japanese syllable keeps its voicing.
    """
    return "".join(map(_folded, word))


@lru_cache(10_000)
def _folded(character: str) -> str:
    if _UNSPACED.match(character):
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    apart = unicodedata.normalize("NFKD", character.translate(_UNDECOMPOSED))
    return "".join(character for character in apart if not unicodedata.combining(character)).translate(_UNDECOMPOSED)


def _plain(text: str) -> str:
    """Return a text in NFKC without case and without what only changes how other characters look or run.

    That is format characters, such as soft hyphens and marks of direction, variation selectors and tones of skin.
    """
    visible = "".join(character for character in text if not _unseen(character)).replace("\N{ACUTE ACCENT}", "'")
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold())


def _unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or _MODIFIER.match(character) is not None


def _kind(character: str) -> str:
    """Return whether a character belongs to an unspaced run (u), to a word (w), joins words (j) or parts them."""
    category = unicodedata.category(character)
    if category == "So" or _UNSPACED.match(character):
        return "u"
    if character in _JOINERS:
        return "j"
    return "w" if category[0] in "LNM" else "j" if category == "Pd" else " "


def _token(run: str) -> Token:
    if _kind(run[0]) == "u":
        return Token(run[:LONGEST_STEM], pairs(run) if len(run) > len("ab") else (), unspaced=True)
    joined = "".join(_words_in(run))
    parts = [part for word in _words_in(_GENITIVE.sub("", run)) for part in _DIGITS_OR_LETTERS.findall(word)]
    return Token(joined[:LONGEST_STEM], tuple(part[:LONGEST_STEM] for part in parts) if parts != [joined] else ())


def _words_in(run: str) -> Iterator[str]:
    kinds = "".join(map(_kind, run))
    return (run[word.start() : word.end()] for word in re.finditer("w+", kinds))


def pairs(run: str) -> tuple[str, ...]:
    """Return each two neighbouring characters of a run."""
    return tuple(run[at : at + 2] for at in range(len(run) - 1))


def _breaks(before: str, one: str, other: str) -> bool:
    """Tell whether a word of a file's name ends between two characters: `myDog`, `dog2`, `2dogs`, but not `iPhone`."""
    if one.islower() and other.isupper():
        return before.isalpha()
    return one.isalnum() and other.isalnum() and one.isdecimal() != other.isdecimal()


def says_nothing(word: str) -> bool:
    """Tell whether a word means nothing alone."""
    return word in _MEANINGLESS


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
