"""Names of colours, and how far colours are apart, in Oklab, where distances are about as large as people see them.

Source: Björn Ottosson, A perceptual color space for image processing, 2020.
"""

from functools import lru_cache
from math import atan2, degrees, dist, hypot
from typing import Literal, get_args

ColorName = Literal[
    "black", "white", "grey", "brown", "red", "orange", "yellow", "green", "turquoise", "blue", "purple", "pink"
]
COLOR_NAMES: tuple[ColorName, ...] = get_args(ColorName)

NEAR = 0.1
"""Distance in Oklab up to which a colour is near another one; from black to white it is 1."""

_GREYEST, _DARKEST, _DARK_GREYEST = 0.03, 0.22, 0.06
"""Chroma below which a colour has no hue, lightness below which it is dark, and the chroma of hueless dark ones."""
_BLACK, _WHITE = 0.35, 0.88
"""Lightness below which what has no hue is black, and from which it is white."""
_PALE, _DIM = 0.78, 0.7
"""Lightness from which what has the hue of red is pink, and below which no yellow is one."""
_OLIVE = 100
"""Hue in degrees from which such a dim yellow is rather a green than a brown."""
_VIVID = 0.14
"""Chroma from which what has the hue of orange is no brown."""

_HUES: tuple[tuple[float, ColorName], ...] = (
    (17, "pink"), (42, "red"), (80, "orange"), (115, "yellow"), (172, "green"), (222, "turquoise"), (283, "blue"),
    (331, "purple"), (360, "pink"),
)  # fmt: skip
"""Up to which hue in degrees a colour goes by which name."""

Oklab = tuple[float, float, float]


def is_near(one: str, other: str) -> bool:
    """Tell whether two colours (#rrggbb) are nearly the same."""
    return dist(_oklab(one), _oklab(other)) <= NEAR


@lru_cache(4096)
def name_of(color: str) -> ColorName:
    """Return what a colour (#rrggbb) is called."""
    lightness, a, b = _oklab(color)
    chroma, hue = hypot(a, b), degrees(atan2(b, a)) % 360
    if chroma < (_DARK_GREYEST if lightness < _DARKEST else _GREYEST):
        return "black" if lightness < _BLACK else "white" if lightness >= _WHITE else "grey"
    name = next(name for end, name in _HUES if hue <= end)
    if name == "yellow" and lightness < _DIM:
        return "green" if hue >= _OLIVE else "brown"
    return _by_lightness(name, lightness, chroma)


def _by_lightness(name: ColorName, lightness: float, chroma: float) -> ColorName:
    """Return the name of a hue where it is dark or pale: dull orange is brown, pale red is pink, dark pink is red."""
    match name:
        case "pink" if lightness < 0.5 and chroma < _VIVID:
            return "red"
        case "red" if lightness >= _PALE:
            return "pink"
        case "orange" if chroma < _VIVID and lightness < 0.75:
            return "brown"
    return name


@lru_cache(4096)
def _oklab(color: str) -> Oklab:
    """Return lightness 0…1 and the two opponents (a: green to red, b: blue to yellow) of a colour in sRGB."""
    red, green, blue = (_linear(int(color[place : place + 2], 16) / 255) for place in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear(value: float) -> float:
    """Return the light of a value of sRGB, both 0…1 (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
