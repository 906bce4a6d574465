"""From a file to pixels as a person sees them: reduced while decoding, turned upright, in sRGB, on white.

This runs native decoders on bytes that nobody vouches for; `caption.examine` lets it happen in a child process only.
"""

from dataclasses import dataclass

from PIL import Image
from PIL.ImageFile import ImageFile

from caption.colour import in_srgb
from caption.formats import media_type
from caption.opening import rejecting
from caption.pixels import on_white, plain
from caption.turn import SIDEWAYS, orientation, upright


@dataclass(frozen=True)
class Decoded:
    """An RGB picture as seen, its longest side bounded; width and height are what they would be at full size."""

    media_type: str
    width: int
    height: int
    image: Image.Image


def decode(image: ImageFile, longest: int) -> Decoded:
    """Decode the first frame of an opened picture, once, to at most `longest` pixels a side; raises Rejected."""
    with rejecting():
        return _decode(image, longest)


def _decode(image: ImageFile, longest: int) -> Decoded:
    width, height = image.size
    kind = media_type(image)
    image.draft(None, _within(image.size, longest))
    image.load()
    turn = orientation(image)
    reduced = _reduced(plain(image), longest)
    seen = on_white(in_srgb(upright(reduced, turn), image.info.get("icc_profile")))
    seen.info.clear()  # a comment would find its way into renditions
    return Decoded(kind, *((height, width) if turn in SIDEWAYS else (width, height)), seen)


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return a size of the same shape whose longest side is at most `longest`; never larger."""
    scale = min(1, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    size = _within(image.size, longest)
    return image if size == image.size else image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)
