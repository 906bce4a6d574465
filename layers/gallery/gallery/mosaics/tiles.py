"""The small pictures that mosaics are made of: those of the newest public pictures.

A tile is kept in its picture's posting, since 4000 rows of a partition are read in ten requests for a sixth of a
thousandth of a dollar, but as many objects in 4000 requests for ten times that.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from gallery.aws import table
from gallery.pictures import catalogue, rows
from gallery.pictures.model import Tile

MOST = 4000
"""How many pictures' tiles are used, the newest."""

_HASH_BYTES = 8
_SKETCHED = 64
_ALIKE = 0.9


def public_tiles() -> list[Tile]:
    """Return the tiles of the newest pictures that are public at this moment, newest first, at most 4000."""
    tiles = dict(_listed_tiles())
    public = catalogue.public_among(list(tiles))
    return [tile for image_id, tile in tiles.items() if image_id in public]


def _listed_tiles() -> Iterator[tuple[str, Tile]]:
    pages = table.pages(
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": rows.by_tile("public")},
        ScanIndexForward=False,
        most=MOST,
    )
    for page in pages:
        yield from _tiles(page)


def _tiles(posted: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Tile]]:
    return ((row["sk"], tile) for row in posted if (tile := rows.tile_of(row)))


def sketch() -> bytes:
    """Return a sketch of which pictures are public now, the newest 4000; see `alike`."""
    return sketch_of(table.sort_keys(rows.PUBLIC, MOST))


def sketch_of(ids: Iterable[str]) -> bytes:
    """Return the 64 least hashes of some ids (bottom-k MinHash), in order, each of eight bytes."""
    hashes = sorted({blake2b(image_id.encode(), digest_size=_HASH_BYTES).digest() for image_id in ids})
    return b"".join(hashes[:_SKETCHED])


def alike(one: bytes, other: bytes) -> bool:
    """Tell whether nine tenths of what two sketches are of are the same: exactly for up to 64, else about."""
    here, there = _hashes(one), _hashes(other)
    least = sorted(here | there)[:_SKETCHED]
    return len(here & there & set(least)) >= _ALIKE * len(least)


def _hashes(sketch: Sequence[int] | bytes) -> set[bytes]:
    digest = bytes(sketch)
    return {digest[start : start + _HASH_BYTES] for start in range(0, len(digest), _HASH_BYTES)}
