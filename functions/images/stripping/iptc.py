"""IPTC records (IIM 4.2) and the Photoshop image resources they travel in, reduced to dates, author and rights."""

import struct
from collections.abc import Iterator

_CHARACTERS = (1, 90)
_KEPT = {
    (2, 55), (2, 60), (2, 62), (2, 63),  # when it was created and digitised
    (2, 80),  # by whom
    (2, 116),  # whose right it is
}  # fmt: skip
_RESOLUTION, _IPTC = 0x03ED, 0x0404
_EXTENDED = 0x8000


def reduced(records: bytes) -> bytes:
    """Return the records that may be kept; from the first that can't be read on nothing is."""
    listed = list(_records(records))
    if not any(number in _KEPT for number, _ in listed):
        return b""
    return b"".join(raw for number, raw in listed if number in _KEPT or number == _CHARACTERS)


def _records(records: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = 0
    while at + 5 <= len(records) and records[at] == 0x1C:
        number, dataset, size = struct.unpack_from(">BBH", records, at + 1)
        end = at + 5 + size
        if size & _EXTENDED or end > len(records):
            return
        yield (number, dataset), records[at:end]
        at = end


def reduced_resources(resources: bytes) -> bytes:
    """Return Photoshop's image resources with nothing but the pixel density and what may be kept of IPTC's."""
    kept = []
    for kind, content in _resources(resources):
        if kind == _RESOLUTION:
            kept.append(_resource(kind, content))
        elif kind == _IPTC and (records := reduced(content)):
            kept.append(_resource(kind, records))
    return b"".join(kept)


def _resources(resources: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while resources[at : at + 4] == b"8BIM" and at + 12 <= len(resources):
        (kind,) = struct.unpack_from(">H", resources, at + 4)
        name = 1 + resources[at + 6]
        at += 6 + name + name % 2
        if at + 4 > len(resources):
            return
        (size,) = struct.unpack_from(">I", resources, at)
        if at + 4 + size > len(resources):
            return
        yield kind, resources[at + 4 : at + 4 + size]
        at += 4 + size + size % 2


def _resource(kind: int, content: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHI", kind, 0, len(content)) + content + b"\0" * (len(content) % 2)
