"""Places in an order that people make by hand: texts between any two others, so that moving one writes no other.

This is fractional indexing (D. Greenspan, "Implementing Fractional Indexing", 2020) with printable ASCII for digits: a
text between two has what these begin with in common, and then a character between theirs.
"""

from collections.abc import Sequence

_LEAST, _GREATEST = ord(" "), ord("~")


def between(low: str, high: str | None, count: int) -> Sequence[str]:
    """Return texts that lie between two others, the greatest first; `high` is None where nothing is above.

    What is put behind one of them, such as `#` and an id, leaves it between the same two.
    """
    if count == 0:
        return []
    middle = _middle(low, high)
    above = (count - 1) // 2
    return [*between(middle + "~", high, above), middle, *between(low, middle, count - 1 - above)]


def _middle(low: str, high: str | None) -> str:
    """Return a text above `low` and below `high` that `high` does not begin with."""
    common: list[str] = []
    for place in range(len(low) + 1):
        least = ord(low[place]) if place < len(low) else _LEAST
        most = ord(high[place]) if high is not None else _GREATEST + 1
        if most - least > 1:
            return "".join(common) + chr((least + most) // 2)
        common.append(chr(least))
        if most > least:
            high = None
    return "".join(common) + chr((_LEAST + _GREATEST) // 2)
