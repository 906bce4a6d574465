"""When a picture was taken, by the name of its file: what cameras, phones and chat programs write there.

| Name | What it is |
|---|---|
| `IMG_20240714_162005.jpg`, `20240714_162005.jpg`, `VID_…`, `MVIMG_…`, `Screenshot_20240714-162005.png` | a clock |
| `IMG20240714162005.jpg`, `…_BURST20240714162005123.jpg`, `20240714162005.jpg` | a clock |
| `Screenshot 2024-07-14 at 16.20.05.png`, `… at 4.20.05 PM.png`, `Screenshot 2024-07-14 162005.png` | a clock |
| `WhatsApp Image 2024-07-14 at 16.20.05.jpeg`, `signal-2024-07-14-162005.jpg` | a clock |
| `photo_2024-07-14_16-20-05.jpg`, `photo_1@14-07-2024_16-20-05.jpg`, `WP_20240714_16_20_05_Pro.jpg` | a clock |
| `PXL_20240714_142005123.jpg` (Google's Pixel since 2020) | a moment in UTC |
| `1720966805123.jpg`, `FB_IMG_1720966805123.jpg`, `mmexport…` | a moment: milliseconds since 1970 |
| `IMG-20240714-WA0001.jpg` (WhatsApp), `WP_20240714_001.jpg`, `2024-07-14.jpg` | a day: its midnight |
| `DSC_0001.jpg`, `14.07.2024.jpg`, `20240714.jpg`, and every other number | nothing |

Eight digits alone are as often a number as a day, and 03.04.2024 is read differently in different countries.
"""

import re
from datetime import UTC, datetime, timedelta

from caption.metadata.moments import Moment, hour_of, moment_of
from gallery.pictures.metadata import Taken, from_moment, is_possible

_DAY = r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
_TIME = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)(?:\d{3})?(?!\d)"
"""Milliseconds may follow, but no other digits: those are of an id."""
_SPLIT_DAY = r"(?<!\d)(?P<year>(?:18|19|20)\d\d)(?P<by>[-_.])(?P<month>\d\d)(?P=by)(?P<day>\d\d)(?!\d)"
_SPLIT_TIME = r"(?P<hour>\d\d?)[-_.:h](?P<minute>\d\d)[-_.:m](?P<second>\d\d)(?!\d)"
_HALF = r"(?:\s?(?P<half>[AaPp])\.?\s?[Mm])?"
_WORD = r"(?<![0-9A-Za-z])[A-Za-z]*"

_IN_UTC = re.compile(rf"(?<![0-9A-Za-z])PXL_{_DAY}_{_TIME}")
_BY_A_CLOCK = [
    re.compile(pattern)
    for pattern in (
        rf"{_WORD}{_DAY}[-_T ]?{_TIME}",
        rf"{_SPLIT_DAY}[-_T ]{_TIME}",
        rf"{_SPLIT_DAY}\D{{1,12}}{_SPLIT_TIME}{_HALF}",
        rf"\bWP_{_DAY}_{_SPLIT_TIME}",
        rf"@(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d{{4}})_{_SPLIT_TIME}",
        rf"^[A-Z]{{3}}-{_DAY}-WA\d",
        rf"\bWP_{_DAY}_\d{{3}}(?!\d)",
        _SPLIT_DAY,
    )
]
_SINCE_1970 = re.compile(r"^[A-Za-z_-]*(1\d{12})(?!\d)")


def taken_by_name(name: str | None, sender: str | None = None) -> Taken | None:
    """Return when a picture was taken by its file's name; None where that says nothing, or nothing that makes sense.

    What it says in UTC is told by the clock of whoever sent the file, `sender` being a time of theirs (RFC 3339).
    """
    name = re.split(r"[/\\]", name or "")[-1]
    if match := _IN_UTC.search(name):
        moment = _moment(match)
        return from_moment(datetime.fromisoformat(f"{moment.at}+00:00"), sender, "filename") if moment else None
    if match := next((match for match in (pattern.search(name) for pattern in _BY_A_CLOCK) if match), None):
        moment = _moment(match)
        return Taken(moment.at, None, "filename") if moment else None
    if match := _SINCE_1970.match(name):
        passed = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(match[1]))
        return from_moment(passed, sender, "filename") if is_possible(passed.replace(tzinfo=None)) else None
    return None


def _moment(match: re.Match[str]) -> Moment | None:
    groups = match.groupdict()
    parts = {
        unit: int(groups[unit]) for unit in ("year", "month", "day", "hour", "minute", "second") if groups.get(unit)
    }
    if half := groups.get("half"):
        parts["hour"] = hour_of(parts["hour"], half)
    return moment_of(**parts)
