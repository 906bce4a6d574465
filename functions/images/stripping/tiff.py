"""TIFF files (TIFF 6.0) and Exif blocks (Exif 3.0), which are TIFF files without a picture.

Values stay where they are, since whatever is coded in such a file is found by its offset: directories lose the entries
that may not be kept, and every byte that nothing kept refers to becomes zero, maker's notes and thumbnails included.
"""

import struct
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from images.stripping import iptc, xmp
from images.stripping.odd import OddFileError

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
"""Bytes of a value of each type."""
_OFFSETS = {3: "H", 4: "I"}
_HEADER = 8
_MAX_PAGES = 1000

_EXIF, _GPS = 0x8769, 0x8825
_OF_ALL = {
    0x0112,  # orientation
    0x011A, 0x011B, 0x0128,  # pixel density
    0x0132,  # date
    0x013B, 0x9C9D,  # author
    0x8298,  # rights
    0x8773,  # colour profile
}  # fmt: skip
_OF_EXIF = {
    0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292,  # dates, their offsets, parts of a second
    0xA001,  # colour space
}  # fmt: skip
_OF_GPS = set(range(7))
"""Version, latitude, longitude and altitude, each with its reference; no times, speeds or names of places."""
KEEPS_PLACE: ContextVar[bool] = ContextVar("keeps_place", default=False)
"""Whether where a picture was taken stays in the file that is being cleaned."""
_RAW = 0xC612
"""The tag of a DNG file, whose picture is not in its strips alone."""
_COMPRESSION, _STRIPS, _TILES = 0x0103, (0x0111, 0x0117), (0x0144, 0x0145)
_CODED_AS_FILES = {6, 7, 34712}
"""Compressions by which each strip is a file of its own, with whatever may stand in one: JPEG, JPEG 2000."""
_OF_PIXELS = {
    0x00FE, 0x00FF, 0x0100, 0x0101, 0x0102, _COMPRESSION, 0x0106, 0x010A, *_STRIPS, 0x0115, 0x0116, 0x0118, 0x0119,
    0x011C, 0x0122, 0x0123, 0x0124, 0x0125, 0x0129, 0x012D, 0x013D, 0x013E, 0x013F, 0x0140, 0x0142, 0x0143, *_TILES,
    0x014C, 0x014E, 0x0150, 0x0152, 0x0153, 0x0154, 0x0155, 0x0211, 0x0212, 0x0213, 0x0214,
}  # fmt: skip
"""What a reader needs to make a picture of the strips."""
_REDUCED: Mapping[int, Callable[[bytes], bytes]] = {0x02BC: xmp.reduced, 0x83BB: iptc.reduced}


def cleaned_file(body: bytes) -> bytes:
    """Return a TIFF file with all its pages; raises OddFileError."""
    walk = _Walk.begin(body)
    at, pages = walk.first, 0
    while at:
        pages += 1
        if pages > _MAX_PAGES:
            raise OddFileError("too many pages")
        at = walk.page(at)
    return walk.kept()


def cleaned(block: bytes) -> bytes:
    """Return an Exif block, empty where nothing of it may be kept; raises OddFileError."""
    walk = _Walk.begin(block)
    return walk.kept() if walk.directory(walk.first, _OF_ALL | {_EXIF, *_placed()}, chained=False) else b""


def _placed() -> set[int]:
    return {_GPS} if KEEPS_PLACE.get() else set()


