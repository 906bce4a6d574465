"""The trash: pictures that are gone for everybody but who may delete them, until they are restored or 30 days are over.

Nothing of a picture is deleted when it is put there: its renditions are moved to where the CDN can't read them, as if
it had been made private, and its postings but those of the trash are removed. Its posts and links stay, and show
nothing as long as it is there. A restored picture comes back with the visibility that its owner chose, unless an admin
hid it, or its bytes, meanwhile.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from gallery import limits
from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.revision import revise
from gallery.pictures import catalogue, rows
from gallery.pictures.model import Picture, restricted
from gallery.timestamps import now, timestamp


def put_into_trash(picture: Picture, *, extra_writes: Sequence[Any] = ()) -> Picture:
    """Put a picture into the trash; one that is there stays as it is. Raises table.Conflict where it has changed.

    `extra_writes` succeed or fail with its row's.
    """
    if picture.trashed_at:
        return picture
    new = restricted(picture, hidden=picture.hidden is not None, trashed_at=now())
    return revise(picture, new, extra_writes=extra_writes)


def delete_due(limit: int, after: str | None = None) -> tuple[int, str | None]:
    """Delete pictures that have been in the trash for 30 days; return how many, and where to go on, None at the end.

    At most `limit` postings are read. They are ordered by when the pictures were put there, so that none is read that
    is not due.
    """
    due_before = timestamp(datetime.fromtimestamp(time.time() - limits.TRASH_SECONDS, UTC))
    posted = table.sort_keys_between(rows.TRASH, after or "", due_before, limit)
    pictures = catalogue.find_all([rows.id_in(sk) for sk in posted])
    deleted = sum(_delete(picture) for picture in pictures if _is_due(picture, due_before))
    return deleted, posted[-1] if len(posted) == limit else None


def _is_due(picture: Picture, due_before: str) -> bool:
    """Tell whether a picture is due: its posting may be of a time before it was restored, or put there again."""
    return picture.trashed_at is not None and picture.trashed_at < due_before


def _delete(picture: Picture) -> bool:
    """Delete a picture unless it was changed, or restored, meanwhile; tell whether it is gone."""
    with suppress(Conflict):
        soft_delete(picture)
        return True
    return False
