"""When a picture was taken, as people and their programs say it in requests."""

import re
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from gallery.pictures.metadata import clock, is_possible, offset_of
from gallery.problems import invalid

_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?(?:[Zz]|([+-]\d\d:\d\d))")


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text) or not is_possible(_datetime(text)):
        raise PydanticCustomError("clock", "A clock of the place and of a day with photographs: 2024-07-14T16:20:05.")
    return text


def _offset(text: str) -> str:
    seconds = offset_of(text)
    if seconds != text:
        raise PydanticCustomError("offset", "An offset from UTC between -12:00 and +14:00: +02:00.")
    return seconds


def _moment(text: str) -> str:
    match = _MOMENT.fullmatch(text)
    if match is None or (match[2] and offset_of(match[2]) is None):
        raise PydanticCustomError("moment", "A time with its offset from UTC (RFC 3339): 2024-07-14T16:20:05+02:00.")
    return _datetime(text.upper()).isoformat(timespec="seconds")


def _datetime(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("date", "No calendar or clock has that.") from error


def shifted(taken_at: str, seconds: int) -> str:
    """Return what a clock shows so much later, or earlier; raises the 422 where nothing can have been photographed."""
    moved = datetime.fromisoformat(taken_at) + timedelta(seconds=seconds)
    if not is_possible(moved):
        raise invalid("seconds", f"It would have been taken at {clock(moved)}.")
    return clock(moved)


Clock = Annotated[
    str, StringConstraints(max_length=19), AfterValidator(_clock), Field(examples=["2024-07-14T16:20:05"])
]
"""What a clock shows; no zone."""
Offset = Annotated[str, StringConstraints(max_length=6), AfterValidator(_offset), Field(examples=["+02:00"])]
"""How far a clock is from UTC."""
Moment = Annotated[
    str, StringConstraints(max_length=40), AfterValidator(_moment), Field(examples=["2024-07-14T18:03:00+02:00"])
]
"""A moment, by the clock of whoever tells it."""
