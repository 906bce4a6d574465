"""What a search box suggests while one types: people, albums, labels, months and cameras that there are.

Each kind is read in a bounded way. Months and cameras are kept in memory for some minutes, each caller's own apart;
cameras are those of a few pictures of each of a few months, spread over all that there are.
"""

import time
from calendar import month_name
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain, islice

from gallery.aws import table
from gallery.aws.table import Bounds
from gallery.people import names
from gallery.pictures import catalogue, label_counts, months, rows
from gallery.pictures.access import Caller
from gallery.pictures.filters import camera_name
from gallery.pictures.viewing import may_see
from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.words import fold, tokens
from search.known import known_albums
from search.lists import pool
from search.models import SearchSuggestion, SearchSuggestions

MOST_OF_A_KIND = 3
_FRESH_SECONDS = 300
"""How long months and cameras are taken to be those that there are."""
_MONTHS_LOOKED_AT, _PICTURES_OF_A_MONTH = 24, 4
_LABELS_LOOKED_AT = 20


def suggest(query: str, caller: Caller) -> SearchSuggestions:
    """Return what goes by names in which words begin with all those of a query, at most three of each kind.

    Where there is none, its last two words count, or its last: the others are what is searched for.
    """
    typed = [fold(token.text) for token in tokens(query)]
    tries = [typed, *(typed[-number:] for number in (2, 1) if number < len(typed))] if typed else []
    answers = (_named(beginnings, caller) for beginnings in tries)
    return SearchSuggestions(suggestions=next(filter(None, answers), []))


def _named(beginnings: Sequence[str], caller: Caller) -> list[SearchSuggestion]:
    return list(chain.from_iterable(islice(kind(beginnings, caller), MOST_OF_A_KIND) for kind in _KINDS))


def _begin(text: str, beginnings: Sequence[str]) -> bool:
    """Tell whether each of some beginnings is one of a word of a text."""
    own = [fold(token.text) for token in tokens(text)]
    return all(any(word.startswith(each) for word in own) for each in beginnings)


def _people(beginnings: Sequence[str], caller: Caller) -> Iterator[SearchSuggestion]:
    if caller.sub is None:
        return
    with suppress(ValueError):  # of no word there are two letters
        for person in names.beginning_with(" ".join(beginnings), MOST_OF_A_KIND):
            yield SearchSuggestion(kind="person", text=person.display_name or person.username, value=person.username)


def _albums(beginnings: Sequence[str], caller: Caller) -> Iterator[SearchSuggestion]:
    for album in known_albums(caller):
        if _begin(album.title, beginnings):
            yield SearchSuggestion(kind="album", text=album.title, value=album.id)


def _labels(beginnings: Sequence[str], _: Caller) -> Iterator[SearchSuggestion]:
    """Yield labels of public pictures: those that begin so, and names of classes in which a later word does."""
    classes = [each.name for each in image_classes() if _begin(each.name, beginnings)][:_LABELS_LOOKED_AT]
    counted = label_counts.beginning(" ".join(beginnings), _LABELS_LOOKED_AT) + label_counts.among(classes)
    once = {each.label.casefold(): each for each in counted if each.count > 0}
    for label in sorted(once.values(), key=lambda each: -each.count):
        yield SearchSuggestion(kind="label", text=label.label, value=label.label)


def _months(beginnings: Sequence[str], caller: Caller) -> Iterator[SearchSuggestion]:
    for month in _known_months(caller.sub, _slot()):
        text = f"{month_name[int(month[5:])]} {month[:4]}"
        if _begin(text, beginnings):
            yield SearchSuggestion(kind="month", text=text, value=month)


def _cameras(beginnings: Sequence[str], caller: Caller) -> Iterator[SearchSuggestion]:
    for name in _known_cameras(caller.sub, _slot()):
        if _begin(name, beginnings):
            yield SearchSuggestion(kind="camera", text=name, value=name)


def _slot() -> int:
    return int(time.time()) // _FRESH_SECONDS


@lru_cache(64)
def _known_months(sub: str | None, slot: int) -> Sequence[str]:  # noqa: ARG001 - a key, so that another slot reads anew
    """Return the months, newest first, of public pictures and of somebody's own."""
    counted = chain(months.months(None, ["public"]), months.months(sub, ["public", "private"]) if sub else ())
    return sorted({month for month, _ in counted}, reverse=True)


@lru_cache(64)
def _known_cameras(sub: str | None, slot: int) -> Sequence[str]:
    """Return the names of cameras of public pictures and of somebody's own, those of most pictures first."""
    known = _known_months(sub, slot)
    step = max(1, -(-len(known) // _MONTHS_LOOKED_AT))
    partitions = [rows.by_taken("public"), *([rows.by_taken("private", sub)] if sub else ())]
    listed = pool().map(lambda month: _some_of(partitions, month), known[::step])
    pictures = (each for each in catalogue.find_all(list(chain.from_iterable(listed))) if may_see(each, Caller(sub)))
    counted = Counter(name for each in pictures if each.camera and (name := camera_name(each.camera)))
    return [name for name, _ in counted.most_common()]


def _some_of(partitions: Iterable[str], month: str) -> list[str]:
    """Return the ids of a few pictures of a month."""
    keys, _ = table.merged(list(partitions), _PICTURES_OF_A_MONTH, None, Bounds(month, f"{month}~"))
    return [rows.id_in(sk) for _, sk in keys]


_KINDS: Sequence[Callable[[Sequence[str], Caller], Iterator[SearchSuggestion]]] = (
    _people, _albums, _labels, _months, _cameras,
)  # fmt: skip
