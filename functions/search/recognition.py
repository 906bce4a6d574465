"""Filters that a query says in English words: when, by whom, of what kind, with what, in which colour.

Each part of a query that is taken for filters is told with the answer, and can be made to count as words again. What a
search is most likely to mean as words is left to them: "red car" is a car, and "red pictures" a colour.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from gallery.aws import table
from gallery.pictures import rows
from gallery.pictures.access import Caller
from gallery.pictures.colors import COLOR_NAMES
from gallery.pictures.filters import TYPES, Filters
from gallery.vocabulary.lexicon import concepts_named
from gallery.vocabulary.words import says_nothing, tokens
from search.known import known_albums
from search.owners import owners_named
from search.periods import period_in
from search.typed import typed_words

_MOST_WORDS = 4
"""Words that a name, a label or a camera has at most."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A part of a query that is taken for filters, as it was typed, and the filters by their names."""

    text: str
    filters: Mapping[str, str | bool]


@dataclass(frozen=True, slots=True)
class _Part:
    """Where in a text a filter is said, and which."""

    start: int
    end: int
    filters: Mapping[str, str | bool]


def recognise(
    query: str, caller: Caller, given: Filters, words: Collection[str] = ()
) -> tuple[str, Sequence[Recognised]]:
    """Return the rest of a query, and what of it is taken for filters that are not given, in the order of the query.

    The texts in `words` are none. What is nothing but a word for pictures in general is no rest.
    """
    left, parts = query, list[_Part]()
    taken = {text.casefold() for text in words}
    for recogniser in _RECOGNISERS:
        part = recogniser(left, caller)
        if part is None or not given.given().keys().isdisjoint(part.filters):
            continue
        if query[part.start : part.end].strip().casefold() not in taken:
            parts.append(part)
            left = left[: part.start] + _GAP * (part.end - part.start) + left[part.end :]
    recognised = [Recognised(query[part.start : part.end].strip(), part.filters) for part in sorted(parts, key=_start)]
    return (_rest(left) if parts else query), recognised


_GAP = "\n"
"""What stands in place of a part that was recognised, so that none reaches over it."""


def _start(part: _Part) -> int:
    return part.start


def _rest(left: str) -> str:
    rest = " ".join(left.split())
    telling = [token.text for token in tokens(rest) if not says_nothing(token.text)]
    return rest if any(not re.fullmatch(_PICTURES, word) for word in telling) else ""


def joined(given: Filters, recognised: Sequence[Recognised]) -> Filters:
    """Return some filters together with those that a query says."""
    said = {name: value for each in recognised for name, value in each.filters.items()}
    return Filters(**{**given.given(), **said})


_PICTURES = r"(?:photo(?:graph)?s?|pictures?|pics?|images?|shots?|snaps?)"


def _at(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE)


def _period(text: str, _: Caller) -> _Part | None:
    period = period_in(text, datetime.now(UTC).date())
    if period is None:
        return None
    days = {"first": period.first, "last": period.last}
    return _Part(period.start, period.end, {name: day.isoformat() for name, day in days.items() if day})


_OWN = _at(rf"(?:(?:taken )?by (?:me|myself)|my (?={_PICTURES}\b))")
_BY = _at(rf"(?:(?:taken|made|shot) )?by @?(?P<words>\w[\w'\u2019-]*(?: \w[\w'\u2019-]*){{0,{_MOST_WORDS - 1}}})")


def _owner(text: str, caller: Caller) -> _Part | None:
    """Return by whom; somebody else only where a single person goes by all words of the name."""
    if caller.sub and (found := _OWN.search(text)):
        return _Part(*found.span(), {"owner": "me"})
    found = _BY.search(text)
    for name, end in _shorter_and_shorter(found) if found else ():
        words = typed_words(name, {})
        called = [owner for owner in owners_named(name, words) if len(owner.words) == len(words)]
        if found and len(called) == 1:
            return _Part(found.start(), end, {"owner": called[0].sub})
    return None


