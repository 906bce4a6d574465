"""From whatever kind of pixels a file has to kinds that can be resized, converted and shown."""

from typing import cast

from PIL import Image

_INTEGERS = {"I;16", "I;16L", "I;16B", "I;16N"}


def plain(image: Image.Image) -> Image.Image:
    """Return the picture in one of the modes L, RGB, RGBA, CMYK, which can be resized well."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in _INTEGERS:
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in {"I", "F"}:
        return _stretched(image)
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("L" if image.mode == "1" else "RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """Return measurements (integers or fractions of unknown range) as grey from their least to their greatest."""
    least, greatest = cast("tuple[float, float]", image.getextrema())
    scale = 255 / (greatest - least) if greatest > least else 0
    return image.point(lambda value: value * scale - least * scale).convert("L")


def on_white(image: Image.Image) -> Image.Image:
    """Return the picture as RGB, with white where it is transparent."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("RGB")
