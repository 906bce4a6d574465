"""Moments as files write them: EXIF's colons, XMP's and ISO 8601's hyphens, RFC 1123's and the C library's words."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from gallery.pictures.metadata import clock, is_possible, offset_of

_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:[:/.-](?P<month>\d\d?)(?:[:/.-](?P<day>\d\d?)"
    r"(?:[T ]\s*(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d*)?)?"
    r"\s*(?P<offset>Z|[+-]\d\d?(?::?\d\d)?)?)?)?)?",
)
_HALVES = re.compile(r"\b(\d\d?)(:\d\d(?::\d\d)?)\s?([AP])M\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a clock showed, as YYYY-MM-DDTHH:MM:SS, and its offset from UTC where that is known."""

    at: str
    offset: str | None = None


def moment(text: str | None, offset: str | None = None) -> Moment | None:
    """Return the moment that a text says, with an offset that is written elsewhere; None where it makes no sense.

    A year, or a year and a month, stand for their first day, and a day for its midnight.
    """
    match = _WRITTEN.fullmatch((text or "").strip().rstrip(": "))
    if match is None:
        return None
    parts = {name: int(value) for name, value in match.groupdict(default="").items() if value and name != "offset"}
    moment_read = moment_of(**{"month": 1, "day": 1, **parts})
    return moment_read and replace(moment_read, offset=offset_of(match["offset"] or offset or ""))


def moment_of(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> Moment | None:
    """Return what a clock showed; None for what no clock shows, or what nothing can have been taken at.

    A leap second counts as the one before it.
    """
    try:
        shown = datetime(year, month, day, hour, minute, 59 if second == 60 else second)  # noqa: DTZ001 (a clock)
    except ValueError:
        return None
    return Moment(clock(shown)) if is_possible(shown) else None


def spoken(text: str | None) -> Moment | None:
    """Return the moment that a text says as `moment` does, or in words as RFC 1123 has them, which PNG suggests."""
    if moment_read := moment(text):
        return moment_read
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 (5 % of the start-up time, and seldom needed)

    try:
        sent = parsedate_to_datetime(_HALVES.sub(_in_whole_days, text or ""))
    except ValueError:
        return None
    on_its_clock = moment_of(sent.year, sent.month, sent.day, sent.hour, sent.minute, sent.second)
    return on_its_clock and replace(on_its_clock, offset=offset_of(sent.isoformat()[-6:]) if sent.tzinfo else None)


def hour_of(hour: int, half: str) -> int:
    """Return an hour of the day's `half`, which begins with `a` or `p` in either case."""
    return hour % 12 + (12 if half[:1].lower() == "p" else 0)


def _in_whole_days(match: re.Match[str]) -> str:
    return f"{hour_of(int(match[1]), match[3]):02}{match[2]}"
