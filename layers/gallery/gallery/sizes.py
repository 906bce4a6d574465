"""The sizes in which a picture is shown: by its shorter side, so that panoramas and long screenshots stay pictures.

A picture is never enlarged. What would be made smaller by a tenth at most stays as it is: that costs more sharpness and
time than it spares bytes, and so codecs' own reduction by two, four or eight (12-megapixel JPEGs: 4032 by 3024 to
2016 by 1512) need not be followed by another. A size that would be no smaller than the next one is not made; that one
stands in for it.
"""

from collections.abc import Container, Mapping
from math import sqrt
from typing import Literal

Size = Literal["small", "medium", "large"]
Extent = tuple[int, int]
"""Width and height in pixels."""

SIZES: tuple[Size, ...] = ("small", "medium", "large")
SHORTER_SIDE: Mapping[Size, int] = {"small": 360, "medium": 800, "large": 1500}
"""Shorter sides in pixels."""
_NEAR = 1.1

MAX_PIXELS = 12_000_000
_ROUNDING = 0.998
"""Keeps the product below that when both sides are rounded up."""
MAX_SIDE = 32_767
"""The longest that every browser shows; JPEG itself ends at 65,500."""

_FORMER_LONGER_SIDE: Mapping[Size, int] = {"small": 400, "large": 1600}
"""Of renditions made before there were three."""


def fitted(extent: Extent, size: Size) -> Extent:
    """Return what a picture is reduced to for a size."""
    return _scaled(extent, SHORTER_SIDE[size])


def least(extent: Extent, size: Size) -> Extent:
    """Return the smallest that a codec may reduce a picture to for a size."""
    return _scaled(extent, SHORTER_SIDE[size] / _NEAR)


def _scaled(extent: Extent, shorter: float) -> Extent:
    width, height = extent
    scale = shorter / min(extent)
    scale = min(scale if scale * _NEAR < 1 else 1.0, MAX_SIDE / max(extent))
    if width * height * scale**2 > MAX_PIXELS:
        scale = sqrt(_ROUNDING * MAX_PIXELS / (width * height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def former(extent: Extent) -> dict[Size, Extent]:
    """Return the sizes that there were of a picture when renditions were made by the longer side."""
    return {size: _within(extent, longest) for size, longest in _FORMER_LONGER_SIDE.items()}


def _within(extent: Extent, longest: int) -> Extent:
    scale = min(1.0, longest / max(extent))
    return max(1, round(extent[0] * scale)), max(1, round(extent[1] * scale))


def stand_ins(made: Container[Size]) -> dict[Size, Size]:
    """Return which of the sizes that were made is shown for each: itself, else the next larger one."""
    shown: dict[Size, Size] = {}
    for size in reversed(SIZES):
        shown[size] = size if size in made else shown[SIZES[SIZES.index(size) + 1]]
    return shown
