"""Public bytes that are being taken down: an intent noted before the row changes, and dropped once they are gone.

| pk | sk | What |
|---|---|---|
| `TAKEDOWNS` | `{id}#{rendition}` | since when (`at`) no row may name these renditions, mosaics or file to save |

The row of a picture stops naming its public bytes first, then they are deleted. A process killed in between leaves the
intent, by which the sweeper finishes within minutes what it would else find only once it has listed the whole bucket.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gallery.aws import table
from gallery.pictures import catalogue, storage, withdrawals
from gallery.pictures.model import Picture

_PK = "TAKEDOWNS"
_AT_A_TIME = 100
LONGEST_SECONDS = 120
"""No process that takes something down lives longer, so that an older intent is that of one that was killed."""


@dataclass(frozen=True, slots=True)
class Takedown:
    """The public bytes of a picture that were made for one of its renditions."""

    image_id: str
    rendition: int

    @property
    def key(self) -> table.Row:
        """The key of its row."""
        return table.key(_PK, f"{self.image_id}#{self.rendition}")

    def is_of(self, picture: Picture | None) -> bool:
        """Tell whether a picture names these bytes, so that they are public rightly."""
        return picture is not None and _public(picture) == self


def _public(picture: Picture) -> Takedown | None:
    if picture.visibility != "public" or picture.content is None:
        return None
    return Takedown(picture.id, picture.content.rendition)


@contextmanager
def noted(old: Picture, new: Picture) -> Iterator[None]:
    """Note what the change of a picture takes down, while that is done inside.

    Where anything is raised the intent stays; at most the sweeper looks in vain.
    """
    takedown = _public(old)
    if takedown is None or takedown.is_of(new):
        yield
        return
    table.store({**takedown.key, "at": int(time.time())})
    yield
    table.remove(takedown.key)


def finish_some() -> int:
    """Take down what processes that were killed have left, some at a time; return how much there was."""
    rows_read = table.newest(_PK, _AT_A_TIME)[0]
    old = [row for row in rows_read if row["at"] <= time.time() - LONGEST_SECONDS]
    return sum(_finish(_takedown(row)) for row in old)


def _takedown(row: table.Row) -> Takedown:
    image_id, _, rendition = str(row["sk"]).partition("#")
    return Takedown(image_id, int(rendition))


def _finish(takedown: Takedown) -> bool:
    """Delete what was to be taken down, unless the row was never written; tell whether anything was left."""
    picture = catalogue.find(takedown.image_id)
    left = [] if takedown.is_of(picture) else list(_left(takedown, picture))
    if not takedown.is_of(picture):
        withdrawals.note()
    storage.delete(left)
    table.remove(takedown.key)
    return bool(left)


def _left(takedown: Takedown, picture: Picture | None) -> Iterator[str]:
    yield from storage.keys_under(storage.rendition_prefix(takedown.image_id, "public", takedown.rendition))
    yield from storage.keys_under(storage.public_download_key(takedown.image_id, takedown.rendition))
    if picture is None or picture.visibility != "public":
        yield from storage.keys_under(f"{storage.DOWNLOADS}{takedown.image_id}/")
