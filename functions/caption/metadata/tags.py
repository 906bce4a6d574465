"""What a file says of itself, by the names that EXIF gives to it; XMP and ImageMagick took those over."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | tuple[float | None, ...]
"""A text, or numbers; None is a number without value, such as a fraction by zero."""

_LONGEST = 200
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]+")
"""Controls, what turns the direction of text, and what stands for bytes that are no letters."""
_FRACTION = re.compile(r"\s*([+-]?\d{1,15}(?:\.\d{0,15})?)\s*(?:/\s*([+-]?\d{1,15}))?\s*")


@dataclass(frozen=True, slots=True)
class Tags:
    """Named values."""

    values: Mapping[str, Value] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return a text up to its first NUL, in one line and without blanks around it; None where nothing is left."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return None
        return _UNSEEN.sub(" ", value.partition("\0")[0]).strip()[:_LONGEST] or None

    def numbers(self, name: str) -> tuple[float | None, ...]:
        """Return the numbers of a value, be they written as such or as text."""
        value = self.values.get(name, ())
        if isinstance(value, str):
            return tuple(number_in(part) for part in value.split(",")[:8])
        return value

    def number(self, name: str) -> float | None:
        """Return the first number of a value, None where there is none."""
        return next(iter(self.numbers(name)), None)


def number_in(text: str) -> float | None:
    """Return the number or fraction that a text is; None where it is something else."""
    match = _FRACTION.fullmatch(text)
    return fraction(float(match[1]), float(match[2] or 1)) if match else None


def fraction(numerator: float, denominator: float) -> float | None:
    """Return a fraction's value; None for one by zero."""
    value = numerator / denominator if denominator else math.nan
    return value if math.isfinite(value) else None
