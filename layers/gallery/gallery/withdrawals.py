"""When a picture last ceased to be a tile, which no mosaic made until then may outlive."""

import time
from collections.abc import Iterable

from gallery import rows, table
from gallery.table import get


def concern_public_tiles(postings: Iterable[tuple[str, str]]) -> bool:
    """Tell whether one of the postings is of a tile that anybody's mosaics may be made of."""
    return any(pk == rows.by_tile("public") for pk, _ in postings)


def note() -> None:
    """Note that a picture is no tile any more, so that no mosaic made until now is shown any longer."""
    at = {"N": str(int(time.time() * 1000))}
    table.store({**rows.withdrawal_key(), "at_ms": at})


def last() -> int:
    """Return when a picture last ceased to be a tile, in milliseconds since the epoch."""
    row = get(rows.withdrawal_key())
    return int(row["at_ms"]["N"]) if row else 0
