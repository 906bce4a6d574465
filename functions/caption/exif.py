"""EXIF of a loaded picture, however its file holds it."""

from contextlib import suppress

from PIL import Image

_RAW_PROFILE = "Raw profile type exif"
"""ImageMagick's way in PNG: a text of a name, a length and hexadecimal digits."""


def exif_of(image: Image.Image) -> Image.Exif:
    """Return the EXIF of a picture that is loaded (in PNG it may follow the pixels); empty where there is none.

    XMP is not asked: Pillow takes an orientation from it where EXIF has none, which no browser does.
    """
    exif = Image.Exif()
    with suppress(Exception):  # what is broken in EXIF is as if it were missing
        if image.format == "TIFF":
            return image.getexif()
        exif.load(image.info.get("exif") or _raw_profile(image.info.get(_RAW_PROFILE, "")))
    return exif


def _raw_profile(text: str) -> bytes:
    """Return the bytes of a raw profile, as many as it says, whatever comes after them."""
    _, _, length, digits = ("\n" + text.lstrip("\n")).split("\n", 3)
    return bytes.fromhex("".join(digits.split())[: 2 * int(length)])
