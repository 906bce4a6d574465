"""How a picture has to be turned to be seen upright."""

from contextlib import suppress

from PIL import Image

from caption.exif import exif_of

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation."""
SIDEWAYS = frozenset({5, 6, 7, 8})
"""Orientations that exchange width and height."""


def orientation(image: Image.Image) -> int:
    """Return the EXIF orientation of a loaded picture, 1 where it is absent or broken (TIFF turns while loading)."""
    with suppress(TypeError, ValueError):
        return int(exif_of(image).get(_ORIENTATION, 1))
    return 1


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture with an EXIF orientation undone."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image
