"""Cameras' raw files: shown by the largest preview that the camera wrote into them.

A sensor's mosaic is not developed: that takes seconds and gigabytes, and looks otherwise than the photographer saw it.
Previews are whole JPEG files in all of the formats, named by TIFF's directories or found by how they begin.
"""

from collections.abc import Iterator
from contextlib import suppress

from PIL import Image

from caption import jpeg, tiff
from caption.formats import unsupported

_LEAST = 1000
"""Pixels of a preview's longer side that can stand for a picture, unless there is nothing larger in the file."""
_JPEG = b"\xff\xd8\xff"
Preview = tuple[int, int]
"""The longer side of a JPEG, and where it begins."""
_MOST_TRIED = 500
_OLYMPUS = "image/x-olympus-orf"
_BY_MAGIC = {
    (4, b"ftypcrx "): "image/x-canon-cr3",
    (0, b"FUJIFILMCCD-RAW"): "image/x-fuji-raf",
    (0, b"IIU\0"): "image/x-panasonic-rw2",
    (0, b"IIRO"): _OLYMPUS,
    (0, b"IIRS"): _OLYMPUS,
    (0, b"MMOR"): _OLYMPUS,
    (8, b"CR\2\0"): "image/x-canon-cr2",
}
_BY_MAKER = {"nikon": "image/x-nikon-nef", "sony": "image/x-sony-arw"}
_EXIF_BYTES = 4 * 2**20
"""Where EXIF lies in cameras' files; what follows are previews and pixels."""
_HEADERS = {b"II": b"II*\0", b"MM": b"MM\0*"}


def media_type(body: bytes) -> str | None:
    """Return the type of a raw file by its content, as shared-mime-info names it; None for makers that aren't read."""
    for (place, magic), kind in _BY_MAGIC.items():
        if body.startswith(magic, place):
            return kind
    if any(tiff.DNG_VERSION in directory for directory in tiff.directories(body)):
        return "image/x-adobe-dng"
    make = str(_exif(body).get(tiff.MAKE, "")).lower()
    return next((kind for name, kind in _BY_MAKER.items() if name in make), None)


def preview(body: bytes) -> tuple[bytes, bytes]:
    """Return the largest preview of a raw file, a JPEG, and the EXIF of the file, empty where that is the preview's.

    Raises Rejected where there is none of a size.
    """
    embedded = _in_directories(body) if _names_previews(body) else _anywhere(body)
    largest = max((max(directory.get(tiff.WIDTH, (0,))) for directory in tiff.directories(body)), default=0) or _LEAST
    side, start = max(embedded, default=(0, 0))
    if side < min(_LEAST, largest):
        raise unsupported(f"a camera's raw file without a preview of at least {_LEAST} pixels")
    return body[start:], _exif_bytes(body)


def _names_previews(body: bytes) -> bool:
    """Tell whether a file is a TIFF by the letter: ORF and RW2 keep previews in tags of their makers."""
    return body[:4] in _HEADERS.values()


def _in_directories(body: bytes) -> Iterator[Preview]:
    """Yield the JPEGs that directories hold, as a single strip or as a thumbnail, and where they begin.

    A mosaic may be coded as JPEG as well, and its tiles are no pictures.
    """
    for directory in tiff.directories(body):
        strips = directory.get(tiff.OFFSETS, ())
        own = strips if len(strips) == 1 and not tiff.is_mosaic(directory) else ()
        for start in (*own, *directory.get(tiff.THUMBNAIL, ())):
            yield from _jpeg_at(body, start)


def _anywhere(body: bytes) -> Iterator[Preview]:
    """Yield everything that begins as a JPEG does, and where."""
    start = -1
    for _ in range(_MOST_TRIED):
        start = body.find(_JPEG, start + 1)
        if start < 0:
            return
        yield from _jpeg_at(body, start)


def _jpeg_at(body: bytes, start: int) -> Iterator[Preview]:
    frame = jpeg.frame_of(body, start) if body.startswith(_JPEG, start) else None
    if frame and frame.readable:  # not so a mosaic that is coded as lossless JPEG
        yield max(frame.width, frame.height), start


def _exif(body: bytes) -> Image.Exif:
    exif = Image.Exif()
    with suppress(Exception):  # as if it were missing
        exif.load(_exif_bytes(body))
    return exif


def _exif_bytes(body: bytes) -> bytes:
    """Return EXIF as it stands in a JPEG: the beginning of a file that is like a TIFF, or a box of Canon's."""
    if body[4:12] == b"ftypcrx ":
        place = body.find(b"CMT1", 0, _EXIF_BYTES)
        size = int.from_bytes(body[place - 4 : place]) if place > 0 else 0
        return b"Exif\0\0" + body[place + 4 : place - 4 + size] if size else b""
    header = _HEADERS.get(body[:2])
    return b"Exif\0\0" + header + body[4:_EXIF_BYTES] if header else b""