def _shorter_and_shorter(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the words that were matched, then all but the last, and so on, each with where that ends in the text."""
    words = found["words"]
    while words:
        yield words, found.start("words") + len(words)
        words = words.rpartition(" ")[0]


_FAVOURITES = _at(rf"(?:(?:my|our) )?(?:favou?rites|favou?rite(?= {_PICTURES}\b)|favou?rited)")
_PLACED = _at(r"(?:(?:with|having) (?:an? |the |some )?(?:place|location|gps|coordinates)|geo-?tagged)")


def _favourites(text: str, caller: Caller) -> _Part | None:
    found = _FAVOURITES.search(text) if caller.sub else None
    return _Part(*found.span(), {"favourite": True}) if found else None


def _placed(text: str, caller: Caller) -> _Part | None:
    found = _PLACED.search(text) if caller.sub else None
    return _Part(*found.span(), {"has_place": True}) if found else None


_SHORT_TYPES = "|".join(sorted((each for each in TYPES if "/" not in each and each != "raw"), key=len, reverse=True))
_TYPE = _at(rf"(?:(?:as|in) )?(?:(?P<type>{_SHORT_TYPES})s?(?: (?:files?|format|{_PICTURES}))?|(?P<raw>raw) (?:files?|format|{_PICTURES}))")  # fmt: skip  # noqa: E501


def _type(text: str, _: Caller) -> _Part | None:
    found = _TYPE.search(text)
    return _Part(*found.span(), {"type": (found["type"] or found["raw"]).casefold()}) if found else None


_ORIENTATIONS = {"portrait": "portrait", "vertical": "portrait", "upright": "portrait", "landscape": "landscape",
                 "horizontal": "landscape", "square": "square"}  # fmt: skip
_ORIENTATION = _at(rf"(?:in )?(?P<way>{'|'.join(_ORIENTATIONS)}) (?:format|orientation|mode|{_PICTURES})(?: of(?= ))?")


def _orientation(text: str, _: Caller) -> _Part | None:
    found = _ORIENTATION.search(text)
    return _Part(*found.span(), {"orientation": _ORIENTATIONS[found["way"].casefold()]}) if found else None


_MAKER = (
    "canon|nikon|sony|fuji(?:film)?|olympus|om system|panasonic|lumix|leica|pentax|ricoh|hasselblad|apple|iphone|ipad"
    "|samsung|galaxy|google|pixel|huawei|xiaomi|redmi|oneplus|motorola|nokia|htc|gopro|dji|kodak|casio|sigma|minolta"
    "|konica|polaroid|insta360|phase one"
)
_MODEL = (
    r"(?:[a-z-]*\d[\w-]*|eos|mark|mk|ii|iii|iv|vi?|pro|max|plus|mini|ultra|air|se|xr|xs|alpha|rebel|powershot|coolpix"
    r"|cyber-shot|lumix|iphone|ipad|pixel|galaxy|note|fold|flip|hero|mavic|corporation)"
)
_CAMERA_NAME = rf"(?:{_MAKER})(?: {_MODEL})*"
_CAMERA = _at(
    rf"(?:(?:(?:taken|shot|photographed|made|captured) )?(?:with|on|by) (?:an? |my |the )?(?P<by>{_CAMERA_NAME})"
    rf"|(?P<of>{_CAMERA_NAME}) {_PICTURES})"
)


def _camera(text: str, _: Caller) -> _Part | None:
    found = _CAMERA.search(text)
    return _Part(*found.span(), {"camera": found["by"] or found["of"]}) if found else None


_COLOR = rf"(?P<color>{'|'.join(COLOR_NAMES)}|gray)"
_COLORS = (
    _at(rf"colou?r:? ?{_COLOR}"),
    _at(rf"(?:mostly|mainly|predominantly) {_COLOR}"),
    _at(rf"(?<!and ){_COLOR} (?:{_PICTURES}|tones|colou?red {_PICTURES})"),
)


def _color(text: str, _: Caller) -> _Part | None:
    """Return a colour that is said of pictures, or nothing else is said, unless that is a thing (an orange)."""
    found = next((found for pattern in _COLORS if (found := pattern.search(text))), None)
    if found is None and not concepts_named((text.strip().casefold(),)):
        found = re.fullmatch(rf"\s*{_COLOR}\s*", text, re.IGNORECASE)
    return _Part(*found.span(), {"color": found["color"].casefold().replace("gray", "grey")}) if found else None


_LABEL = _at(rf"(?:label(?:l?ed)?:? ?|tagged |#)(?:\"(?P<quoted>[^\"]+)\"|(?P<words>[\w'-]+(?: [\w'-]+){{0,{_MOST_WORDS - 1}}}))")  # fmt: skip  # noqa: E501


def _label(text: str, _: Caller) -> _Part | None:
    """Return a label: what is quoted, or the longest that there is, else nothing."""
    found = _LABEL.search(text)
    if found is None:
        return None
    if found["quoted"]:
        return _Part(*found.span(), {"label": found["quoted"]})
    names = list(_shorter_and_shorter(found))
    there = {row["sk"] for row in table.read([rows.label_key(name) for name, _ in names], ProjectionExpression="sk")}
    known = next(((name, end) for name, end in names if name.casefold() in there), None)
    return _Part(found.start(), known[1], {"label": known[0]}) if known else None


_ALBUM = re.compile(r"(?<![\w-])(?:(?:in|from|of) )?(?:the |my |our )?album:? ?[\"\u201c]?(?=\w)", re.IGNORECASE)


def _album(text: str, caller: Caller) -> _Part | None:
    """Return the album whose title follows, of those that the caller may know; the longest title first."""
    found = _ALBUM.search(text)
    if found is None:
        return None
    following = text[found.end() :].casefold()
    titled = sorted(known_albums(caller), key=lambda album: -len(album.title))
    album = next((each for each in titled if re.match(rf"{re.escape(each.title.casefold())}(?!\w)", following)), None)
    if album is None:
        return None
    closing = re.match(r"[\"\u201d]", text[found.end() + len(album.title) :])
    return _Part(found.start(), found.end() + len(album.title) + bool(closing), {"album": album.id})


_RECOGNISERS: Sequence[Callable[[str, Caller], _Part | None]] = (
    _album, _label, _camera, _period, _type, _orientation, _favourites, _placed, _owner, _color,
)  # fmt: skip
"""Those that quote or name something first, so that no other takes a part of it."""
