"""Bytes that an admin hid: whatever is made of them again is held back until an admin has looked at it.

Whoever hides a picture means its bytes; who hides a post means what it shows: of the same bytes nothing is posted
until that post is given back.

| pk | sk | What |
|---|---|---|
| `WITHHELD#{sha256}` | `WITHHELD` | an admin hid a picture of exactly these bytes |
| `WITHHELD#{sha256}` | `POSTS` | posts of pictures of these bytes that an admin hid: `posts`, a set of ids |
| `WITHHELD#{post}` | `POST` | the bytes that a hidden post shows |

The row is written with the change that hides a picture, or that examines one which is hidden, as after the table was
lost. It outlives the picture, so that deleting and sending it again is no way around, and goes when an admin gives
back any picture of these bytes.
"""

from typing import Any

from gallery.aws import table
from gallery.pictures.model import Picture, restricted


def is_withheld(sha256: str) -> bool:
    """Tell whether an admin hid these bytes."""
    return table.get(_key(sha256)) is not None


def withheld(picture: Picture, sha256: str) -> Picture:
    """Return a picture as it may be shown: private and hidden if it is of bytes that an admin hid."""
    if picture.hidden or not is_withheld(sha256):
        return picture
    return restricted(picture, hidden=True, trashed_at=picture.trashed_at)


def keeps_from_posting(sha256: str) -> bool:
    """Tell whether an admin hid these bytes, or a post of them."""
    rows_read = table.read([_key(sha256), _posts_key(sha256)], ConsistentRead=True)
    return any(row["sk"] == "WITHHELD" or "posts" in row for row in rows_read)


def required_for_posting(sha256: str) -> list[Any]:
    """Return the conditions of a transaction that posts a picture of these bytes: no admin hid them or a post of them.

    The row of hidden posts stays when the last of them is given back; DynamoDB then drops the empty set.
    """
    return [
        table.check(_key(sha256), ConditionExpression="attribute_not_exists(pk)"),
        table.check(_posts_key(sha256), ConditionExpression="attribute_not_exists(posts)"),
    ]


def withhold_post(post_id: str, sha256: str) -> None:
    """Let no picture of the bytes that a post shows be posted; done again it changes nothing."""
    table.store({**_post_key(post_id), "sha256": sha256})
    _change_posts(sha256, f"ADD {_POSTS}", post_id)


def release_post(post_id: str) -> None:
    """Let what a post shows be posted again, unless it is withheld for another's sake; likewise."""
    row = table.get(_post_key(post_id))
    if row is None:
        return
    _change_posts(row["sha256"], f"DELETE {_POSTS}", post_id)
    table.remove(_post_key(post_id))


_POSTS = "posts :post"


def _change_posts(sha256: str, change: str, post_id: str) -> None:
    table.update(_posts_key(sha256), UpdateExpression=change, ExpressionAttributeValues={":post": {post_id}})


def before(old: Picture, new: Picture) -> None:
    """Note the bytes of a picture that is about to be stored as hidden, unless it was hidden with them before.

    Of those it may be that an admin gives them back at this moment, and then this change fails.
    """
    if (hidden := _hidden_bytes(new)) and hidden != _hidden_bytes(old):
        table.put_all([_key(hidden)])


def _hidden_bytes(picture: Picture) -> str | None:
    return picture.content.sha256 if picture.hidden and picture.content else None


def after(old: Picture, new: Picture) -> None:
    """Forget the bytes of a picture that an admin gave back."""
    if old.hidden and not new.hidden and new.status != "deleted" and old.content:
        table.delete_all([_key(old.content.sha256)])


def _key(sha256: str) -> table.Row:
    return table.key(f"WITHHELD#{sha256}", "WITHHELD")


def _posts_key(sha256: str) -> table.Row:
    return table.key(f"WITHHELD#{sha256}", "POSTS")


def _post_key(post_id: str) -> table.Row:
    return table.key(f"WITHHELD#{post_id}", "POST")
