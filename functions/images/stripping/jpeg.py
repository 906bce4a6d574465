"""JPEG files (ITU-T T.81, JFIF, Exif 3.0), up to the end of the first picture.

What follows it goes, be it further pictures (CIPA DC-007), gain maps (ISO 21496-1), films (Motion Photo) or anything.
"""

import re
import struct
from collections.abc import Callable, Sequence

from images.stripping import iptc, tiff, xmp
from images.stripping.odd import OddFileError

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_TABLES = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, _SOS}
_APPLICATION = range(0xE0, 0xF0)
_COMMENT = 0xFE
_END_OF_SCAN = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
"""The next marker after coded pixels, in which restarts and stuffed bytes are none."""

_EXIF, _XMP, _PHOTOSHOP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"Photoshop 3.0\0"
_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_SIZE, _ADOBE_SIZE = 14, 12
_ADOBES = 14
_CLEANERS: Sequence[tuple[int, bytes, Callable[[bytes], bytes]]] = (
    (1, _EXIF, tiff.cleaned),
    (1, _XMP, xmp.reduced),
    (2, _ICC, bytes),
    (13, _PHOTOSHOP, iptc.reduced_resources),
)
"""Number and beginning of each application's segment of which something may be kept, and what that is."""


def cleaned(body: bytes) -> bytes:
    """Return a JPEG file up to the end of its first picture; raises OddFileError."""
    if body[:2] != bytes((0xFF, _SOI)):
        raise OddFileError("no JPEG")
    pieces, frames, scans, at = [body[:2]], 0, 0, 2
    while True:
        start, marker, at = at, *_marker(body, at)
        if marker == _EOI:
            break
        size = struct.unpack_from(">H", body, at)[0]
        end = at + size
        if size < 2 or end > len(body):
            raise OddFileError("a segment that leads outside")
        if marker == _SOS:
            scans += 1
            end = _end_of_scan(body, end)
        frames += marker in _FRAMES
        pieces.append(_kept(marker, body[start:end], body[at + 2 : end]))
        at = end
    if frames != 1 or not scans:
        raise OddFileError("not one picture")
    return b"".join([*pieces, body[start:at]])


def _marker(body: bytes, at: int) -> tuple[int, int]:
    """Return the marker at a place, and where what follows it begins; it may be filled up with bytes of ones."""
    if body[at] != 0xFF:
        raise OddFileError("no marker where one has to be")
    while body[at] == 0xFF:
        at += 1
    return body[at], at + 1


def _end_of_scan(body: bytes, at: int) -> int:
    match = _END_OF_SCAN.search(body, at)
    if match is None:
        raise OddFileError("a picture that does not end")
    return match.start()


def _kept(marker: int, segment: bytes, content: bytes) -> bytes:
    """Return a segment as it may be given away, empty where it may not."""
    if marker in _FRAMES or marker in _TABLES:
        return segment
    if marker == _COMMENT:
        return b""
    if marker not in _APPLICATION:
        raise OddFileError("an unknown marker")
    return _application(marker, segment, content)


def _application(marker: int, segment: bytes, content: bytes) -> bytes:
    """Return an application's segment as it may be given away: those whose kind is not known never are."""
    number = marker - _APPLICATION.start
    if number == 0 and content.startswith(_JFIF):
        return _without_thumbnail(segment, content)
    if number == _ADOBES and content.startswith(_ADOBE):
        return segment if len(content) == _ADOBE_SIZE else _whole(marker, content[:_ADOBE_SIZE])
    for of, beginning, clean in _CLEANERS:
        if number == of and content.startswith(beginning):
            return _segment(marker, beginning, clean(content[len(beginning) :]), segment)
    return b""


def _without_thumbnail(segment: bytes, content: bytes) -> bytes:
    if len(content) == _JFIF_SIZE and content.endswith(b"\0\0"):
        return segment
    return _whole(_APPLICATION.start, content[: _JFIF_SIZE - 2] + b"\0\0")


def _segment(marker: int, beginning: bytes, content: bytes, former: bytes) -> bytes:
    if not content:
        return b""
    return former if former.endswith(beginning + content) else _whole(marker, beginning + content)


def _whole(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(content)) + content
