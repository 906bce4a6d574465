"""From a file to pixels as a person sees them: reduced while decoding, turned upright, in sRGB, on white.

This runs native decoders on bytes that nobody vouches for; `caption.examine` lets it happen in a child process only.
"""

from dataclasses import dataclass

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from caption import jpeg, still, tiff
from caption.colour import colours_of, in_srgb
from caption.opening import Opened, opened_as, rejecting
from caption.pixels import on_ground, plain
from caption.turn import SIDEWAYS, orientation, upright


@dataclass(frozen=True)
class Decoded:
    """An RGB picture as seen, its longest side bounded; width and height are what they would be at full size."""

    media_type: str
    width: int
    height: int
    image: Image.Image


def decode(opened: Opened, longest: int) -> Decoded:
    """Decode the first frame of an opened picture, once, to at most `longest` pixels a side; raises Rejected."""
    with rejecting(opened.body):
        return _decode(opened, longest)


def _decode(opened: Opened, longest: int) -> Decoded:
    width, height = opened.image.size
    image = _loaded(opened, longest)
    turn, colours = orientation(opened.image), colours_of(opened.image, opened.body)
    reduced = _reduced(image, longest)
    seen = on_ground(in_srgb(upright(reduced, turn), colours))
    seen.info.clear()  # a comment would find its way into renditions
    return Decoded(opened.media_type, *((height, width) if turn in SIDEWAYS else (width, height)), seen)


def _loaded(opened: Opened, longest: int) -> Image.Image:
    """Return an opened picture's pixels in a mode that can be resized; a JPEG's may lack their end marker."""
    image = opened.image
    if isinstance(image, TiffImageFile) and (read := tiff.picture(image, opened.body)):
        return read
    image.draft(None, _within(image.size, longest))
    try:
        return plain(still.load(image))
    except OSError:
        whole = jpeg.completed(opened.body) if image.format in {"JPEG", "MPO"} else None
        if whole is None:
            raise
    again = opened_as("JPEG", whole)
    again.draft(None, _within(again.size, longest))
    again.load()
    return plain(again)


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return a size of the same shape whose longest side is at most `longest`; never larger."""
    scale = min(1, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    size = _within(image.size, longest)
    return image if size == image.size else image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)
