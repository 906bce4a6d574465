"""From a file to pixels as a person sees them: reduced while decoding, turned upright, in sRGB, on white.

This runs native decoders on bytes that nobody vouches for; `caption.examine` lets it happen in a child process only.
"""

from dataclasses import dataclass

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from caption import jpeg, png, still, tiff
from caption.colour import colours_of, in_srgb
from caption.opening import Opened, opened_as, rejecting
from caption.pixels import on_ground, plain
from caption.resizing import resized
from caption.turn import SIDEWAYS, orientation, upright
from gallery.sizes import fitted, least

_LOSSLESS = {"PNG", "GIF", "BMP", "TIFF"}
_LOSSLESS_WEBP = b"VP8L"


@dataclass(frozen=True)
class Decoded:
    """An RGB picture as seen, no larger than its large rendition.

    Width and height are what they would be at full size; `drawn` tells whether it came without loss, as screenshots,
    diagrams and drawings mostly do, and photographs seldom.
    """

    media_type: str
    width: int
    height: int
    drawn: bool
    image: Image.Image


def decode(opened: Opened) -> Decoded:
    """Decode the first frame of an opened picture, once, to the size of its large rendition; raises Rejected."""
    with rejecting(opened.body):
        return _decode(opened)


def _decode(opened: Opened) -> Decoded:
    width, height = opened.image.size
    image = _loaded(opened)
    turn, colours = orientation(opened.image), colours_of(opened.image, opened.body)
    reduced = resized(image, fitted(image.size, "large"))
    picture = on_ground(in_srgb(upright(reduced, turn), colours))
    extent = (height, width) if turn in SIDEWAYS else (width, height)
    return Decoded(opened.media_type, *extent, _is_drawn(opened), picture)


def _loaded(opened: Opened) -> Image.Image:
    """Return an opened picture's pixels in a mode that can be resized.

    A JPEG may lack its end marker; a PNG whose animation is broken is the still picture that is in it too.
    """
    image = opened.image
    if isinstance(image, TiffImageFile) and (read := tiff.picture(image, opened.body)):
        return read
    image.draft(None, least(image.size, "large"))
    try:
        return plain(still.load(image))
    except (OSError, SyntaxError):
        mended = _mended(opened)
        if mended is None:
            raise
    mended.draft(None, least(mended.size, "large"))
    mended.load()
    return plain(mended)


def _mended(opened: Opened) -> ImageFile | None:
    """Return a picture that could not be decoded as another one that may be; None where it is past help."""
    if opened.image.format == "PNG":
        still = png.without_animation(opened.body)
        return opened_as("PNG", still) if still else None
    whole = jpeg.completed(opened.body) if opened.image.format in {"JPEG", "MPO"} else None
    return opened_as("JPEG", whole) if whole else None


def _is_drawn(opened: Opened) -> bool:
    return opened.image.format in _LOSSLESS or (opened.image.format == "WEBP" and _LOSSLESS_WEBP in opened.body[:4096])
