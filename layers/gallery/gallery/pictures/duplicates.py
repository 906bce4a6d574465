"""Copies: of pictures made of the same bytes, the gallery keeps one for each owner.

A picture is a copy only of one that its owner has already. Somebody else's is theirs to delete or to make private at
any time, so whoever sends the same bytes gets a picture of their own. What nobody owns is a copy of any public picture:
its sender could not be told from others, nor keep others from deleting it.

A ticket whose bytes have arrived claims them in its scope, its owner or `public`, by a conditional write just before
that of what was found in it. So of many at once exactly one succeeds, and the others find it. A claim names the version
of the ticket that may follow it. Who takes it over from a process that died in between first writes that ticket's row
again as its next version, a fence: should that process be alive after all, its own write fails. This costs half of what
a transaction of both rows does, and the fence is needed only where copies meet within milliseconds. A claim has to
outlive only the moments in which no list tells of its picture yet; after a day it expires.

Nothing but a ticket can turn out a copy. Whatever is captioned anew, or found in the bucket when the table is rebuilt,
stays, even where there are two of it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from gallery.aws import table
from gallery.pictures import catalogue, rows
from gallery.pictures.model import Failure, Picture, failed

_CLAIMED_SECONDS = 24 * 3600
_DETAIL = "The gallery has this picture already."


def _nothing() -> None:
    """Do what a claim takes that is none."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose some bytes are: the picture that was first, or else what makes them the claimant's."""

    first: Picture | None = None
    take: Callable[[], None] = _nothing
    """To be called before the claimant's row is written; raises Conflict where another was first."""


UNCLAIMED = Claim()
"""For pictures that are no tickets: they are nobody's copy, and need not be the only ones."""


def claim(picture: Picture, sha256: str) -> Claim:
    """Return what a ticket with these bytes has to do, or which picture it repeats."""
    if not is_ticket(picture):
        return UNCLAIMED
    scope = scope_of(picture.owner)
    holder = _holder(sha256, scope)
    listed = catalogue.find_duplicate(sha256, scope)
    former = catalogue.find(holder.image_id) if holder else None
    candidates = (former, catalogue.find(listed.id) if listed and listed != former else None)
    same = (other for other in candidates if other is not None and _is_same(other, picture, sha256))
    first = next(same, None)
    if first:
        return Claim(first)

    def take() -> None:
        if former and holder == _Holder.by(former) and former.id != picture.id and is_ticket(former):
            catalogue.change(former, former)
        _take(rows.claim_key(sha256, scope), _Holder.by(picture), holder)

    return Claim(take=take)


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


@dataclass(frozen=True, slots=True)
class _Holder:
    """Which version of which ticket holds a claim: no other can be followed by a row that makes it good."""

    image_id: str
    version: int

    @classmethod
    def by(cls, picture: Picture) -> "_Holder":
        return cls(picture.id, picture.version)


def _holder(sha256: str, scope: str) -> _Holder | None:
    """Return who holds a claim, None where nobody does; those of before had no version, as their row came with them."""
    row = table.get(rows.claim_key(sha256, scope))
    return _Holder(str(row["image_id"]), int(row.get("version", 0))) if row else None


def _is_same(other: Picture, picture: Picture, sha256: str) -> bool:
    """Tell whether another picture has these bytes and is in the scope in which a picture may be its copy."""
    in_scope = other.owner == picture.owner if picture.owner else other.visibility == "public"
    return in_scope and other.content is not None and other.content.sha256 == sha256


def _take(key: table.Row, claimant: _Holder, former: _Holder | None) -> None:
    """Write a claim unless another took it since `former` was read."""
    expires_at = int(time.time()) + _CLAIMED_SECONDS
    row = {**key, "image_id": claimant.image_id, "version": claimant.version, "expires_at": expires_at}
    condition = "attribute_not_exists(pk)"
    if former is None:
        table.store(row, ConditionExpression=condition)
        return
    condition += " OR (image_id = :image_id AND (version = :version OR attribute_not_exists(version)))"
    values = {":image_id": former.image_id, ":version": former.version}
    table.store(row, ConditionExpression=condition, ExpressionAttributeValues=values)
