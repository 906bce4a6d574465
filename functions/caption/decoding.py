"""From a file to pixels as a person sees them: reduced while decoding, turned upright, in sRGB, on white.

This runs native decoders on bytes that nobody vouches for; `caption.examine` lets it happen in a child process only.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from PIL import Image, ImageCms
from PIL.ImageFile import ImageFile

from caption.formats import media_type, pillow_format
from caption.rejection import Rejected
from gallery import limits

Image.MAX_IMAGE_PIXELS = limits.MAX_MEGAPIXELS * 1_000_000 // 2
"""Pillow refuses twice this before anything is allocated."""

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
_SIDEWAYS = {5, 6, 7, 8}
_REDUCED_DECODING = {"JPEG", "MPO"}
_BYTES_PER_PIXEL = 16
"""WebP's decoder needs the most: two canvases of four bytes, its answer, and Pillow's picture."""
_BASE_BYTES = 64_000_000
_INTEGERS = {"I;16", "I;16L", "I;16B", "I;16N"}


@dataclass(frozen=True)
class Decoded:
    """An RGB picture as seen, its longest side bounded; width and height are what they would be at full size."""

    media_type: str
    width: int
    height: int
    image: Image.Image


def open_picture(body: bytes) -> ImageFile:
    """Return the picture of a file with nothing but its header read; raises Rejected."""
    name = pillow_format(body)
    with _rejecting():
        return _open(body, name)


def decode(image: ImageFile, longest: int) -> Decoded:
    """Decode the first frame of an opened picture, once, to at most `longest` pixels a side; raises Rejected."""
    with _rejecting():
        return _decode(image, longest)


def memory_needed(image: ImageFile) -> int:
    """Return about how many bytes decoding an opened picture takes at most, by what was measured for each format."""
    pixels = image.width * image.height
    if image.format not in _REDUCED_DECODING:
        return _BYTES_PER_PIXEL * pixels + _BASE_BYTES
    return (2 * len(image.getbands()) * pixels if "progressive" in image.info else pixels // 2) + _BASE_BYTES


@contextmanager
def _rejecting() -> Iterator[None]:
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


def _decode(image: ImageFile, longest: int) -> Decoded:
    width, height = image.size
    kind = media_type(image)
    image.draft(None, _within(image.size, longest))
    image.load()
    orientation = _orientation(image)
    reduced = _reduced(_plain(image), longest)
    upright = reduced.transpose(_TURNS[orientation]) if orientation in _TURNS else reduced
    seen = _on_white(_in_srgb(upright, image.info.get("icc_profile")))
    seen.info.clear()  # a comment would find its way into renditions
    return Decoded(kind, *((height, width) if orientation in _SIDEWAYS else (width, height)), seen)


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return a size of the same shape whose longest side is at most `longest`; never larger."""
    scale = min(1, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation of a loaded picture, 1 where EXIF is absent or broken (TIFF turns while loading)."""
    with suppress(Exception):
        return int(image.getexif().get(_ORIENTATION, 1))
    return 1


def _plain(image: Image.Image) -> Image.Image:
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


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    size = _within(image.size, longest)
    return image if size == image.size else image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in sRGB; where the profile is missing, broken or for other colours, as if it were."""
    if profile and image.mode != "L":
        with suppress(Exception):
            return _converted(image, profile)
    return image.convert("RGB") if image.mode == "CMYK" else image


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    if "sRGB" in ImageCms.getProfileDescription(source):
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), image.mode, mode)
    return ImageCms.applyTransform(image, transform) or image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image)
    return white.convert("RGB")
