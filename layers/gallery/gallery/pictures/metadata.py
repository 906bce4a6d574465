"""When, where and with what a picture was taken, as far as anything says so.

A date is the clock of the place where the picture was taken, without a zone: whoever looks at it, and wherever, it
stays on its day. How far that clock was from UTC stands beside it, where it is known.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

TakenFrom = Literal["owner", "sidecar", "exif", "xmp", "iptc", "filename", "file", "upload"]
"""What says when a picture was taken: its owner, a file beside it, its own metadata, its name, its file's time, or
nothing but the moment of its upload."""

SAID_BY_PEOPLE: frozenset[TakenFrom] = frozenset({"owner", "sidecar"})
"""What nothing that is found in a file replaces."""

FIRST_PHOTOGRAPH = datetime(1826, 1, 1)  # noqa: DTZ001 (a clock)
"""Niépce's view from his window; nothing was photographed before."""
_TOLERANCE = timedelta(days=1)
"""Clocks are up to 14 hours ahead of UTC, and some are a little wrong."""
_FIRST_FILE = datetime(1980, 1, 2, tzinfo=UTC)
"""No file is older: the first moments that Unix and FAT can write mean that none is known."""
_OFFSET = re.compile(r"([+-])(\d\d?)(?::?(\d\d))?")
_FARTHEST = (-12 * 60, 14 * 60)
"""The clocks farthest behind and ahead of UTC, in minutes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """When a picture was taken: YYYY-MM-DDTHH:MM:SS by the clock of the place, and ±HH:MM where that is known."""

    at: str
    offset: str | None
    source: TakenFrom


@dataclass(frozen=True, slots=True)
class Camera:
    """What a picture was taken with, and how (seconds, millimetres, whether the flash fired), as far as it is known."""

    make: str | None = None
    model: str | None = None
    lens: str | None = None
    exposure_s: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_length_mm: float | None = None
    focal_length_35mm: float | None = None
    flash: bool | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where a picture was taken: degrees of WGS 84, north and east positive; metres above the sea, where known."""

    latitude: float
    longitude: float
    altitude_m: float | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; `changed` is when it was last written, which counts where nothing else says when."""

    taken: Taken | None = None
    changed: Taken | None = None
    camera: Camera | None = None
    location: Location | None = None


def metadata_of(fields: Mapping[str, Any]) -> Metadata:
    """Return what `dataclasses.asdict` made of it; raises TypeError for anything else."""
    parts = {"taken": Taken, "changed": Taken, "camera": Camera, "location": Location}
    return Metadata(**{name: part and parts[name](**part) for name, part in fields.items()})


def is_possible(clock: datetime) -> bool:
    """Tell whether anything can have been photographed when a clock somewhere showed this."""
    return FIRST_PHOTOGRAPH <= clock <= datetime.now(UTC).replace(tzinfo=None) + _TOLERANCE


def clock(moment: datetime) -> str:
    """Return what a clock shows, to the second: YYYY-MM-DDTHH:MM:SS."""
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def offset_of(text: str) -> str | None:
    """Return an offset from UTC as ±HH:MM, however it is written; None where no clock is that far away."""
    text = text.strip()
    if text == "Z":
        return "+00:00"
    match = _OFFSET.fullmatch(text)
    if match is None or int(match[3] or 0) > 59:
        return None
    minutes = (int(match[2]) * 60 + int(match[3] or 0)) * (-1 if match[1] == "-" else 1)
    return offset_text(minutes)


def offset_text(minutes: int) -> str | None:
    """Return an offset of so many minutes as ±HH:MM; None where no clock is that far from UTC."""
    if not _FARTHEST[0] <= minutes <= _FARTHEST[1]:
        return None
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def from_moment(moment: datetime, sender: str | None, source: TakenFrom) -> Taken:
    """Return a moment by the clock of its sender, of whom `sender` is any time (RFC 3339), else by that of UTC."""
    there = moment.astimezone(datetime.fromisoformat(sender).tzinfo) if sender else moment.astimezone(UTC)
    return Taken(clock(there), offset_of(there.isoformat()[-6:]), source)


def assumed(created_at: str, modified_at: str | None) -> Taken:
    """Return when a picture was taken of which nothing says so: when its file was written, or else when it came."""
    if modified_at is not None:
        modified = datetime.fromisoformat(modified_at)
        if modified >= _FIRST_FILE and is_possible(modified.replace(tzinfo=None)):
            return from_moment(modified, modified_at, "file")
    return from_moment(datetime.fromisoformat(created_at), modified_at, "upload")
