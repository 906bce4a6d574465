"""PNG files (W3C PNG, third edition, which has animations and Exif as well), up to their end."""

import struct
import zlib
from collections.abc import Iterator

from images.stripping import tiff, xmp
from images.stripping.odd import OddFileError

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sBIT", b"bKGD", b"hIST",  # pixels
    b"acTL", b"fcTL", b"fdAT",  # animations
    b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"mDCv", b"cLLi",  # colours
    b"pHYs",  # pixel density
    b"tIME",  # date
}  # fmt: skip
_TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
_KEPT_TEXTS = {
    b"Author", b"Copyright", b"Creation Time",
    b"Artist", b"create-date", b"modify-date", b"date:create", b"date:modify",  # of programs, not of the specification
}  # fmt: skip
_XMP = b"XML:com.adobe.xmp\0\0\0\0\0"
"""How a text of XMP begins that is not compressed, which XMP's specification forbids."""
_ANCILLARY = 0x20
"""The bit of a chunk's first letter that says that a picture can be shown without it."""


def cleaned(body: bytes) -> bytes:
    """Return a PNG file up to its end, animated if it was; raises OddFileError."""
    if not body.startswith(_SIGNATURE):
        raise OddFileError("no PNG")
    return _SIGNATURE + b"".join(_kept(kind, content, whole) for kind, content, whole in _chunks(body))


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield kind, content and all bytes of each chunk; raises OddFileError where a file ends without saying so."""
    at = len(_SIGNATURE)
    kind = b""
    while kind != b"IEND":
        size, kind = struct.unpack_from(">I4s", body, at)
        whole = body[at : at + 12 + size]
        if len(whole) != 12 + size:
            raise OddFileError("a chunk that leads outside")
        yield kind, whole[8:-4], whole
        at += len(whole)


def _kept(kind: bytes, content: bytes, whole: bytes) -> bytes:
    if kind in _KEPT:
        return whole
    if kind == b"eXIf":
        return _chunk(kind, tiff.cleaned(content))
    if kind in _TEXTS:
        return _text(kind, content, whole)
    if not kind[0] & _ANCILLARY:
        raise OddFileError("an unknown chunk that matters")
    return b""


def _text(kind: bytes, content: bytes, whole: bytes) -> bytes:
    if kind == b"iTXt" and content.startswith(_XMP):
        packet = xmp.reduced(content[len(_XMP) :])
        return _chunk(kind, _XMP + packet) if packet else b""
    return whole if content.partition(b"\0")[0] in _KEPT_TEXTS else b""


def _chunk(kind: bytes, content: bytes) -> bytes:
    if not content:
        return b""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
