"""Days that a query names in English words: "July 2024", "last summer", "from 2019 to 2021".

Seasons are the meteorological ones of the northern hemisphere, a winter is of the year in which it begins, weeks begin
on Monday. What is said from today on goes by the calendar of UTC.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Days = tuple[date, date]
"""The first and the last day of a period."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period that some part of a text names: from where to where in the text, and its days, None for no such end."""

    start: int
    end: int
    first: date | None
    last: date | None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS: Mapping[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each season begins; it has three."""

_YEAR = r"(?P<year>18[2-9]\d|19\d\d|20\d\d)"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_UNIT = r"(?P<unit>day|week|month|year)s?"


def _of_month(year: int, month: int, months: int = 1) -> Days:
    """Return the days of some months from one on."""
    years, last = divmod(month + months - 2, 12)
    return date(year, month, 1), date(year + years, last + 1, monthrange(year + years, last + 1)[1])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _day(found: re.Match[str], _: date) -> Days:
    month = found["month"]
    day = date(int(found["year"]), int(month) if month.isdigit() else _month(month), int(found["day"]))
    return day, day


def _month_of_year(found: re.Match[str], _: date) -> Days:
    month = found["month"]
    return _of_month(int(found["year"]), int(month) if month.isdigit() else _month(month))


def _season_of_year(found: re.Match[str], _: date) -> Days:
    return _of_month(int(found["year"]), _SEASONS[found["season"]], 3)


def _year(found: re.Match[str], _: date) -> Days:
    return _of_month(int(found["year"]), 1, 12)


def _decade(found: re.Match[str], _: date) -> Days:
    number = int(found["decade"])
    year = number if number > 100 else number + (1900 if number >= 30 else 2000)
    return _of_month(year, 1, 120)


def _today(found: re.Match[str], today: date) -> Days:
    day = today - timedelta(days=found["word"] == "yesterday")
    return day, day


def _this_or_last(found: re.Match[str], today: date) -> Days:
    """Return the period of that name that today lies in, or the one before."""
    this, last = _around(found["what"], today)
    return last if found["which"] == "last" else this


def _around(what: str, today: date) -> tuple[Days, Days]:
    """Return the period of a name that today lies in, or else the latest that has begun, and the last that is over."""
    if what in {"week", "weekend"}:
        monday = today - timedelta(days=today.weekday())
        begin, days = (monday, 7) if what == "week" else (monday + timedelta(days=5), 2)
        this, last = ((day, day + timedelta(days=days - 1)) for day in (begin, begin - timedelta(days=7)))
        return this, last
    if what == "month":
        before = today.replace(day=1) - timedelta(days=1)
        return _of_month(today.year, today.month), _of_month(before.year, before.month)
    month, months = (1, 12) if what == "year" else (_SEASONS[what], 3) if what in _SEASONS else (_month(what), 1)
    begun = [_of_month(today.year - ago, month, months) for ago in range(3)]
    begun = [days for days in begun if days[0] <= today]
    return begun[0], next(days for days in begun if days[1] < today)


def _ago(found: re.Match[str], today: date) -> Days:
    """Return the day, month or year so long ago; of weeks the seven days."""
    number = int(found["number"]) if found["number"].isdigit() else 1
    match found["unit"]:
        case "day":
            return (day := today - timedelta(days=number)), day
        case "week":
            return _around("week", today - timedelta(weeks=number))[0]
        case "month":
            years, month = divmod(today.year * 12 + today.month - 1 - number, 12)
            return _of_month(years, month + 1)
    return _of_month(today.year - number, 1, 12)


def _latest(found: re.Match[str], today: date) -> Days:
    """Return the last so many days, weeks, months or years, up to today."""
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[found["unit"]]
    return today - timedelta(days=days * int(found["number"])), today


_FORMS: Sequence[tuple[str, Callable[[re.Match[str], date], Days]]] = (
    (rf"{_YEAR}-(?P<month>\d\d)-{_DAY}", _day),
    (rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}", _day),
    (rf"{_MONTH} {_DAY},? {_YEAR}", _day),
    (rf"{_MONTH},? (?:of )?{_YEAR}", _month_of_year),
    (rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])", _month_of_year),
    (rf"(?:the )?{_SEASON} (?:of )?{_YEAR}", _season_of_year),
    (r"(?:the )?(?P<decade>(?:18|19|20)\d0)'?s", _decade),
    (r"the '?(?P<decade>\d0)'?s", _decade),
    (_YEAR, _year),
    (r"(?P<word>today|yesterday)", _today),
    (
        rf"(?P<which>this|last) (?P<what>week|weekend|month|year|{_SEASON}|{_MONTH})".replace("?P<season>", "?:")
        .replace("?P<month>", "?:"),
        _this_or_last,
    ),
    (rf"(?P<number>\d{{1,3}}|an?|one) {_UNIT} ago", _ago),
    (rf"(?:the )?(?:last|past) (?P<number>\d{{1,3}}) {_UNIT}", _latest),
)  # fmt: skip
"""How a period may be said, and which days that are."""

_NAMED = "|".join(re.sub(r"\?P<\w+>", "?:", form) for form, _ in _FORMS)
_TO = r"(?: (?:to|and|until|till|through) | ?[-\u2013] ?)"
_WAYS = (
    rf"(?:(?:from|between) )?(?P<from>{_NAMED}){_TO}(?P<to>{_NAMED})",
    rf"(?P<bound>since|after|before|until|till) (?P<day>{_NAMED})",
    rf"(?:(?:taken )?(?:in|on|from|during|of) )?(?:the )?(?P<when>{_NAMED})",
)
_PATTERNS = tuple(re.compile(rf"(?<![\w-]){way}(?![\w-])", re.IGNORECASE) for way in _WAYS)


def period_in(text: str, today: date) -> Period | None:
    """Return the first period that a text names; None where it names none that has begun."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            first, last = _ends(found, today)
            if (first or last) and (first is None or first <= today) and not (first and last and last < first):
                return Period(*found.span(), first, last)
    return None


def _ends(found: re.Match[str], today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day of what was matched, both None where no calendar has it."""
    parts = found.groupdict()
    try:
        if "from" in parts:
            return _days(parts["from"], today)[0], _days(parts["to"], today)[1]
        if "bound" in parts:
            return _open_ended(parts["bound"].casefold(), _days(parts["day"], today))
        return _days(parts["when"], today)
    except (ValueError, OverflowError):
        return None, None


def _open_ended(bound: str, days: Days) -> tuple[date | None, date | None]:
    first, last = days
    match bound:
        case "since":
            return first, None
        case "after":
            return last + timedelta(days=1), None
        case "before":
            return None, first - timedelta(days=1)
    return None, last


def _days(text: str, today: date) -> Days:
    """Return the days of a period as it is said; raises ValueError where no calendar has it."""
    said = text.casefold()
    for form, days in _FORMS:
        if found := re.fullmatch(form, said):
            return days(found, today)
    raise ValueError(text)
