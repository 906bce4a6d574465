"""How much one sender may ask for in an hour, so that nobody spends more of the owner's money than is meant.

Hours begin on the clock (a fixed window), the same for everybody. A row for each sender and hour counts what was given
out, and DynamoDB forgets it: `LIMIT#{kind}#{digest of the sender}`, `{beginning of the hour, seconds since the epoch}`.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery import limits
from gallery.api.client_identity import digest, identity, key_at
from gallery.aws import table
from gallery.captioning import allowance
from gallery.pictures.access import Caller
from gallery.problems import Problem
from gallery.settings import settings

Kind = Literal["uploads", "trials", "reports", "mosaics", "passwords", "guests"]

_HOUR = 3600
_KEPT_SECONDS = 3600
"""How long a row outlives its hour."""


_WHAT: dict[Kind, str] = {
    "uploads": "pictures", "trials": "pictures", "reports": "reports", "mosaics": "mosaics", "passwords": "passwords",
    "guests": "pictures",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grant:
    """What a sender was given: `amount` of what was asked for, of at most `most` in the hour that `ends` (seconds
    since the epoch, None where there is no limit)."""

    kind: Kind
    amount: int
    most: int | None = None
    ends: int | None = None
    sender: str = ""

    def give_back(self, amount: int | None = None) -> None:
        """Charge so much less than was given, or nothing after all."""
        less = self.amount if amount is None else amount
        if less and self.most is not None and self.ends is not None:
            _add(self.kind, -less, self.most, self.sender, self.ends)

    @property
    def ends_at(self) -> str:
        """The end of the hour as people read it, in UTC; the sender's own zone is not known."""
        return datetime.fromtimestamp(self.ends or 0, UTC).strftime("%H:%M UTC")

    def too_many(self) -> Problem:
        """Return the 429 that names the limit and when it ends."""
        if self.most is None or self.ends is None:
            raise ValueError("there is no limit")
        return _enough(self.kind, self.most, math.ceil(self.ends - time.time()))


def consume_quota(kind: Kind, amount: int, caller: Caller, request: APIGatewayProxyEventV2) -> None:
    """Count trials or reports that somebody sends; raises the 429 for more than one may have in an hour.

    All are counted or none. Admins may have any number.
    """
    with granted(kind, amount, caller, request, least=amount) as grant:
        if grant.amount < amount:
            raise grant.too_many()


@contextmanager
def granted(
    kind: Kind, amount_wanted: int, caller: Caller, request: APIGatewayProxyEventV2, *, least: int = 1
) -> Iterator[Grant]:
    """Take as many of `wanted` as the sender's hour has room for, none if that is fewer than `least`.

    Whatever is raised inside gives them back, so that only what was handed out is charged. Each count is one
    conditional write; of many requests at once exactly the limit gets through. Admins may have any number. Uploads of
    people beyond their hour are taken from a planned import's allowance, if there is one.
    """
    most = _most(kind)
    if most is None or caller.admin or amount_wanted == 0:
        yield Grant(kind, amount_wanted)
        return
    with granted_to(identity(caller, request), kind, amount_wanted, most, least=least) as grant:
        beyond = allowance.take(amount_wanted - grant.amount) if kind == "uploads" and caller.sub is not None else 0
        try:
            yield replace(grant, amount=grant.amount + beyond)
        except BaseException:
            if beyond:
                allowance.give_back(beyond)
            raise


@contextmanager
def granted_to(who: str, kind: Kind, amount_wanted: int, most: int, *, least: int = 1) -> Iterator[Grant]:
    """Take as many of `wanted` as an hour of `most` has room for, of whatever sender `who` names; likewise."""
    ends = (int(time.time()) // _HOUR + 1) * _HOUR
    sender = digest(_key(), who)
    grant = Grant(kind, _taken(kind, amount_wanted, least, most, sender, ends), most, ends, sender)
    try:
        yield grant
    except BaseException:
        grant.give_back()
        raise


def _taken(kind: Kind, amount_wanted: int, least: int, most: int, sender: str, ends: int) -> int:
    """Count as many as there is room for; another request that was first only makes the room smaller."""
    amount = min(amount_wanted, most)
    while amount >= max(least, 1):
        try:
            _add(kind, amount, most, sender, ends)
        except table.Conflict:
            row = table.get(_row_key(kind, sender, ends)) or {"used": 0}
            amount = min(amount - 1, most - row["used"])
        else:
            return amount
    return 0


def _most(kind: Kind) -> int | None:
    match kind:
        case "uploads":
            return settings().uploads_per_hour
        case "trials":
            return settings().trials_per_hour
        case "mosaics":
            return settings().mosaics_per_hour
        case "reports":
            return limits.REPORTS_PER_HOUR
        case "passwords":
            return limits.PASSWORDS_PER_HOUR
        case "guests":
            return limits.GUEST_UPLOADS_PER_HOUR


def _key() -> bytes:
    return key_at("LIMIT#", "KEY")


def _add(kind: Kind, amount: int, most: int, sender: str, ends: int) -> None:
    """Add to what a sender was given; raises table.Conflict where that would leave it out of bounds."""
    table.update(
        _row_key(kind, sender, ends),
        UpdateExpression="SET expires_at = :expires ADD used :amount",
        ConditionExpression="attribute_not_exists(used) OR used <= :room",
        ExpressionAttributeValues={
            ":amount": amount,
            ":room": most - amount,
            ":expires": ends + _KEPT_SECONDS,
        },
    )


def _row_key(kind: Kind, sender: str, ends: int) -> table.Row:
    return table.key(f"LIMIT#{kind}#{sender}", str(ends - _HOUR))


def _enough(kind: Kind, most: int, seconds: int) -> Problem:
    minutes = math.ceil(seconds / 60)
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    detail = f"That would be more than the {most} {_WHAT[kind]} that one person may send in an hour. Go on in {wait}."
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})
