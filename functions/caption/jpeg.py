"""JPEG's markers, as far as Pillow does not tell what is in them (ITU-T T.81, annex B)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from PIL import Image, ImageChops, JpegImagePlugin

END = b"\xff\xd9"
_SCAN = 0xDA
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
_COEFFICIENT = 2
_MOST_SEGMENTS = 1000
_MOST_COMPARED = 60_000_000
"""Pixels above which nobody looks whether nothing but the end marker is missing."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How a picture is coded; `samples` is how many values a pixel has, after subsampling."""

    marker: int
    bits: int
    width: int
    height: int
    samples: float
    components: int

    @property
    def progressive(self) -> bool:
        """Whether later scans refine what earlier ones have."""
        return self.marker in _PROGRESSIVE

    @property
    def readable(self) -> bool:
        """Whether it is of the usual kinds: baseline, extended or progressive, of eight bits."""
        return self.marker in {0xC0, 0xC1, 0xC2} and self.bits == 8 and self.components in {1, 3, 4}


def _segments(body: bytes, place: int = 0) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of what each segment holds; a scan ends where the next marker is."""
    place += 2
    while 0 < (place := body.find(b"\xff", place)) < len(body) - 3:
        marker = body[place + 1]
        if marker in {0x00, 0xFF} or marker in _WITHOUT_LENGTH:
            place += 1 if marker == 0xFF else 2
            continue
        if marker == END[1]:
            return
        length = int.from_bytes(body[place + 2 : place + 4])
        yield marker, place + 4, place + 2 + length
        place += 2 + length


def frame_of(body: bytes, place: int = 0) -> Frame | None:
    """Return how the picture is coded that begins at a place of a file; None where that isn't told."""
    for marker, start, end in islice(_segments(body, place), _MOST_SEGMENTS):
        if marker in _FRAMES and end - start >= 6:
            factors = [(body[at + 1] >> 4, body[at + 1] & 15) for at in range(start + 6, end - 2, 3)]
            most = max((across * down for across, down in factors), default=1) or 1
            samples = sum(across * down for across, down in factors) / most
            height, width = struct.unpack_from("!HH", body, start + 1)
            return Frame(marker, body[start], width, height, samples, len(factors))
        if marker == _SCAN:
            break
    return None


def keeps_coefficients(body: bytes) -> bool:
    """Tell whether decoding takes the memory of the whole picture at once: it is coded in several scans."""
    frame = frame_of(body)
    if frame is None or frame.progressive:
        return True
    scan = next((start for marker, start, _ in _segments(body) if marker == _SCAN), None)
    return scan is None or body[scan] < frame.components


def coefficient_bytes(body: bytes, pixels: int) -> int:
    """Return how many bytes a picture's coefficients take, two each, where it has to be decoded as a whole."""
    frame = frame_of(body)
    return int(_COEFFICIENT * (frame.samples if frame else 3) * pixels)


def completed(body: bytes) -> bytes | None:
    """Return a file that lacks nothing but its end marker with one; None where more is missing.

    Whether coded data are complete is tried with two endings: a decoder that still waits for data takes them for some.
    """
    body = body.removesuffix(b"\xff")
    frame = frame_of(body)
    if frame is None or (frame.progressive and not _has_every_bit(body)):
        return None
    pictures = [_decoded(body + tail * 64 + END, whole=frame.progressive) for tail in (b"\x00", b"\x55\xaa")]
    first, second = pictures
    if first is None or second is None or ImageChops.difference(first, second).getbbox():
        return None
    return body + END


def _decoded(body: bytes, *, whole: bool) -> Image.Image | None:
    image = JpegImagePlugin.JpegImageFile(BytesIO(body))
    if image.width * image.height > _MOST_COMPARED:
        return None
    if not whole:
        image.draft(None, (image.width // 8 or 1, image.height // 8 or 1))
    image.load()
    return image


def _has_every_bit(body: bytes) -> bool:
    """Tell whether the scans of a progressive picture bring every coefficient to its last bit (annex G)."""
    missing: set[tuple[int, int]] = set()
    refinements: set[int] = set()
    for marker, start, end in _segments(body):
        if marker != _SCAN or end > len(body):
            continue
        components = [body[start + 1 + 2 * component] for component in range(body[start])]
        first, last, approximation = body[end - 3 : end]
        for component in components:
            if component not in refinements:
                refinements.add(component)
                missing |= {(component, coefficient) for coefficient in range(64)}
            if approximation & 15 == 0:
                missing -= {(component, coefficient) for coefficient in range(first, last + 1)}
    frame = frame_of(body)
    return not missing and frame is not None and len(refinements) == frame.components