@dataclass
class _Walk:
    """A way through a file, which remembers which bytes are still referred to."""

    data: bytearray
    order: str
    first: int
    spans: list[tuple[int, int]] = field(default_factory=lambda: [(0, _HEADER)])
    seen: set[int] = field(default_factory=set)

    @classmethod
    def begin(cls, body: bytes) -> "_Walk":
        order = {b"II": "<", b"MM": ">"}.get(body[:2])
        if order is None:
            raise OddFileError("no byte order")
        magic, first = struct.unpack_from(f"{order}HI", body, 2)
        if magic != 42:
            raise OddFileError("no classic TIFF")
        return cls(bytearray(body), order, first)

    def page(self, at: int) -> int:
        """Clean a page's directory, keep its strips or tiles, and return where the next page's directory is."""
        count = self._number(at, "H")
        following = self._number(at + 2 + 12 * count, "I")
        if any(tag == _RAW for tag, *_ in self._entries(at)):
            raise OddFileError("a raw file")
        self.directory(at, _OF_ALL | _OF_PIXELS | _REDUCED.keys() | {_EXIF, *_placed()}, chained=True)
        entries = {tag: (kind, number, place) for tag, kind, number, place in self._entries(at)}
        if _COMPRESSION in entries and self._numbers(entries[_COMPRESSION])[0] in _CODED_AS_FILES:
            raise OddFileError("strips that are files")
        pieces = [pair for pair in (_STRIPS, _TILES) if pair[0] in entries and pair[1] in entries]
        if not pieces:
            raise OddFileError("a page without a picture")
        for offsets, sizes in pieces:
            for offset, size in zip(self._numbers(entries[offsets]), self._numbers(entries[sizes]), strict=True):
                self._keep(offset, size)
        return following

    def directory(self, at: int, allowed: set[int], *, chained: bool) -> int:
        """Take from a directory what is not allowed, and return how many entries are left."""
        if at in self.seen:
            raise OddFileError("a directory that is met twice")
        self.seen.add(at)
        entries = self._entries(at)
        whole = 2 + 12 * len(entries)
        following = self._number(at + whole, "I") if chained else 0
        kept = b""
        for tag, kind, number, place in entries:
            raw = bytes(self.data[place : place + 12])
            if tag in allowed:
                kept += self._entry(raw, tag, kind, number)
        size = 2 + len(kept) + 4
        directory = struct.pack(f"{self.order}H", len(kept) // 12) + kept + struct.pack(f"{self.order}I", following)
        # In Exif the last four bytes are sometimes left out, where there is no further directory.
        self.data[at : at + whole + 4] = directory.ljust(whole + 4, b"\0")
        self._keep(at, size)
        return len(kept) // 12

    def _entry(self, raw: bytes, tag: int, kind: int, number: int) -> bytes:
        """Keep an entry and the value it refers to; return it as it shall be, empty where it shall not be."""
        (value,) = struct.unpack_from(f"{self.order}I", raw, 8)
        if tag in {_EXIF, _GPS}:
            return raw if self.directory(value, _OF_EXIF if tag == _EXIF else _OF_GPS, chained=False) else b""
        if kind not in _SIZES:
            raise OddFileError("a value of an unknown type")
        size = _SIZES[kind] * number
        if tag in _REDUCED:
            return self._reduced(tag, value, size)
        if size > 4:
            self._keep(value, size)
        return raw

    def _reduced(self, tag: int, at: int, size: int) -> bytes:
        self._within(at, size)
        less = _REDUCED[tag](bytes(self.data[at : at + size]))
        if not 4 < len(less) <= size:
            return b""
        self.data[at : at + len(less)] = less
        self._keep(at, len(less))
        return struct.pack(f"{self.order}HHII", tag, 7 if tag == 0x83BB else 1, len(less), at)

    def _entries(self, at: int) -> list[tuple[int, int, int, int]]:
        """Return tag, type, number of values and place of each entry of a directory."""
        count = self._number(at, "H")
        places = range(at + 2, at + 2 + 12 * count, 12)
        return [(*struct.unpack_from(f"{self.order}HHI", self.data, place), place) for place in places]

    def _numbers(self, entry: tuple[int, int, int]) -> tuple[int, ...]:
        kind, number, place = entry
        if kind not in _OFFSETS:
            raise OddFileError("numbers of another type")
        at = place + 8 if _SIZES[kind] * number <= 4 else self._number(place + 8, "I")
        return struct.unpack_from(f"{self.order}{number}{_OFFSETS[kind]}", self.data, at)

    def _number(self, at: int, kind: str) -> int:
        return int(struct.unpack_from(f"{self.order}{kind}", self.data, at)[0])

    def _keep(self, at: int, size: int) -> None:
        self._within(at, size)
        self.spans.append((at, at + size))

    def _within(self, at: int, size: int) -> None:
        if at < _HEADER or at + size > len(self.data):
            raise OddFileError("a value outside the file")

    def kept(self) -> bytes:
        """Return all that is referred to, with zeros between, up to the last of it or of the zeros behind it."""
        end = max(end for _, end in self.spans)
        whole = bytearray(end if any(self.data[end:]) else len(self.data))
        for start, end in self.spans:
            whole[start:end] = self.data[start:end]
        return bytes(whole)
