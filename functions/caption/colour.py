"""From what a file says of its colours to sRGB.

A file says it by an ICC profile, by code points of ITU-T H.273 (cICP of PNG, nclx of AVIF and HEIC), or by PNG's gAMA
and cHRM. A profile is never judged by its name: phones call Display P3 by names that have "sRGB" in them.
"""

import struct
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from itertools import product, takewhile

from PIL import Image, ImageCms
from PIL.ImageFile import ImageFile

from caption import boxes, png, spaces
from caption.spaces import Space

Colours = bytes | Space | None
"""An ICC profile, a described space, or nothing: then pixels are taken for sRGB, as browsers do."""

_TOLERANCE = 2
"""Of 255: what rounding makes of the curve of sRGB itself. A profile that moves no probed colour by more is sRGB."""


def colours_of(image: ImageFile, body: bytes) -> Colours:
    """Return what a file says of its colours: the strongest statement (W3C PNG, 4.3; ISO/IEC 14496-12, 12.1.5)."""
    profile: Colours = image.info.get("icc_profile")
    match image.format:
        case "PNG":
            return _of_png(image, body)
        case "BMP":
            return _of_bmp(body)
        case "AVIF" | "HEIF":
            return profile or _of_boxes(body)
        case _:
            return profile


def _of_png(image: ImageFile, body: bytes) -> Colours:
    """cICP, then iCCP, then sRGB, then gAMA with cHRM; a cHRM without gAMA says nothing, as in browsers."""
    chunks = {chunk.kind: chunk.data for chunk in takewhile(lambda chunk: chunk.kind != b"IDAT", png.chunks(body))}
    if len(cicp := chunks.get(b"cICP", b"")) == 4:
        return spaces.coded(cicp[0], cicp[1], int.from_bytes(chunks.get(b"cLLI", b"")[:4]) / 10_000)
    profile: bytes | None = image.info.get("icc_profile")
    if profile:
        return profile
    if "srgb" in image.info or "gamma" not in image.info:
        return None
    return spaces.measured(image.info["gamma"], image.info.get("chromaticity", spaces.SRGB_PRIMARIES))


def _of_boxes(body: bytes) -> Space | None:
    """Code points of `colr`, and the light level of `clli`, of AVIF and HEIC."""
    nclx, level = b"", 0
    for kind, data in boxes.properties(body):
        if kind == b"colr" and data.startswith(b"nclx") and len(data) > 8:
            nclx = data[4:]
        if kind == b"clli":
            level = int.from_bytes(data[:2])
    if not nclx:
        return None
    primaries, transfer = struct.unpack_from("!HH", nclx)
    return spaces.coded(primaries, transfer, level)


def _of_bmp(body: bytes) -> bytes | None:
    """The profile embedded in a bitmap with Microsoft's BITMAPV5HEADER."""
    if len(body) < 138 or body[14:18] != struct.pack("<I", 124) or body[70:74] != b"DEBM":
        return None
    start, length = struct.unpack_from("<II", body, 126)
    return body[14 + start : 14 + start + length]


def in_srgb(image: Image.Image, colours: Colours) -> Image.Image:
    """Return a picture (L, RGB, RGBA, CMYK) in sRGB; as it is where what is said is broken or for other pixels."""
    if isinstance(colours, Space) and colours.high_dynamic_range:
        return (image if image.mode == "RGBA" else image.convert("RGB")).filter(spaces.tone_mapped(colours))
    if colours:
        with suppress(Exception):
            return _converted(image, spaces.profile(colours) if isinstance(colours, Space) else colours)
    return image.convert("RGB") if image.mode == "CMYK" else image


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    space = profile[16:20]
    if space == b"GRAY" and image.mode == "RGBA":
        return Image.merge("RGBA", [*_converted(image.getchannel(0), profile).split(), image.getchannel(3)])
    if space == b"RGB " and image.mode == "L":
        image = image.convert("RGB")
    transform = _transform(profile, image.mode)
    if transform is None:
        return image
    return ImageCms.applyTransform(image, transform) or image


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return what takes pictures of a mode to sRGB; None where it would change no colour."""
    target, into = ImageCms.createProfile("sRGB"), "RGBA" if mode == "RGBA" else "RGB"
    transform = ImageCms.buildTransform(ImageCms.ImageCmsProfile(BytesIO(profile)), target, mode, into)
    return transform if _changes(transform, mode, into) else None


def _changes(transform: ImageCms.ImageCmsTransform, mode: str, into: str) -> bool:
    """Tell whether a transform moves any colour of a probe: every grey, or six steps of each component."""
    if mode == "CMYK":
        return True
    if mode == "L":
        probe = Image.frombytes("L", (256, 1), bytes(range(256)))
    else:
        colours = bytes(value for colour in product(range(0, 256, 51), repeat=3) for value in colour)
        probe = Image.frombytes("RGB", (len(colours) // 3, 1), colours).convert(mode)
    changed = (ImageCms.applyTransform(probe, transform) or probe).tobytes()
    return max(abs(a - b) for a, b in zip(probe.convert(into).tobytes(), changed, strict=True)) > _TOLERANCE
