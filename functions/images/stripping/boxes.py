"""The boxes that files of the ISO base media format (ISO/IEC 14496-12) are made of."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from images.stripping.odd import OddFileError

_LONG, _TO_THE_END = 1, 0
MAX_BOXES = 100_000


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its kind, where it begins, where its content begins, and where it ends."""

    kind: bytes
    start: int
    inside: int
    end: int

    @property
    def size(self) -> int:
        """Its length in bytes, header included."""
        return self.end - self.start


def boxes(body: bytes, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places, which they have to fill; raises OddFileError."""
    for _ in range(MAX_BOXES):
        if start == end:
            return
        size, kind = struct.unpack_from(">I4s", body, start)
        inside = start + 8
        if size == _LONG:
            (size,) = struct.unpack_from(">Q", body, inside)
            inside += 8
        if size == _TO_THE_END:
            size = end - start
        if start + size > end or start + size < inside:
            raise OddFileError("a box that leads outside")
        yield Box(kind, start, inside, start + size)
        start += size
    raise OddFileError("too many boxes")


def written(kind: bytes, content: bytes) -> bytes:
    """Return a box with this content."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def gap(size: int) -> bytes:
    """Return a box of so many bytes, 8 at the least, that holds nothing."""
    return struct.pack(">I4s", size, b"free") + bytes(size - 8)
