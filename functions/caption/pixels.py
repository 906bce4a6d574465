"""From whatever kind of pixels a file has to kinds that can be resized, converted and shown."""

from typing import cast

from PIL import Image, ImageChops, ImageOps, ImageStat
from PIL.TiffImagePlugin import TiffImageFile

from caption.tiff import PHOTOMETRIC

_INTEGERS = {"I;16", "I;16L", "I;16B", "I;16N"}
_GREY = "#808080"
_LIGHT = 200
_DRAWING = 0.75
"""The most of a picture's area that a drawing covers."""


def plain(image: Image.Image) -> Image.Image:
    """Return the picture in one of the modes L, RGB, RGBA, CMYK, which can be resized well."""
    if image.mode in _INTEGERS:
        return _from_sixteen_bits(image)
    if image.mode == "La":  # multiplied by its alpha, which Pillow converts to LA alone
        image = image.convert("LA")
    if image.has_transparency_data:
        return (image.convert("L") if image.mode == "1" else image).convert("RGBA")
    if image.mode in {"I", "F"}:
        return _as_stored(image, _stretched(image))
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("L" if image.mode == "1" else "RGB")


def _from_sixteen_bits(image: Image.Image) -> Image.Image:
    """Return 16 bits of grey as eight, with what PNG's tRNS names transparent."""
    wide = image.convert("I")
    grey = _as_stored(image, wide.point(lambda value: value * (1 / 257)).convert("L"))
    transparent = image.info.get("transparency")
    if not isinstance(transparent, int):
        return grey
    import numpy as np  # noqa: PLC0415 (few files need it)

    mask = Image.fromarray(np.where(np.asarray(wide) == transparent, 0, 255).astype(np.uint8))
    return Image.merge("RGBA", [grey, grey, grey, mask])


def _as_stored(image: Image.Image, grey: Image.Image) -> Image.Image:
    """Return grey that a TIFF calls inverted (0 is white) as it is meant; Pillow sees to it in eight bits alone."""
    inverted = isinstance(image, TiffImageFile) and image.tag_v2.get(PHOTOMETRIC) == 0
    return ImageOps.invert(grey) if inverted else grey


def _stretched(image: Image.Image) -> Image.Image:
    """Return measurements (integers or fractions of unknown range) as grey from their least to their greatest."""
    least, greatest = cast("tuple[float, float]", image.getextrema())
    scale = 255 / (greatest - least) if greatest > least else 0
    return image.point(lambda value: value * scale - least * scale).convert("L")


def on_ground(image: Image.Image) -> Image.Image:
    """Return the picture as RGB upon white where it is transparent; a light drawing upon grey, or it would be lost."""
    if image.mode != "RGBA":
        return image if image.mode == "RGB" else image.convert("RGB")
    ground = Image.new("RGBA", image.size, _GREY if _is_light(image) else "white")
    ground.alpha_composite(image)
    return ground.convert("RGB")


def _is_light(image: Image.Image) -> bool:
    """Tell whether what is visible is nearly white, and enough is not for this to be a drawing, or else that all is."""
    alpha = image.getchannel("A")
    visible = ImageStat.Stat(alpha).mean[0] / 255
    if visible in {0, 1}:
        return False
    red, green, blue, _ = image.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)  # light colours are seen on white
    if ImageStat.Stat(darkest, alpha.point(lambda value: value >= 128 and 255)).mean[0] < _LIGHT:
        return False
    return visible <= _DRAWING or ImageStat.Stat(darkest, alpha).extrema[0][0] >= _LIGHT
