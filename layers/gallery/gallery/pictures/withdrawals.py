"""When a picture last ceased to be a tile, which no mosaic made until then may outlive, and which mosaics those are.

| pk | sk | What |
|---|---|---|
| `MOSAICS` | `WITHDRAWN` | that moment |
| `MOSAICS` | `OF_TILES#{key}` | a mosaic made of pictures of the gallery, by the key of its object |

Which tiles a mosaic is made of is not kept, since they may be thousands: all such mosaics go, and are made anew when
they are asked for. A job registers its mosaic after it has noted when it took its tiles and before it stores anything,
and looks at that moment once more at the end; so either the job or the withdrawal deletes the object.
"""

import time
from collections.abc import Iterable

from gallery.aws import table
from gallery.aws.table import get
from gallery.pictures import rows, storage

_MOSAICS, _OF_TILES = "MOSAICS", "OF_TILES#"
_KEPT_SECONDS = 31 * 24 * 3600
"""A day longer than a mosaic."""
_AT_A_TIME = 500


def concern_public_tiles(postings: Iterable[tuple[str, str]]) -> bool:
    """Tell whether one of the postings is of a tile that anybody's mosaics may be made of."""
    return any(pk == rows.by_tile("public") for pk, _ in postings)


def register(key: str) -> None:
    """Note that a mosaic of pictures of the gallery will lie under a key of the bucket."""
    expires_at = int(time.time()) + _KEPT_SECONDS
    table.update(
        _key(key),
        UpdateExpression="SET expires_at = :expires",
        ExpressionAttributeValues={":expires": expires_at},
    )


def note() -> None:
    """Note that a picture is no tile any more, and delete every mosaic that was made of tiles until now."""
    at = int(time.time() * 1000)
    table.store({**rows.withdrawal_key(), "at_ms": at})
    while registered := _registered():
        storage.delete(registered)
        table.delete_all(map(_key, registered))


def _registered() -> list[str]:
    """Return the keys of mosaics made of tiles, as many as are deleted at a time."""
    rows_read, _ = table.query(
        KeyConditionExpression="pk = :pk AND begins_with(sk, :of_tiles)",
        ExpressionAttributeValues={":pk": _MOSAICS, ":of_tiles": _OF_TILES},
        ProjectionExpression="sk",
        ConsistentRead=True,
        Limit=_AT_A_TIME,
    )
    return [row["sk"].removeprefix(_OF_TILES) for row in rows_read]


def _key(key: str) -> table.Row:
    return table.key(_MOSAICS, f"{_OF_TILES}{key}")


def last() -> int:
    """Return when a picture last ceased to be a tile, in milliseconds since the epoch."""
    row = get(rows.withdrawal_key())
    return int(row["at_ms"]) if row else 0
