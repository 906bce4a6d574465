"""A file as an opened picture, of which nothing but the header was read, or why it is refused."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from caption import boxes, jpeg, png, raw, tiff
from caption.formats import RAW, media_type, pillow_format, unsupported
from caption.rejection import Rejected
from gallery import limits

Image.MAX_IMAGE_PIXELS = None
"""How large a picture may be is told below, with the number."""

_REDUCED_DECODING = {"JPEG", "MPO"}
_BYTES_PER_PIXEL = 16
"""WebP's decoder needs the most: two canvases of four bytes, its answer, and Pillow's picture."""
_BASE_BYTES = 64_000_000
_NOT_SUPPORTED = re.compile(
    r"not (yet )?supported|unsupported|not implemented|cannot handle|unknown (pixel mode|data organization)"
    r"|decoder \S+ not available|no decoder",
    re.IGNORECASE,
)
"""What libraries say of good files that they can't read."""
_ENDS_EARLY = re.compile(r"truncated|end of file|incomplete|unexpected end", re.IGNORECASE)


@dataclass(frozen=True)
class Opened:
    """A picture of which the header was read, the bytes it is read from, and the media type of the file."""

    image: ImageFile
    body: bytes
    media_type: str


def open_picture(body: bytes) -> Opened:
    """Return the picture of a file with nothing but its header read; raises Rejected."""
    name = pillow_format(body)
    with rejecting(body):
        opened = _opened(body, name)
        _require_size(opened.image)
        return opened


def _opened(body: bytes, name: str) -> Opened:
    if name == RAW or (name == "TIFF" and tiff.is_raw(body)):
        kind = raw.media_type(body)
        if kind is None:
            raise unsupported("a camera's raw file of a kind the gallery doesn't read")
        body, exif = raw.preview(body)
        image = opened_as("JPEG", body)
        image.info["exif"] = exif or image.info.get("exif", b"")
        return Opened(image, body, kind)
    if name == "PNG":
        return _opened_png(png.openable(body))
    image = opened_as(name, body)
    if isinstance(image, TiffImageFile):
        tiff.seek_picture(image)
    return Opened(image, body, media_type(image))


def _opened_png(body: bytes) -> Opened:
    """Open a PNG; one whose animation is broken as the still picture that is in it too, as browsers do."""
    try:
        image = opened_as("PNG", body)
    except SyntaxError:
        still = png.without_animation(body)
        if still is None:
            raise
        return _opened_png(still)
    png.scale_transparency(image, body)
    return Opened(image, body, media_type(image))


def opened_as(name: str, body: bytes) -> ImageFile:
    """Open a file by one of Pillow's plugins; unlike `Image.open`, its own words say why it can't be."""
    if name == "HEIF":
        from pillow_heif import HeifImageFile  # noqa: PLC0415 (a fifth of the start-up time, and seldom needed)

        image: ImageFile = HeifImageFile(BytesIO(body))  # type: ignore[no-untyped-call]
        return image
    Image.init()
    factory, _ = Image.OPEN[name]
    return factory(BytesIO(body), "")


def _require_size(image: ImageFile) -> None:
    width, height = image.size
    reduced = image.format in _REDUCED_DECODING
    allowed = limits.MAX_MEGAPIXELS if reduced else limits.MAX_MEGAPIXELS_FULL_DECODE
    if width * height > allowed * 1_000_000:
        size = f"The picture has {width * height / 1e6:.0f} megapixels"
        name = "JPEG" if reduced else str(image.format)
        raise Rejected("too_large", f"{size}; a {name} may have {allowed}.")


def memory_needed(opened: Opened) -> int:
    """Return about how many bytes decoding an opened picture takes at most, by what was measured for each format.

    Raises Rejected where that is more than one picture may take.
    """
    image = opened.image
    pixels = image.width * image.height
    if image.format not in _REDUCED_DECODING:
        return _BYTES_PER_PIXEL * pixels + _BASE_BYTES
    if not jpeg.keeps_coefficients(opened.body):
        return pixels // 2 + _BASE_BYTES
    needed = jpeg.coefficient_bytes(opened.body, pixels) + _BASE_BYTES
    if needed > limits.MAX_DECODE_MEMORY_BYTES:
        most = limits.MAX_DECODE_MEMORY_BYTES // 2**20
        detail = f"This JPEG of {pixels / 1e6:.0f} megapixels is progressive and takes {needed // 2**20} MB to decode"
        raise Rejected("too_large", f"{detail}; a picture may take {most}. Saved as a baseline JPEG it takes less.")
    return needed


@contextmanager
def rejecting(body: bytes) -> Iterator[None]:
    """Turn whatever a decoder raises over a file into a rejection."""
    try:
        yield
    except Rejected:
        raise
    except (MemoryError, Image.DecompressionBombError) as problem:
        most = limits.MAX_DECODE_MEMORY_BYTES // 2**20
        detail = f"Decoding the picture takes more than the {most} MB of memory that one may take."
        raise Rejected("too_large", detail, repr(problem)) from problem
    except Exception as problem:  # a decoder's ways to fail are not known
        raise _unreadable(body, repr(problem)) from problem


def _unreadable(body: bytes, cause: str) -> Rejected:
    if _ENDS_EARLY.search(cause) or _ends_early(body):
        return Rejected("truncated", "The file ends before the picture does. Please send it again.", cause)
    if kind := _inside(body):
        return unsupported(kind, cause)
    if _NOT_SUPPORTED.search(cause):
        detail = "The picture is of a kind that is not supported; please send it as JPEG, PNG, WebP or HEIC."
        return Rejected("unsupported_format", detail, cause)
    return Rejected("unreadable", "The file is damaged: it begins like a picture but can't be read as one.", cause)


def _inside(body: bytes) -> str | None:
    """Return what a container holds, where that is good and not read."""
    if body[4:8] == b"ftyp":
        return boxes.rare_content(body)
    codec = tiff.codec_inside(body) if body[:2] in {b"II", b"MM"} else None
    return codec and f"a TIFF with {codec} inside"


def _ends_early(body: bytes) -> bool:
    """Tell whether a file is shorter than it says, for formats whose decoders don't tell."""
    if body.startswith(b"RIFF"):
        return int.from_bytes(body[4:8], "little") + 8 > len(body)
    if body[4:8] == b"ftyp":
        return boxes.ends_early(body)
    return body[:2] in {b"II", b"MM"} and tiff.ends_early(body)
