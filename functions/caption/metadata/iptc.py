"""IPTC records (IIM 4.2): the days and times at which a picture came into being and was digitised."""

import re
import struct
from collections.abc import Iterator

from caption.metadata.tags import Tags

RESOURCE = 0x0404
"""The image resource of Photoshop's in which a JPEG has them."""
_NAMES = {
    (2, 55): "DateCreated",
    (2, 60): "TimeCreated",
    (2, 62): "DigitalCreationDate",
    (2, 63): "DigitalCreationTime",
}
_EXTENDED = 0x8000
_MOST, _LONGEST = 1000, 100
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
_TIME = re.compile(r"(\d\d):?(\d\d):?(\d\d)\s*([+-]\d\d:?\d\d)?")


def read(records: bytes) -> Tags:
    """Return what records say of days and times, as far as they can be read, in the form that EXIF writes."""
    raw = {_NAMES[record]: value for record, value in _records(records) if record in _NAMES}
    days = {"DateCreated": "TimeCreated", "DigitalCreationDate": "DigitalCreationTime"}
    return Tags({day: _moment(raw.get(day, ""), raw.get(time, "")) for day, time in days.items()})


def _moment(day: str, time: str) -> str:
    """Return a day and its time in one; of a day that is not known but for its year or month, the first."""
    match, at = _DAY.match(day), _TIME.match(time)
    if match is None:
        return ""
    year, month, date = match.groups()
    whole = f"{year}:{month.replace('00', '01')}:{date.replace('00', '01')}"
    return f"{whole} {at[1]}:{at[2]}:{at[3]}{at[4] or ''}" if at else whole


def _records(records: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    at = max(records.find(b"\x1c", 0, 8), 0)
    for _ in range(_MOST):
        if at + 5 > len(records) or records[at] != 0x1C:
            return
        number, dataset, size = struct.unpack_from(">BBH", records, at + 1)
        if size & _EXTENDED:
            return
        yield (number, dataset), records[at + 5 : at + 5 + min(size, _LONGEST)].decode("latin-1")
        at += 5 + size
