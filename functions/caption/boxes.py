"""Boxes of ISO base media files (AVIF, HEIC, CR3), as far as Pillow and libheif do not tell what is in them."""

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress

_HEADER = struct.Struct("!I4s")


def boxes(body: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and end of the content of each box in a part of a file; ends where it makes no sense."""
    end = len(body) if end is None else end
    while start + _HEADER.size <= end:
        size, kind = _HEADER.unpack_from(body, start)
        content = start + _HEADER.size
        if size == 1 and content + 8 <= end:
            size = int.from_bytes(body[content : content + 8])
            content += 8
        stop = end if size == 0 else start + size
        if not content <= stop <= end:
            return
        yield kind, content, stop
        start = stop


def rare_content(body: bytes) -> str | None:
    """Return what a good file holds that libheif, as it is built here, doesn't read; None where that isn't known."""
    spans = {kind: (first, last) for kind, first, last in boxes(body)}
    if b"meta" not in spans:
        return "an image sequence without a still picture" if b"moov" in spans else None
    items = body[slice(*spans[b"meta"])]
    return "a HEIF picture that is not compressed (ISO/IEC 23001-17)" if b"unci" in items else None


def ends_early(body: bytes) -> bool:
    """Tell whether the last box of a file is longer than what is left of it."""
    end = max((stop for _, _, stop in boxes(body)), default=0)
    return end < len(body) and len(body) - end >= _HEADER.size and body[end + 4 : end + 8].isalnum()


def properties(body: bytes) -> Sequence[tuple[bytes, bytes]]:
    """Return kind and content of each property of the primary picture (ISO/IEC 23008-12, 9.3); none where broken."""
    with suppress(StopIteration, struct.error, LookupError):
        meta = next(content for kind, *content in boxes(body) if kind == b"meta")
        inside = {kind: content for kind, *content in boxes(body, meta[0] + 4, meta[1])}
        parts = {kind: content for kind, *content in boxes(body, *inside[b"iprp"])}
        places = _properties_of(_primary(body, inside[b"pitm"][0]), body, parts[b"ipma"][0])
        properties_in_order = list(boxes(body, *parts[b"ipco"]))
        owned = (properties_in_order[place - 1] for place in places if 0 < place <= len(properties_in_order))
        return [(kind, body[first:last]) for kind, first, last in owned]
    return []


def _primary(body: bytes, start: int) -> int:
    """Return the primary item's id (pitm; 16 bits, or 32 from version 1 on)."""
    return int.from_bytes(body[start + 4 : start + (8 if body[start] else 6)])


def _properties_of(item: int, body: bytes, start: int) -> Sequence[int]:
    """Return the places in ipco, counted from 1, of what belongs to an item (ipma)."""
    id_size, place_size = (4 if body[start] else 2), (2 if body[start + 3] & 1 else 1)
    count, place = int.from_bytes(body[start + 4 : start + 8]), start + 8
    for _ in range(count):
        property_id = int.from_bytes(body[place : place + id_size])
        first = place + id_size + 1
        place = first + body[first - 1] * place_size
        if property_id == item:
            mask = 0x7FFF if place_size == 2 else 0x7F
            return [int.from_bytes(body[at : at + place_size]) & mask for at in range(first, place, place_size)]
    return []
