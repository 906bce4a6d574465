"""From a file to pixels as a person sees them: reduced while decoding, turned upright, in sRGB, on white.

This runs native decoders on bytes that nobody vouches for; `caption.examine` lets it happen in a child process only.
"""

from dataclasses import dataclass

from PIL import Image

from caption.colour import colours_of, in_srgb
from caption.opening import Opened, rejecting
from caption.pixels import on_white, plain
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
    with rejecting():
        return _decode(opened, longest)


def _decode(opened: Opened, longest: int) -> Decoded:
    image = opened.image
    width, height = image.size
    image.draft(None, _within(image.size, longest))
    image.load()
    turn, colours = orientation(image), colours_of(image, opened.body)
    reduced = _reduced(plain(image), longest)
    seen = on_white(in_srgb(upright(reduced, turn), colours))
    seen.info.clear()  # a comment would find its way into renditions
    return Decoded(opened.media_type, *((height, width) if turn in SIDEWAYS else (width, height)), seen)


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return a size of the same shape whose longest side is at most `longest`; never larger."""
    scale = min(1, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    size = _within(image.size, longest)
    return image if size == image.size else image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)
