"""EXIF (CIPA DC-008-2023): a directory of tags as TIFF 6.0 has them, and two more below it.

Only the tags that are wanted are read, a bounded part of each, so that time and memory do not depend on what else a
block holds; a decoding library reads all of it. What does not fit into the block is passed over by itself.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caption.metadata.tags import Tags, Value, fraction

_MAIN = {0x010F: "Make", 0x0110: "Model", 0x0132: "DateTime"}
_PHOTO = {
    0x829A: "ExposureTime",
    0x829D: "FNumber",
    0x8827: "ISOSpeedRatings",
    0x8832: "RecommendedExposureIndex",
    0x8833: "ISOSpeed",
    0x9003: "DateTimeOriginal",
    0x9004: "DateTimeDigitized",
    0x9010: "OffsetTime",
    0x9011: "OffsetTimeOriginal",
    0x9012: "OffsetTimeDigitized",
    0x9201: "ShutterSpeedValue",
    0x9202: "ApertureValue",
    0x9209: "Flash",
    0x920A: "FocalLength",
    0xA405: "FocalLengthIn35mmFilm",
    0xA434: "LensModel",
}
_GPS = {
    0x0001: "GPSLatitudeRef",
    0x0002: "GPSLatitude",
    0x0003: "GPSLongitudeRef",
    0x0004: "GPSLongitude",
    0x0005: "GPSAltitudeRef",
    0x0006: "GPSAltitude",
    0x0007: "GPSTimeStamp",
    0x001D: "GPSDateStamp",
}
_BELOW: Mapping[int, Mapping[int, str]] = {0x8769: _PHOTO, 0x8825: _GPS}
"""Tags that say where another directory is, and what is wanted of it."""

_TEXTS, _BYTES = {2, 129}, {1, 6, 7}
"""ASCII and, since Exif 3.0, UTF-8; and bytes that may be text."""
_NUMBERS = {3: "H", 4: "I", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q", 18: "Q"}
_FRACTIONS = {5: "I", 10: "i"}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8,
          129: 1}  # fmt: skip
"""Bytes of a value of each type."""
_LONGEST_TEXT, _MOST_NUMBERS, _MOST_TAGS = 1000, 8, 2000
_BEFORE = 16
"""What may stand before a block: `Exif` and two NULs, or a HEIF item's offset of four bytes."""


def read(block: bytes) -> Tags:
    """Return what an EXIF block says, or a file that is built like one (TIFF, most raw files); else nothing."""
    starts = [at for at in (block.find(mark, 0, _BEFORE) for mark in (b"II", b"MM")) if at >= 0]
    try:
        return Tags(_values(_Block.begin(memoryview(block)[min(starts) :]))) if starts else Tags()
    except struct.error:
        return Tags()


def _values(block: "_Block") -> dict[str, Value]:
    values: dict[str, Value] = {}
    for entry in block.entries(block.first):
        if entry.tag in _MAIN:
            values |= block.named(entry, _MAIN)
        elif entry.tag in _BELOW:
            for below in block.entries(block.offset(entry)):
                values |= block.named(below, _BELOW[entry.tag])
    return values


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: int
    kind: int
    count: int
    place: int
    """Where its value is, or where it is said where that is."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of EXIF: its byte order, whether offsets have eight bytes (BigTIFF), and where its directory is."""

    data: memoryview
    order: str
    big: bool
    first: int

    @classmethod
    def begin(cls, data: memoryview) -> "_Block":
        order = "<" if bytes(data[:2]) == b"II" else ">"
        (version,) = struct.unpack_from(f"{order}H", data, 2)
        big = version == 43
        (first,) = struct.unpack_from(f"{order}Q", data, 8) if big else struct.unpack_from(f"{order}I", data, 4)
        return cls(data, order, big, first)

    def entries(self, at: int) -> Iterator[_Entry]:
        """Yield the entries of the directory at an offset, as far as they are there."""
        head, entry_format = (
            (f"{self.order}Q", f"{self.order}HHQ") if self.big else (f"{self.order}H", f"{self.order}HHI")
        )
        if at + struct.calcsize(head) > len(self.data):
            return
        (count,) = struct.unpack_from(head, self.data, at)
        at += struct.calcsize(head)
        value, size = struct.calcsize(entry_format), 20 if self.big else 12
        for place in range(at, min(at + size * min(count, _MOST_TAGS), len(self.data) - size + 1), size):
            tag, kind, number = struct.unpack_from(entry_format, self.data, place)
            yield _Entry(tag, kind, number, place + value)

    def named(self, entry: _Entry, names: Mapping[int, str]) -> dict[str, Value]:
        """Return what an entry says by its name, nothing where it isn't wanted or can't be read."""
        if entry.tag not in names:
            return {}
        value = self._value(entry)
        return {} if value is None else {names[entry.tag]: value}

    def offset(self, entry: _Entry) -> int:
        """Return where the directory is that an entry refers to."""
        return int(
            struct.unpack_from(f"{self.order}{'Q' if self.big and entry.kind > 15 else 'I'}", self.data, entry.place)[0]
        )

    def _value(self, entry: _Entry) -> Value | None:
        if entry.kind in _TEXTS or entry.kind in _BYTES:
            raw = self._bytes(entry, _LONGEST_TEXT)
            if entry.kind in _BYTES and len(raw) == 1:
                return (raw[0],)
            return _text(raw) if raw else None
        count = min(entry.count, _MOST_NUMBERS)
        raw = self._bytes(entry, count * _SIZES.get(entry.kind, 0))
        if not raw:
            return None
        if kind := _FRACTIONS.get(entry.kind):
            parts = struct.unpack(f"{self.order}{2 * count}{kind}", raw)
            return tuple(fraction(*pair) for pair in zip(parts[::2], parts[1::2], strict=True))
        return tuple(fraction(number, 1) for number in struct.unpack(f"{self.order}{count}{_NUMBERS[entry.kind]}", raw))

    def _bytes(self, entry: _Entry, most: int) -> bytes:
        """Return the beginning of a value, which stands in the entry itself where it is small enough."""
        size, inline = entry.count * _SIZES.get(entry.kind, 0), 8 if self.big else 4
        at = entry.place
        if size > inline:
            (at,) = struct.unpack_from(f"{self.order}{'Q' if self.big else 'I'}", self.data, entry.place)
        return bytes(self.data[at : at + min(size, most)]) if at + min(size, most) <= len(self.data) else b""


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
