"""A file as an opened picture, of which nothing but the header was read, or why it is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from PIL.ImageFile import ImageFile

from caption import png
from caption.formats import media_type, pillow_format
from caption.rejection import Rejected
from gallery import limits

Image.MAX_IMAGE_PIXELS = limits.MAX_MEGAPIXELS * 1_000_000 // 2
"""Pillow refuses twice this before anything is allocated."""

_REDUCED_DECODING = {"JPEG", "MPO"}
_BYTES_PER_PIXEL = 16
"""WebP's decoder needs the most: two canvases of four bytes, its answer, and Pillow's picture."""
_BASE_BYTES = 64_000_000


@dataclass(frozen=True)
class Opened:
    """A picture of which the header was read, the bytes it is read from, and the media type of the file."""

    image: ImageFile
    body: bytes
    media_type: str


def open_picture(body: bytes) -> Opened:
    """Return the picture of a file with nothing but its header read; raises Rejected."""
    name = pillow_format(body)
    with rejecting():
        body = png.openable(body) if name == "PNG" else body
        image = _open(body, name)
        return Opened(image, body, media_type(image))


def memory_needed(opened: Opened) -> int:
    """Return about how many bytes decoding an opened picture takes at most, by what was measured for each format."""
    image = opened.image
    pixels = image.width * image.height
    if image.format not in _REDUCED_DECODING:
        return _BYTES_PER_PIXEL * pixels + _BASE_BYTES
    return (2 * len(image.getbands()) * pixels if "progressive" in image.info else pixels // 2) + _BASE_BYTES


@contextmanager
def rejecting() -> Iterator[None]:
    """Turn whatever a decoder raises into a rejection."""
    try:
        yield
    except Rejected:
        raise
    except (MemoryError, Image.DecompressionBombError) as problem:
        raise Rejected("too_large", "The picture is too large to be opened.", repr(problem)) from problem
    except Exception as problem:  # a decoder's ways to fail are not known
        raise _unreadable(repr(problem)) from problem


def _unreadable(cause: str) -> Rejected:
    if "truncated" in cause.lower() or "end of file" in cause.lower():
        return Rejected("truncated", "The file ends before the picture does. Please send it again.", cause)
    return Rejected("unreadable", "The file is damaged: it begins like a picture but can't be read as one.", cause)


def _open(body: bytes, name: str) -> ImageFile:
    if name == "HEIF":
        from pillow_heif import register_heif_opener  # noqa: PLC0415 (a fifth of the start-up time, and seldom needed)

        register_heif_opener(thumbnails=False)
    image = Image.open(BytesIO(body), formats=[name])
    width, height = image.size
    allowed = limits.MAX_MEGAPIXELS if image.format in _REDUCED_DECODING else limits.MAX_MEGAPIXELS_FULL_DECODE
    if width * height > allowed * 1_000_000:
        found = f"The picture has {width * height / 1e6:.0f} megapixels"
        raise Rejected("too_large", f"{found}; a {name} may have {allowed}.")
    return image
