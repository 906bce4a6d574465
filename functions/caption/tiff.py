"""TIFF's directories, and pixels of kinds that Pillow misreads or refuses (TIFF 6.0; BigTIFF)."""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from caption.formats import unsupported
from caption.turn import upright

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

REDUCED, WIDTH, LENGTH, BITS, COMPRESSION, PHOTOMETRIC = 254, 256, 257, 258, 259, 262
OFFSETS, ORIENTATION, SAMPLES, COUNTS, PLANAR, SUBDIRECTORIES = 273, 274, 277, 279, 284, 330
PREDICTOR, TILES, SAMPLE_FORMAT, THUMBNAIL, DNG_VERSION, MAKE = 317, 324, 339, 513, 50706, 271
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_CODES = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_MOSAICS = {32803, 34892}
"""Photometric interpretations of what a sensor saw: its mosaic, or that made linear (DNG)."""
_DEFLATE = {8, 32946}
_CODECS = {
    **dict.fromkeys((33003, 33004, 33005, 34712), "JPEG 2000"),
    **dict.fromkeys((50002, 52546), "JPEG XL"),
    50001: "WebP",
    50000: "Zstandard",
    34887: "LERC",
    34925: "LZMA",
    34892: "lossy JPEG",
}
_KINDS = {1: "u", 2: "i", 3: "f"}
"""Of sample formats, as NumPy names them."""
_RAW_COMPRESSIONS = {262, 32767, 34713, 65000, 65535}
"""Of Kodak, Sony, Nikon, and Pentax."""
_MOST_DIRECTORIES = 64
_MOST_VALUES = 100_000

Directory = Mapping[int, Sequence[int]]


def directories(body: bytes) -> Iterator[Directory]:
    """Yield the directories of a file, each followed by those below it; whole numbers only. Ends where it is broken."""
    order = "<" if body[:2] == b"II" else ">"
    big = struct.unpack_from(f"{order}H", body, 2)[0] == 43 if len(body) > 8 else False
    waiting = [struct.unpack_from(f"{order}{'Q' if big else 'I'}", body, 8 if big else 4)[0]] if len(body) > 16 else []
    places: set[int] = set()
    while waiting and len(places) < _MOST_DIRECTORIES:
        place = waiting.pop(0)
        if place in places or not 0 < place < len(body) - 2:
            continue
        places.add(place)
        try:
            directory, following = _directory(body, place, order, big=big)
        except struct.error:
            return
        waiting[:0] = [*directory.get(SUBDIRECTORIES, ()), following]
        yield directory


def _directory(body: bytes, place: int, order: str, *, big: bool) -> tuple[dict[int, Sequence[int]], int]:
    entry = struct.Struct(f"{order}HHQ8s" if big else f"{order}HHI4s")
    pointer, number = (f"{order}Q", f"{order}Q") if big else (f"{order}I", f"{order}H")
    count = struct.unpack_from(number, body, place)[0]
    start = place + struct.calcsize(number)
    entries: dict[int, Sequence[int]] = {}
    for number_of_entry in range(min(count, 4096)):
        tag, kind, many, value = entry.unpack_from(body, start + number_of_entry * entry.size)
        if kind not in _CODES or many > _MOST_VALUES:
            continue
        size = many * _SIZES[kind]
        data = value[:size] if size <= len(value) else _at(body, struct.unpack(pointer, value)[0], size)
        if len(data) == size:
            entries[tag] = struct.unpack(f"{order}{many}{_CODES[kind]}", data)
    end = start + count * entry.size
    return entries, struct.unpack_from(pointer, body, end)[0] if end + struct.calcsize(pointer) <= len(body) else 0


def _at(body: bytes, place: int, size: int) -> bytes:
    return body[place : place + size]


def is_mosaic(directory: Directory) -> bool:
    """Tell whether a directory holds what a sensor saw."""
    compressions = {*directory.get(COMPRESSION, ())}
    return bool(_MOSAICS & {*directory.get(PHOTOMETRIC, ())} or _RAW_COMPRESSIONS & compressions)


def is_raw(body: bytes) -> bool:
    """Tell whether a file is a camera's: a DNG, or one with a sensor's mosaic in any of its directories."""
    return any(DNG_VERSION in directory or is_mosaic(directory) for directory in directories(body))


def seek_picture(image: TiffImageFile) -> None:
    """Go to the page that is the picture: the largest of those that are not reduced versions of another (tag 254)."""
    if not _reduced(image):
        return
    pages = []
    for page in range(min(image.n_frames, _MOST_DIRECTORIES)):
        image.seek(page)
        pages.append((not _reduced(image), image.width * image.height, -page))
    image.seek(-max(pages)[2])


def _reduced(image: TiffImageFile) -> bool:
    return bool(int(image.tag_v2.get(REDUCED, 0)) & 1)


