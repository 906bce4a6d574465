"""Making pictures smaller: Lanczos with SIMD instructions, in linear light where that makes a difference one sees.

Codecs and screens have sRGB values, whose mean is darker than the light they stand for: a fine pattern of black and
white is 188 from afar, not 128. To resample the light itself takes six times as long, and in most photographs nobody
could tell. So each result is compared with what it was made of: where it has lost a twentieth of the light, it is made
again.
"""

from collections.abc import Sequence
from functools import cache
from math import nextafter
from typing import Literal

from PIL import Image

try:
    from cykooz_resizer import CropBox, FilterType, ResizeAlg, ResizeOptions, Resizer
except ImportError:  # there is no wheel for Linux on arm64, where Pillow does the same in more time
    Resizer = None

Filter = Literal["lanczos", "bilinear"]
Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge in pixels."""

_PILLOWS = {"lanczos": Image.Resampling.LANCZOS, "bilinear": Image.Resampling.BILINEAR}
_LOST = 0.05
"""Part of a picture's light: a twentieth makes a middle grey three levels of 255 darker."""
_STRIDE = (7, 3)
"""Every seventh pixel of every third row is looked at: odd, so as to see both halves of stripes and checkers."""
_FULL = 65_535
_BAND = 128
"""Rows made at a time: what lies between the two passes of resampling would else be half as large as the picture."""


def _light(value: int) -> float:
    """Return the light of an sRGB value 0…255 as 0…1 (IEC 61966-2-1)."""
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _value(light: float) -> int:
    """Return the sRGB value 0…255 of light 0…1."""
    part = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * part)


_LIGHT = [_light(value) for value in range(256)]


def resized(image: Image.Image, extent: tuple[int, int]) -> Image.Image:
    """Return a picture (L, RGB, RGBA, CMYK) reduced to a width and height; itself where it has them."""
    if image.size == extent:
        return image
    smaller = resampled(image, extent, "lanczos")
    if image.mode not in {"L", "RGB"} or _mean_light(smaller) >= (1 - _LOST) * _mean_light(image):
        return smaller
    return _in_linear_light(image, extent)


def resampled(image: Image.Image, extent: tuple[int, int], kind: Filter, box: Box | None = None) -> Image.Image:
    """Return a part of a picture, by default all of it, at another width and height; with antialiasing."""
    if Resizer is None:
        return image.resize(extent, _PILLOWS[kind], box=box, reducing_gap=3.0)
    left, upper, right, lower = box or (0, 0, *image.size)
    options = ResizeOptions(ResizeAlg.convolution(FilterType.lanczos3 if kind == "lanczos" else FilterType.bilinear))
    smaller, (width, height) = Image.new(image.mode, extent), extent
    for top in range(0, height, _BAND):
        rows, step = min(_BAND, height - top), (lower - upper) / height
        start = upper + top * step
        options.crop_box = CropBox(left, start, _inside(left, right, right), _inside(start, start + rows * step, lower))
        band = Image.new(image.mode, (width, rows))
        Resizer().resize_pil(image, band, options)
        smaller.paste(band, (0, top))
    return smaller


def _inside(start: float, end: float, edge: float) -> float:
    """Return how long a stretch is that does not reach beyond an edge, not even by rounding, which is an error."""
    length = min(end, edge) - start
    return length if start + length <= edge else nextafter(length, 0)


def _mean_light(image: Image.Image) -> float:
    """Return the mean light of a picture's components, estimated from some of its pixels."""
    width, height = (max(1, side // stride) for side, stride in zip(image.size, _STRIDE, strict=True))
    counts = image.resize((width, height), Image.Resampling.NEAREST).histogram()
    return sum(count * _LIGHT[index % 256] for index, count in enumerate(counts)) / sum(counts)


def _in_linear_light(image: Image.Image, extent: tuple[int, int]) -> Image.Image:
    return Image.merge(image.mode, [_linearly(band, extent) for band in image.split()])


def _linearly(component: Image.Image, extent: tuple[int, int]) -> Image.Image:
    light = component.point([_FULL * level for level in _LIGHT], "F")
    return resampled(light, extent, "lanczos").convert("I").point(_values(), "L")


@cache
def _values() -> Sequence[int]:
    """Return the sRGB value of each of 65,536 steps of light."""
    return [_value(light / _FULL) for light in range(_FULL + 1)]
