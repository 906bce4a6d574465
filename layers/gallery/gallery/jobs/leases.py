"""A bound on how many mosaics are made at once: numbered leases, each held by one job at a time.

| pk | sk | What |
|---|---|---|
| `MOSAICS` | `LEASE#{number}` | which job holds it (`token`), and until when (`until_ms`) unless there is a heartbeat |

A lease is taken by a conditional write, so that of any number of requests at once exactly as many get one as there are.
It ends with its job, or by itself where the process is killed. Reserved concurrency of Lambda would bound it as well,
but a new account has ten calls at once and lets none of them be reserved.
"""

import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from gallery.aws import table
from gallery.settings import settings

ALIVE_MS = 120_000
"""How long a job is taken to be alive without a heartbeat: two timeouts of its function."""

_PK, _LEASE = "MOSAICS", "LEASE#"
_KEPT_SECONDS = 24 * 3600


class NoneLeft(Exception):
    """As many jobs as may be are at work."""


class Lost(Exception):
    """The lease ended, and another job holds it now."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The lease of a number, below the bound, that the job named by `token` holds."""

    number: int
    token: str


def take(token: str) -> Lease | None:
    """Take a lease for a job; None where there is no bound. Raises NoneLeft where all are held by living jobs."""
    most = settings().max_concurrent_mosaics
    if most is None:
        return None
    leases = [Lease(number, token) for number in range(most)]
    held_leases = _held(leases)
    free = [lease for lease in leases if lease.number not in held_leases]
    random.shuffle(free)
    for lease in free:
        with suppress(Lost):
            renew(lease)
            return lease
    raise NoneLeft


def _held(leases: Sequence[Lease]) -> set[int]:
    """Return the numbers of those that another job holds; to try each by a write would cost more."""
    rows = table.read(map(_key, leases), ConsistentRead=True)
    return {int(row["sk"].removeprefix(_LEASE)) for row in rows if row["until_ms"] > _now()}


def renew(lease: Lease) -> None:
    """Hold a lease for ALIVE_MS from now; raises Lost where another job holds it."""
    values = {
        ":token": lease.token,
        ":now": _now(),
        ":until": _now() + ALIVE_MS,
        ":expires": int(time.time()) + _KEPT_SECONDS,
    }
    try:
        table.update(
            _key(lease),
            UpdateExpression="SET #token = :token, until_ms = :until, expires_at = :expires",
            ConditionExpression="attribute_not_exists(pk) OR #token = :token OR until_ms < :now",
            ExpressionAttributeNames={"#token": "token"},
            ExpressionAttributeValues=values,
        )
    except table.Conflict as error:
        raise Lost(lease.token) from error


def release(lease: Lease | None) -> None:
    """Let another job have a lease; without one, or where another has it, nothing happens."""
    if lease is None:
        return
    with suppress(table.Conflict):
        table.update(
            _key(lease),
            UpdateExpression="SET until_ms = :over",
            ConditionExpression="#token = :token",
            ExpressionAttributeNames={"#token": "token"},
            ExpressionAttributeValues={":token": lease.token, ":over": 0},
        )


def _key(lease: Lease) -> table.Row:
    return table.key(_PK, f"{_LEASE}{lease.number}")


def _now() -> int:
    return int(time.time() * 1000)
