"""How much there is, how much is done, and what that costs."""

import json
import os
from calendar import monthrange
from datetime import UTC, datetime
from functools import cache
from typing import Literal

from pydantic import BaseModel, Field, TypeAdapter

from gallery.pictures import counters

HOURS = 48


class PictureCounts(BaseModel):
    """How many pictures are in each state."""

    pending: int
    captioned: int
    failed: int


class HourCount(BaseModel):
    """How many captions were written in the hour that begins at `hour` (UTC)."""

    hour: str
    captions: int


class CostEstimate(BaseModel):
    """What Amazon charges, estimated from list prices: since the month began, and for all of it at this pace.

    Uploads, captions, storage and what is charged at rest are in it; visitors, searches and sentences by a language
    model are not.
    """

    currency: Literal["USD"] = "USD"
    captions: int = Field(description="Written since the month began")
    to_date: float
    month: float


class StatsAnswer(BaseModel):
    """How the gallery is: pictures by state, the bytes of their originals, captions of the last 48 hours, and cost.

    Counts are exact but for processes that died at the wrong moment, whose miscounts the sweeper mends.
    """

    pictures: PictureCounts
    bytes_stored: int
    captions_per_hour: list[HourCount]
    cost: CostEstimate


class Rates(BaseModel):
    """What things cost in dollars: a picture's upload and caption, a stored GB a month, and a month of nothing."""

    picture: float
    gb_month: float
    month_at_rest: float


def stats() -> StatsAnswer:
    """Return what admins want to know at a glance; reads some counters, whatever the number of pictures."""
    totals = counters.total()
    return StatsAnswer(
        pictures=PictureCounts(**{state: totals.pictures[state] for state in counters.STATES}),
        bytes_stored=totals.bytes,
        captions_per_hour=[
            HourCount(hour=hour, captions=captions) for hour, captions in counters.captions_of_hours(HOURS)
        ],
        cost=_cost(totals.bytes, datetime.now(UTC)),
    )


def _cost(stored: int, now: datetime) -> CostEstimate:
    captions = counters.captions_in(now.strftime("%Y-%m"))
    lasting = rates().month_at_rest + stored / 1e9 * rates().gb_month
    passed = _part_of_month(now)
    return CostEstimate(
        captions=captions,
        to_date=round(captions * rates().picture + lasting * passed, 4),
        # On the first day of a month, its pace says little.
        month=round(captions * rates().picture / max(passed, 1 / 31) + lasting, 4),
    )


def _part_of_month(now: datetime) -> float:
    days = monthrange(now.year, now.month)[1]
    return (now.day - 1 + (now.hour + now.minute / 60) / 24) / days


@cache
def rates() -> Rates:
    """Return what the deployment says that things cost."""
    return TypeAdapter(Rates).validate_python(json.loads(os.environ["RATES"]))
