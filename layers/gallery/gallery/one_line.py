"""Words that people write about themselves or a picture and others read in a single line."""

import unicodedata

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of a text (Unicode's Bidi_Control), the words of the page around it included."""


def one_line(text: str) -> str:
    """Return a text with every gap, line breaks too, as one space; for pydantic's AfterValidator.

    Raises ValueError for characters that show nothing themselves but change how others are shown.
    """
    found = " ".join(text.split())
    if any(each in _TURNING or unicodedata.category(each) in {"Cc", "Cs"} for each in found):
        raise ValueError("Control characters, and those that turn the direction of a text, are not allowed.")
    return found
