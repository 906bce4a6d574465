"""Bytes that an admin hid: whatever is made of them again is held back until an admin has looked at it.

| pk | sk | What |
|---|---|---|
| `WITHHELD#{sha256}` | `WITHHELD` | an admin hid a picture of exactly these bytes |

The row is written with the change that hides a picture, or that examines one which is hidden, as after the table was
lost. It outlives the picture, so that deleting and sending it again is no way around, and goes when an admin gives
back any picture of these bytes.
"""

from dataclasses import replace

from gallery import reports, rows, table
from gallery.pictures import Picture

_REASON = "An admin hid a picture of exactly these bytes."
_REPORTER = "the gallery"


def is_withheld(sha256: str) -> bool:
    """Tell whether an admin hid these bytes."""
    return table.get(_key(sha256)) is not None


def held_back(picture: Picture, sha256: str) -> Picture:
    """Return a picture as it may be shown: private and hidden if it is of bytes that an admin hid."""
    if picture.hidden or not is_withheld(sha256):
        return picture
    return replace(picture, visibility="private", hidden=picture.visibility)


def report(picture: Picture) -> None:
    """Have admins look at a picture that was held back; said again it changes nothing."""
    reports.report("image", picture.id, _REASON, _REPORTER)


def before(new: Picture) -> None:
    """Note the bytes of a picture that is about to be stored as hidden."""
    if new.hidden and new.content:
        table.write([{"PutRequest": {"Item": _key(new.content.sha256)}}])


def after(old: Picture, new: Picture) -> None:
    """Forget the bytes of a picture that an admin gave back."""
    if old.hidden and not new.hidden and new.status != "deleted" and old.content:
        table.write([{"DeleteRequest": {"Key": _key(old.content.sha256)}}])


def _key(sha256: str) -> rows.Row:
    return rows.key(f"WITHHELD#{sha256}", "WITHHELD")
