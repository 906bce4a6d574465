"""Taking a picture away so that nothing of it is left and nothing late can bring it back."""

import time
from collections.abc import Sequence
from typing import Any

from gallery import limits
from gallery.lifecycle import retraction
from gallery.mosaics import mosaics
from gallery.pictures import catalogue, rows, storage, takedowns
from gallery.pictures.model import Picture


def soft_delete(picture: Picture, *, extra_writes: Sequence[Any] = ()) -> Picture:
    """Replace a picture by its tombstone, then delete its objects, its bytes and its record first, and its posts.

    From the first write on the picture and its posts are gone for everybody; what a crash leaves behind the sweeper
    erases, since the tombstone lives until it has seen nothing left. `extra_writes` succeed or fail with that first
    write. Raises table.Conflict when the picture changed meanwhile, or one of them fails.
    """
    tombstone = Picture(
        id=picture.id, owner=None, visibility="private", created_at=picture.created_at, status="deleted"
    )
    with takedowns.noted(picture, tombstone):
        tombstone = catalogue.change(picture, tombstone, extra_writes=extra_writes)
        fixed = (storage.incoming_key, storage.original_key, storage.record_key)
        storage.delete([*(post(picture.id) for post in fixed), *storage.download_keys(picture)])
        storage.delete(storage.rendition_keys(picture).values())
        mosaics.forget(picture.id)
    retraction.retract_all_of(picture.id)
    return tombstone


def purge_objects(image_id: str) -> bool:
    """Delete whatever is stored for a picture; tell whether there was nothing left to delete."""
    left = storage.keys_of(image_id)
    storage.delete(left)
    return not left


def delete_objects(image_id: str) -> None:
    """Delete what is stored of a picture but its record; without an original the sweeper ends it a day later."""
    storage.delete(key for key in storage.keys_of(image_id) if key != storage.record_key(image_id))


def expire_tombstone(tombstone: Picture) -> None:
    """Let a tombstone expire: nothing is left of its picture, and no event about it can still be on its way."""
    catalogue.let_expire(tombstone, int(time.time()) + limits.TOMBSTONE_SECONDS)
    catalogue.remove_posting((rows.TOMBSTONES, tombstone.id), "version <= :version", {":version": tombstone.version})
