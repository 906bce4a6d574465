"""Copies: of pictures made of the same bytes, the gallery keeps one for each owner.

A picture is a copy only of one that its owner has already. Somebody else's is theirs to delete or to make private at
any time, so whoever sends the same bytes gets a picture of their own. What nobody owns is a copy of any public picture:
its sender could not be told from others, nor keep others from deleting it.

A ticket whose bytes have arrived claims them in its scope, its owner or `public`, in the very transaction that writes
what was found in it. So of many at once exactly one succeeds, and the others find it. A claim has to outlive only the
moments in which no list tells of its picture yet; after a day it expires.

Nothing but a ticket can turn out a copy. Whatever is captioned anew, or found in the bucket when the table is rebuilt,
stays, even where there are two of it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from gallery.aws.table import get, put, put_new
from gallery.pictures import catalogue, rows
from gallery.pictures.model import Failure, Picture, failed

_CLAIMED_SECONDS = 24 * 3600
_DETAIL = "The gallery has this picture already."


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose some bytes are: the picture that was first, or else the writes that make them the claimant's."""

    first: Picture | None = None
    writes: Sequence[Any] = ()


UNCLAIMED = Claim()
"""For pictures that are no tickets: they are nobody's copy, and need not be the only ones."""


def claim(picture: Picture, sha256: str) -> Claim:
    """Return what a ticket with these bytes has to do, or which picture it repeats."""
    if not is_ticket(picture):
        return UNCLAIMED
    scope = scope_of(picture.owner)
    holder = _holder(sha256, scope)
    listed = catalogue.find_duplicate(sha256, scope)
    ids = {holder, listed.id if listed else None}
    claimants = (catalogue.find(image_id) for image_id in ids if image_id is not None)
    first = next(
        (claimant for claimant in claimants if claimant is not None and _is_same(claimant, picture, sha256)), None
    )
    return Claim(first) if first else Claim(writes=[_take(sha256, scope, picture.id, holder)])


def as_duplicate(first: Picture, picture: Picture, etag: str) -> Picture:
    """Return the picture whose bytes, named by `etag`, are those of another; it is as private as that one."""
    copy = failed(picture, etag, Failure("duplicate", _DETAIL, first.id))
    return replace(copy, visibility=first.visibility) if first.visibility == "private" else copy


def is_ticket(picture: Picture) -> bool:
    """Tell whether a picture is a ticket whose bytes nobody has looked at yet, not one found again in the bucket."""
    return picture.status == "awaiting" and picture.expires_at is not None


def is_duplicate(picture: Picture) -> bool:
    """Tell whether a picture turned out to be a copy, of which nothing needs to be stored."""
    return picture.failure is not None and picture.failure.code == "duplicate"


def scope_of(owner: str | None) -> str:
    """Return among which pictures an owner's may be copies: their own, or all public ones for what is nobody's."""
    return owner or "public"


def _holder(sha256: str, scope: str) -> str | None:
    row = get(rows.claim_key(sha256, scope))
    return str(row["image_id"]) if row else None


def _is_same(other: Picture, picture: Picture, sha256: str) -> bool:
    """Tell whether another picture has these bytes and is in the scope in which a picture may be its copy."""
    in_scope = other.owner == picture.owner if picture.owner else other.visibility == "public"
    return in_scope and other.content is not None and other.content.sha256 == sha256


def _take(sha256: str, scope: str, image_id: str, former: str | None) -> Any:  # noqa: ANN401 - one of the client's own
    item = {
        **rows.claim_key(sha256, scope),
        "image_id": image_id,
        "expires_at": int(time.time()) + _CLAIMED_SECONDS,
    }
    if former is None:
        return put_new(item)
    condition = "attribute_not_exists(pk) OR image_id = :former"
    return put(item, ConditionExpression=condition, ExpressionAttributeValues={":former": former})
