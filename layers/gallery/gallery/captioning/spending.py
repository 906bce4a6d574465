"""How much captioning was tried since an admin last let it go on, and whether that is more than the owner pays for.

| pk | sk | What |
|---|---|---|
| `PAUSE` | `RESUMED` | the hour in which that was, and how many tries it had seen by then |

The hours' counts are those of gallery.pictures.counters, captioning again included. They are compared every few minutes
with what a day and an hour of the clock (UTC) may have; who resumes begins to count anew, so that the next excess stops
captioning again. An alarm on the last 24 hours stands beside this, see infra/constructs/brake.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from gallery.aws.calls import call
from gallery.captioning import pausing
from gallery.captioning.resuming import Resumption, count_anew, resumption
from gallery.pictures import counters
from gallery.settings import settings

_HOUR = "%Y-%m-%dT%H"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many tries a day and an hour may have; None for any number."""

    day: int | None
    hour: int | None


def excess(tries: Mapping[str, int], resumed: Resumption, hour: str, limits: Limits) -> str | None:
    """Return, in words fit for everybody, why captioning has to stop in an hour; None where it may go on.

    `tries` are those of each hour of its day, of which none count from before the resumption.
    """
    since = {past: count for past, count in tries.items() if past[:10] == hour[:10] and past >= resumed.hour}
    if resumed.hour in since:
        since[resumed.hour] -= resumed.tries
    if limits.hour is not None and since.get(hour, 0) > limits.hour:
        return "More pictures were captioned within an hour than the owner has planned to pay for."
    if limits.day is not None and sum(since.values()) > limits.day:
        return "More pictures were captioned within a day than the owner has planned to pay for."
    return None


def stop_if_too_many() -> bool:
    """Have the brake stop captioning where there were too many tries; tell whether it has to.

    Nothing more is done while captioning is stopped; until the brake has done it, it is told again.
    """
    limits = Limits(settings().captions_a_day, settings().captions_per_hour)
    if limits == Limits(None, None):
        return False
    hour = _this_hour()
    tries = counters.tries_of_day(hour[:10])
    # What is not too much in all is not too much since a resumption either, which then need not be read.
    if excess(tries, Resumption(), hour, limits) is None or pausing.current() is not None:
        return False
    reason = excess(tries, resumption(), hour, limits)
    if reason:
        call(settings().brake_function, {"stop": reason, "hour": hour, "tries": tries.get(hour, 0)})
    return reason is not None


def resume() -> None:
    """Note that captioning may go on, and that what was tried so far counts no more; a repeat counts anew."""
    hour = _this_hour()
    count_anew(hour, counters.tries_of_day(hour[:10]).get(hour, 0))
    pausing.end()


def _this_hour() -> str:
    return datetime.now(UTC).strftime(_HOUR)
