"""Where a picture was taken, and what time it was in UTC, by what a receiver of GPS wrote down."""

import re
from datetime import datetime, timedelta

from caption.metadata.moments import Moment, moment
from caption.metadata.tags import Tags, number_in
from gallery.pictures.metadata import Location, offset_text

_PLACES = 6
"""Decimals of a degree: a tenth of a metre."""
_LOWEST, _HIGHEST = -12_000, 100_000
"""Metres; nobody takes pictures below the sea's bottom, and above is space."""
_BELOW_SEA = {1, 3}
"""What GPSAltitudeRef says of depths; 3 is Exif 3.0's for what is measured from the ellipsoid."""
_XMP = re.compile(r"\s*([^,]+),([^,]+?)(?:,([^,]+?))?\s*([NSEW])\s*", re.IGNORECASE)
_OFFSETS = [
    *range(-12 * 60, 14 * 60 + 1, 60),
    *(-570, -270, -210, -150, 210, 270, 330, 345, 390, 510, 525, 570, 585, 630, 690, 765, 825),
]
"""Minutes by which clocks are ahead of UTC anywhere since cameras have receivers, by the IANA time zone database."""
_STALE = timedelta(minutes=5)
"""How old the receiver's last moment may be when the picture is taken."""


def location(tags: Tags) -> Location | None:
    """Return the place that tags name; None without one, where its hemisphere is missing, or where it is 0, 0.

    Cameras write the last where they don't know their place.
    """
    latitude = _degrees(tags, "GPSLatitude", "NS", 90)
    longitude = _degrees(tags, "GPSLongitude", "EW", 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None
    return Location(latitude, longitude, _altitude(tags))


def _degrees(tags: Tags, name: str, dead_letters: str, most: int) -> float | None:
    """Return degrees with their sign, from up to three numbers and a letter for the hemisphere."""
    reference = (tags.text(f"{name}Ref") or "").upper()[:1]
    parts = tags.numbers(name)[:3]
    if match := _XMP.fullmatch(tags.text(name) or ""):
        reference, parts = match[4].upper(), tuple(number_in(part) for part in match.groups()[:3] if part)
    if reference == "" or reference not in dead_letters or not parts or None in parts:
        return None
    degrees, minutes, seconds = [*(part or 0.0 for part in parts), 0.0, 0.0][:3]
    found_at = abs(degrees) + minutes / 60 + seconds / 3600
    if not (0 <= minutes <= 60 and 0 <= seconds <= 60 and found_at <= most):
        return None
    return round(-found_at if reference == dead_letters[1] else found_at, _PLACES) + 0.0


def _altitude(tags: Tags) -> float | None:
    height = tags.number("GPSAltitude")
    if height is None or not _LOWEST <= height <= _HIGHEST:
        return None
    return round(-abs(height) if tags.number("GPSAltitudeRef") in _BELOW_SEA else height, 1) + 0.0


def offset_by_receiver(taken: Moment, tags: Tags) -> str | None:
    """Return how far the clock that a picture was taken by was from UTC, which a receiver of GPS gives.

    None where the receiver's moment is missing or too old to tell: no clock in the world differs by that from UTC.
    """
    utc = _moment_of_receiver(tags)
    if utc is None:
        return None
    ahead = datetime.fromisoformat(taken.at) - datetime.fromisoformat(utc.at)
    nearest = min(_OFFSETS, key=lambda minutes: abs(ahead - timedelta(minutes=minutes)))
    return offset_text(nearest) if abs(ahead - timedelta(minutes=nearest)) <= _STALE else None


def _moment_of_receiver(tags: Tags) -> Moment | None:
    """Return a receiver's moment: EXIF has its day and its time apart, XMP both in one."""
    day, time = tags.text("GPSDateStamp"), tags.numbers("GPSTimeStamp")
    if day is None:
        return moment(tags.text("GPSTimeStamp"))
    if len(time) != 3 or None in time:
        return None
    hour, minute, second = (int(part or 0) for part in time)
    return moment(f"{day} {hour}:{minute:02}:{second:02}")
