"""Words that people write about themselves or a picture and others read; for pydantic's AfterValidator.

No character is let in that shows nothing itself but changes how others are shown, or what a terminal does. What holds
letters or emoji together (ZWJ, ZWNJ) is part of a spelling and stays.
"""

import unicodedata

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of a text (Unicode's Bidi_Control), the words of the page around it included."""


def one_line(text: str) -> str:
    """Return a text with every gap, line breaks too, as one space; raises ValueError for control characters."""
    return _checked(" ".join(text.split()))


def lines(text: str) -> str:
    """Return a text of several lines, each broken by a line feed alone; raises ValueError for control characters."""
    return "\n".join(_checked(" ".join(line.split("\t"))) for line in text.splitlines())


def without_controls(text: str) -> str:
    """Return a text with gaps as spaces and without control characters, for what nobody wrote by hand: file names."""
    spaced = (" " if character.isspace() else character for character in text)
    return "".join(character for character in spaced if not _is_control(character))


def _checked(text: str) -> str:
    if any(map(_is_control, text)):
        raise ValueError("Control characters, and those that turn the direction of a text, are not allowed.")
    return text


def _is_control(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in {"Cc", "Cs"}
