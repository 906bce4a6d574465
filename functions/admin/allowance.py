"""Letting a planned import pass the limits that would make it take weeks or stop captioning for everybody."""

import time
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gallery import limits
from gallery.captioning import allowance
from gallery.captioning.allowance import Allowance
from gallery.problems import invalid


class AllowanceRequest(BaseModel):
    """How many pictures may come beyond the limits of an hour and a day, and until when; 0 ends an allowance."""

    model_config = ConfigDict(extra="forbid")

    pictures: Annotated[int, Field(ge=0, le=limits.MAX_ALLOWANCE, strict=True, examples=[12_000])]
    until: Annotated[AwareDatetime, Field(description="A month ahead at most", examples=["2026-12-24T18:00:00Z"])]


class AllowanceAnswer(BaseModel):
    """What is left of the allowance; null where there is none."""

    allowance: Allowance | None


def grant(request: AllowanceRequest) -> AllowanceAnswer:
    """Let so many pictures pass, instead of what was allowed before; raises the 422 for a moment that can't be."""
    ends = _moment(request.until)
    if not time.time() < ends <= time.time() + limits.ALLOWANCE_SECONDS:
        raise invalid("until", "A moment from now on, and a month ahead at most.")
    allowance.grant(request.pictures, ends)
    return AllowanceAnswer(allowance=allowance.current())


def _moment(until: datetime) -> int:
    return int(until.timestamp())
