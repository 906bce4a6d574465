"""Signatures of pictures, which near copies nearly share: compare two, and tell under which keys copies may be filed.

A signature is made of a picture's pixels by caption.likeness: its lowest frequencies, each in the unit that is usual
for its wave, as signed bytes, and then for the first twelve of them how much a slightly different framing changes them.
The signs of the first twelve are the key that a picture is filed under.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from math import hypot

VERSION = 1
"""Of the way in which signatures are made; raising it has the sweeper see to pictures that have none."""

_FINEST_LUMA, _FINEST_CHROMA = 4, 2


def _all_waves() -> Iterator[tuple[int, int, int]]:
    for channel, finest in enumerate((_FINEST_LUMA, _FINEST_CHROMA, _FINEST_CHROMA)):
        for down in range(finest + 1):
            yield from ((channel, down, across) for across in range(finest + 1 - down))


WAVES: Sequence[tuple[int, int, int]] = sorted(_all_waves(), key=lambda wave: wave[1] + wave[2])
"""What the values of a signature are of: a channel (brightness, blue, red), half waves downwards and across. The
coarsest come first, as they change least; those without a wave are the mean of the channel."""

SIGNS = 12
"""How many signs make a key: 4096 keys, which photographs share unevenly."""

_STEPS = 24
"""Steps of a byte for a unit."""
_FINER = 8
"""Changes are small: steps for each step of a value."""
_FLAT = 12
"""Length of the waves of a picture, in steps, below which nothing but its colour could be compared."""


def _unit(channel: int, waves: int) -> float:
    """Return how far values usually are from 0: those of photographs fall with the number of waves."""
    if waves == 0:
        return 0.05 if channel else 0.13
    return (0.012 if channel else 0.04) / waves


_UNITS = [_unit(channel, down + across) for channel, down, across in WAVES]


def packed(values: Sequence[float], changes: Sequence[float]) -> bytes:
    """Return the signature that tells these values (0…1 being white), and how much framing changes the first."""
    steps = [_STEPS * value / unit for value, unit in zip(values, _UNITS, strict=True)]
    steps += [_STEPS * _FINER * change / unit for change, unit in zip(changes, _UNITS, strict=False)]
    return b"".join(max(-127, min(127, round(step))).to_bytes(1, "big", signed=True) for step in steps)


def _read(signature: bytes) -> tuple[list[int], list[int]]:
    values = [byte - 256 if byte > 127 else byte for byte in signature]
    return values[: len(WAVES)], values[len(WAVES) :]


def key(signature: bytes) -> str:
    """Return the key that a picture is filed under: the signs of its first values, as three hexadecimal digits."""
    return _as_text(value > 0 for value in _read(signature)[0][:SIGNS])


def probes(signature: bytes, most: int) -> list[str]:
    """Return the keys that a picture's copies may be filed under, likeliest first.

    The likelier, the less of what framing changes it takes to turn the signs that differ: sets of them are gone through
    by the sum of squares (Lv et al., "Multi-Probe LSH", 2007, algorithm 1).
    """
    values, changes = _read(signature)
    signs = [value > 0 for value in values[:SIGNS]]
    costs = [(_FINER * value / (change + 8)) ** 2 for value, change in zip(values, changes, strict=False)]
    order = sorted(range(SIGNS), key=lambda place: costs[place])
    turned: list[tuple[int, ...]] = [()]
    waiting: list[tuple[float, tuple[int, ...]]] = [(costs[order[0]], (0,))]
    while len(turned) < most and waiting:
        cost, places = heappop(waiting)
        turned.append(places)
        last = places[-1]
        if last + 1 < SIGNS:
            following = costs[order[last + 1]]
            heappush(waiting, (cost + following, (*places, last + 1)))
            heappush(waiting, (cost + following - costs[order[last]], (*places[:-1], last + 1)))
    sets = [{order[place] for place in places} for places in turned]
    return [_as_text(sign != (place in some) for place, sign in enumerate(signs)) for some in sets]


def _as_text(signs: Iterator[bool]) -> str:
    return f"{int(''.join('01'[sign] for sign in signs), 2):03x}"


def likeness(one: bytes, other: bytes) -> float:
    """Return how alike two pictures are in their coarse shapes and colours: the cosine of their values, -1…1.

    It is 0 where one has next to no shapes: a blank page is not a copy of every other.
    """
    a, b = _read(one)[0], _read(other)[0]
    if min(hypot(*a[3:]), hypot(*b[3:])) < _FLAT:
        return 0.0
    return sum(map(int.__mul__, a, b)) / (hypot(*a) * hypot(*b))
