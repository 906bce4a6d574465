"""How much one sender may ask for in an hour, so that nobody spends more of the owner's money than is meant.

Hours begin on the clock (a fixed window), the same for everybody. A row for each sender and hour counts what was asked
for, and DynamoDB forgets it: `LIMIT#{kind}#{digest of the sender}`, `{beginning of the hour, seconds since the epoch}`.
"""

import math
import time
from http import HTTPStatus
from typing import Literal

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery import limits, rows, table
from gallery.access import Caller
from gallery.problems import Problem
from gallery.senders import digest, identity, key_at
from gallery.settings import settings

Kind = Literal["uploads", "trials", "reports"]

_HOUR = 3600
_KEPT_SECONDS = 3600
"""How long a row outlives its hour."""


_WHAT: dict[Kind, str] = {"uploads": "pictures", "trials": "pictures", "reports": "reports"}


def charge(kind: Kind, amount: int, caller: Caller, request: APIGatewayProxyEventV2) -> None:
    """Count pictures (or reports) that somebody sends; raises the 429 for more than one may have in an hour.

    All are counted or none. Admins may have any number.
    """
    most = _most(kind)
    if most is None or caller.admin:
        return
    now = time.time()
    ends = (int(now) // _HOUR + 1) * _HOUR
    if amount > most or not _counted(kind, amount, most, digest(_key(), identity(caller, request)), ends):
        raise _enough(kind, most, math.ceil(ends - now))


def _most(kind: Kind) -> int | None:
    match kind:
        case "uploads":
            return settings().uploads_per_hour
        case "trials":
            return settings().trials_per_hour
        case "reports":
            return limits.REPORTS_PER_HOUR


def _key() -> bytes:
    return key_at("LIMIT#", "KEY")


def _counted(kind: Kind, amount: int, most: int, sender: str, ends: int) -> bool:
    """Add to what a sender has asked for, if that leaves it within bounds; tell whether it did."""
    try:
        table.update(
            rows.key(f"LIMIT#{kind}#{sender}", str(ends - _HOUR)),
            UpdateExpression="SET expires_at = :expires ADD used :amount",
            ConditionExpression="attribute_not_exists(used) OR used <= :room",
            ExpressionAttributeValues={
                ":amount": {"N": str(amount)},
                ":room": {"N": str(most - amount)},
                ":expires": {"N": str(ends + _KEPT_SECONDS)},
            },
        )
    except table.Conflict:
        return False
    return True


def _enough(kind: Kind, most: int, seconds: int) -> Problem:
    minutes = math.ceil(seconds / 60)
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    detail = f"That would be more than the {most} {_WHAT[kind]} that one person may send in an hour. Go on in {wait}."
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})