def codec_inside(body: bytes) -> str | None:
    """Return what a file's first picture is coded as, if that is another format which Pillow's libtiff can't decode."""
    coded = next(directories(body), {}).get(COMPRESSION, (0,))[0]
    return _CODECS.get(coded)


def ends_early(body: bytes) -> bool:
    """Tell whether pixels, or the directory itself, lie beyond the end of a file."""
    first = next(directories(body), None)
    if first is None:
        return True
    pairs = ((OFFSETS, COUNTS), (TILES, TILES + 1))
    spans = [pair for a, b in pairs for pair in zip(first.get(a, ()), first.get(b, ()), strict=False)]
    return any(start + size > len(body) for start, size in spans)


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a directory says of its pixels."""

    width: int
    height: int
    samples: int
    bits: int
    kind: str
    big_endian: bool
    planar: bool
    inverted: bool
    compressed: bool
    strips: Sequence[tuple[int, int]] | None
    """Where they begin and how long they are; None where they can't be read here."""

    @property
    def dtype(self) -> str:
        """NumPy's name of what a value is."""
        return f"{'>' if self.big_endian else '<'}{self.kind}{self.bits // 8}"


def picture(image: TiffImageFile, body: bytes) -> Image.Image | None:
    """Return a page of a kind that Pillow gets wrong, in eight bits, with its turn undone; None for all others.

    Those are uncompressed planes of 16 bits, which it mixes up, whole numbers of 32 bits without a sign, which it takes
    for signed, and compressed values with a sign or of 32 bits in big-endian order, which it swaps.
    All but unsigned 16 bits are measurements and stretched. Raises Rejected for layouts that can't be read here either.
    """
    layout = _layout(image, body)
    if not _is_misread(layout):
        return None
    if layout.strips is None or not layout.samples:
        raise unsupported("a TIFF of a rare layout")
    import numpy as np  # noqa: PLC0415 (few files need it)

    data = b"".join(_inflated(body[start : start + size], layout) for start, size in layout.strips)
    shape = (layout.height, layout.width, layout.samples)
    if layout.planar:
        shape = (layout.samples, layout.height, layout.width)
    values = np.frombuffer(data, layout.dtype, count=int(np.prod(shape))).reshape(shape)
    if layout.planar:
        values = np.moveaxis(values, 0, 2)
    light = _eight_bits(values[..., :3] if layout.samples >= 3 else values[..., 0])
    turn = image.getexif().get(ORIENTATION, 1)
    return upright(Image.fromarray(255 - light if layout.inverted else light), turn)


def _layout(image: TiffImageFile, body: bytes) -> _Layout:
    def first(tag: int, otherwise: int) -> int:
        value = image.tag_v2.get(tag, otherwise)
        return int(value[0] if isinstance(value, tuple) else value)

    bits, kind, samples, coded = first(BITS, 1), first(SAMPLE_FORMAT, 1), first(SAMPLES, 1), first(COMPRESSION, 1)
    strips = zip(image.tag_v2.get(OFFSETS, ()), image.tag_v2.get(COUNTS, ()), strict=False)
    readable = coded in {1, *_DEFLATE} and first(PREDICTOR, 1) == 1 and first(PHOTOMETRIC, 1) in {0, 1, 2}
    return _Layout(
        width=first(WIDTH, 0),
        height=first(LENGTH, 0),
        samples=samples,
        bits=bits,
        kind=_KINDS.get(kind, "u"),
        big_endian=body[:2] == b"MM",
        planar=first(PLANAR, 1) == 2 and samples > 1,
        inverted=first(PHOTOMETRIC, 1) == 0,
        compressed=coded != 1,
        strips=list(strips) or None if readable else None,
    )


def _is_misread(layout: _Layout) -> bool:
    mixed_up = layout.bits == 16 and layout.planar and not layout.compressed
    swapped = (
        layout.big_endian and layout.compressed and (layout.bits == 32 or (layout.bits == 16 and layout.kind == "i"))
    )
    return mixed_up or swapped or (layout.bits == 32 and layout.kind == "u")


def _inflated(strip: bytes, layout: _Layout) -> bytes:
    """Return a strip's values, at most as many as the whole picture has."""
    most = layout.width * layout.height * layout.samples * 8
    return zlib.decompressobj().decompress(strip, most) if layout.compressed else strip


def _eight_bits(values: "npt.NDArray[np.generic]") -> "npt.NDArray[np.uint8]":
    """Return 16 bits by their upper half, and measurements from their least to their greatest."""
    import numpy as np  # noqa: PLC0415

    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        return np.asarray(values >> 8, np.uint8)  # type: ignore[operator]  # unsigned, as was asked
    numbers = np.nan_to_num(np.asarray(values, np.float64), posinf=0, neginf=0)
    least, greatest = numbers.min(), numbers.max()
    return np.asarray(np.round((numbers - least) * (255 / ((greatest - least) or 1))), np.uint8)
