"""PNG's chunks: read one by one, and made such that Pillow opens what browsers show."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import PngImagePlugin
from PIL.ImageFile import ImageFile

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct("!I4s")
_MOST_INFLATED = 16 * 2**20
"""How large a compressed text or profile may become; Pillow's own bound is 1 MB, less than some profiles have."""
_MOST_TEXT = 32 * 2**20
"""How much text of a file is read in all."""
_COMPRESSED = {b"zTXt", b"iTXt", b"iCCP"}
_ANIMATION = {b"acTL", b"fcTL", b"fdAT"}
_TEXTS = {b"zTXt", b"iTXt", b"tEXt"}

PngImagePlugin.MAX_TEXT_CHUNK = _MOST_INFLATED
PngImagePlugin.MAX_TEXT_MEMORY = 2 * _MOST_TEXT


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk and where it lies in the file, its length and checksum included."""

    kind: bytes
    data: bytes
    start: int
    end: int
    intact: bool

    @property
    def ancillary(self) -> bool:
        """Whether a picture can be shown without it (bit 5 of its first letter)."""
        return bool(self.kind[0] & 0x20)


def chunks(body: bytes) -> Iterator[Chunk]:
    """Yield the chunks of a file; ends where it is none or stops being one. `data` of pixels is left empty."""
    view, place = memoryview(body), len(SIGNATURE)
    while len(header := body[place : place + _HEADER.size]) == _HEADER.size:
        length, kind = _HEADER.unpack(header)
        end = place + _HEADER.size + length + 4
        if not kind.isalpha() or end > len(body):
            return
        intact = zlib.crc32(view[place + 4 : end - 4]) == int.from_bytes(body[end - 4 : end])
        data = b"" if kind in {b"IDAT", b"fdAT"} else body[place + _HEADER.size : end - 4]
        yield Chunk(kind, data, place, end, intact)
        place = end


def openable(body: bytes) -> bytes:
    """Return the file without ancillary chunks that Pillow would refuse it for, though every browser shows it.

    Those have a wrong checksum, or are texts and profiles that inflate beyond any sense. Raises SyntaxError where the
    checksum of pixels or a palette is wrong, which Pillow does not look at in pixels.
    """
    left, place, kept = _MOST_TEXT, 0, []
    for chunk in chunks(body):
        size = _inflated(chunk, left) if chunk.kind in _TEXTS | _COMPRESSED else 0
        fits = size <= min(left if chunk.kind in _TEXTS else _MOST_INFLATED, _MOST_INFLATED)
        if not (chunk.intact or chunk.ancillary):
            raise SyntaxError(f"wrong checksum in {chunk.kind!r}")
        if chunk.ancillary and not (chunk.intact and fits):
            kept.append(body[place : chunk.start])
            place = chunk.end
        elif chunk.kind in _TEXTS:
            left -= size
    return b"".join([*kept, body[place:]]) if place else body


def without_animation(body: bytes) -> bytes | None:
    """Return an APNG as the still picture that it is to who knows no animations; None where it isn't animated."""
    moving = [(chunk.start, chunk.end) for chunk in chunks(body) if chunk.kind in _ANIMATION]
    places = [0, *(place for span in moving for place in span), len(body)]
    kept = (body[start:end] for start, end in zip(places[::2], places[1::2], strict=True))
    return b"".join(kept) if moving else None


def _inflated(chunk: Chunk, most: int) -> int:
    """Return how many bytes a text or a profile has, inflated; no further than to the first byte too many."""
    most = min(_MOST_INFLATED, most)
    if chunk.kind not in _COMPRESSED or len(chunk.data) > most:
        return len(chunk.data)
    _, _, rest = chunk.data.partition(b"\0")
    if chunk.kind == b"iTXt":
        flags, rest = rest[:2], rest[2:].partition(b"\0")[2].partition(b"\0")[2]
        if flags[:1] != b"\1":
            return len(chunk.data)
    else:
        rest = rest[1:]
    try:
        return len(zlib.decompressobj().decompress(rest, most + 1))
    except zlib.error:
        return most + 1


def scale_transparency(image: ImageFile, body: bytes) -> None:
    """Give the transparent colour (tRNS) the depth of the pixels that Pillow made: it leaves the file's own."""
    depth, colour = body[24], image.info.get("transparency")
    if isinstance(colour, int) and depth < 8 and image.mode in {"1", "L"}:
        image.info["transparency"] = colour * 255 // (2**depth - 1)
    if isinstance(colour, tuple) and depth == 16:
        image.info["transparency"] = tuple(value >> 8 for value in colour)
