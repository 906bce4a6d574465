"""How much one sender may ask for in an hour, so that nobody spends more of the owner's money than is meant.

Hours begin on the clock (a fixed window), the same for everybody. A row for each sender and hour counts what was asked
for, and DynamoDB forgets it: `LIMIT#{kind}#{digest of the sender}`, `{beginning of the hour, seconds since the epoch}`.
"""

import math
import time
from http import HTTPStatus
from typing import Literal

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery import rows
from gallery.access import Caller
from gallery.problems import Problem
from gallery.senders import digest, identity, key_at
from gallery.settings import settings
from gallery.table import client

Kind = Literal["uploads", "trials"]

_HOUR = 3600
_KEPT_SECONDS = 3600
"""How long a row outlives its hour."""


def charge(kind: Kind, pictures: int, caller: Caller, request: APIGatewayProxyEventV2) -> None:
    """Count pictures that somebody asks for; raises the 429 where they are more than one may have in an hour.

    All are counted or none. Admins may have any number.
    """
    most = _most(kind)
    if most is None or caller.admin:
        return
    now = time.time()
    ends = (int(now) // _HOUR + 1) * _HOUR
    if pictures > most or not _counted(kind, pictures, most, digest(_key(), identity(caller, request)), ends):
        raise _enough(most, math.ceil(ends - now))


def _most(kind: Kind) -> int | None:
    return settings().uploads_per_hour if kind == "uploads" else settings().trials_per_hour


def _key() -> bytes:
    return key_at("LIMIT#", "KEY")


def _counted(kind: Kind, pictures: int, most: int, sender: str, ends: int) -> bool:
    """Add to what a sender has asked for, if that leaves it within bounds; tell whether it did."""
    try:
        client().update_item(
            TableName=settings().table_name,
            Key=rows.key(f"LIMIT#{kind}#{sender}", str(ends - _HOUR)),
            UpdateExpression="SET expires_at = :expires ADD used :pictures",
            ConditionExpression="attribute_not_exists(used) OR used <= :room",
            ExpressionAttributeValues={
                ":pictures": {"N": str(pictures)},
                ":room": {"N": str(most - pictures)},
                ":expires": {"N": str(ends + _KEPT_SECONDS)},
            },
        )
    except client().exceptions.ConditionalCheckFailedException:
        return False
    return True


def _enough(most: int, seconds: int) -> Problem:
    minutes = math.ceil(seconds / 60)
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    detail = f"That would be more than the {most} pictures that one person may send in an hour. Go on in {wait}."
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(seconds)})
