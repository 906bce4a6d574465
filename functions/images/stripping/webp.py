"""WebP files (RFC 9649), up to their end."""

import struct
from collections.abc import Iterator

from images.stripping import tiff, xmp
from images.stripping.odd import OddFileError

_HEADER = 12
_PIXELS = {b"VP8 ", b"VP8L", b"ALPH"}
_KEPT = {*_PIXELS, b"ANIM", b"ICCP"}
_EXIF = b"Exif\0\0"
"""What some programs put before the block, though it does not belong there."""
_FLAGS = {b"EXIF": 0x08, b"XMP ": 0x04}
_FRAME_HEADER = 16


def cleaned(body: bytes) -> bytes:
    """Return a WebP file up to its end, animated if it was; raises OddFileError."""
    riff, size, webp = struct.unpack_from("<4sI4s", body)
    if (riff, webp) != (b"RIFF", b"WEBP") or 8 + size > len(body):
        raise OddFileError("no whole WebP")
    chunks = [(kind, kept) for kind, content in _chunks(body, _HEADER, 8 + size) if (kept := _kept(kind, content))]
    if not any(kind in {*_PIXELS, b"ANMF"} for kind, _ in chunks):
        raise OddFileError("no picture")
    flags = sum({_FLAGS[kind] for kind, _ in chunks if kind in _FLAGS})
    whole = b"".join(_chunk(kind, _flagged(content, flags) if kind == b"VP8X" else content) for kind, content in chunks)
    return struct.pack("<4sI4s", riff, 4 + len(whole), webp) + whole


def _chunks(body: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    while at < end:
        kind, size = struct.unpack_from("<4sI", body, at)
        if at + 8 + size > end:
            raise OddFileError("a chunk that leads outside")
        yield kind, body[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _kept(kind: bytes, content: bytes) -> bytes:
    """Return a chunk's content as it may be given away, empty where it may not."""
    match kind:
        case b"EXIF":
            return tiff.cleaned(content.removeprefix(_EXIF))
        case b"XMP ":
            return xmp.reduced(content)
        case b"ANMF":
            if not {chunk for chunk, _ in _chunks(content, _FRAME_HEADER, len(content))} <= _PIXELS:
                raise OddFileError("a frame with more than a picture")
            return content
        case b"VP8X":
            return content
        case _:
            return content if kind in _KEPT else b""


def _flagged(content: bytes, flags: int) -> bytes:
    return bytes((content[0] & ~sum(_FLAGS.values()) | flags,)) + content[1:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
