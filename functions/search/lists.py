"""Reading the lists of the index and adding up what they say.

Long lists are not read to their end, so a picture may stand in a list without having been read there. What a narrower
list says of it holds for the broader one all the same: who stands high among the beagles stands as high among the dogs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from gallery import index, table
from gallery.access import Caller

DEEPEST = 500
"""How many results a query has at most, and so how deep a list is read if there are few."""
SHALLOWEST = 10
"""How deep a list is read that hardly counts."""
MOST_POSTINGS = 32 * 100
"""Postings read for a query at most, for each audience; lists share them by how much they count."""
_AT_ONCE = 8

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list to read: its name before the audience's, how much it counts, and the classes or the stem it is about."""

    name: str
    weight: float
    classes: frozenset[int] = frozenset()
    stem: str | None = None


Hit = tuple[int, float, tuple[str, str]]
"""Which of the wanted lists a picture was read in, with what score 0…1, and the posting (pk, sk) that says so."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that some list has, and its score 0…1."""

    image_id: str
    score: float
    hits: Sequence[Hit]


def audiences(caller: Caller) -> Sequence[str]:
    """Return which audiences' lists a caller may read."""
    if caller.admin:
        return [index.PUBLIC, index.PRIVATE]
    return [index.PUBLIC] if caller.sub is None else [index.PUBLIC, caller.sub]


def candidates(wanted: Sequence[Wanted], caller: Caller) -> list[Candidate]:
    """Return the best pictures of some lists, best first and newest first among equals, at most 500.

    What lists of classes say adds up to at most 1, and so does what lists of words say; both together are as likely
    as that not both err.
    """
    found: dict[str, list[Hit]] = defaultdict(list)
    for image_id, hit in _read(wanted, caller):
        found[image_id].append(hit)
    scores = _scores(wanted, list(found.values()))
    best = sorted(zip(scores.tolist(), found, strict=True), reverse=True)[:DEEPEST]
    return [Candidate(image_id, score, found[image_id]) for score, image_id in best if score > 0]


def revised(candidate: Candidate, wanted: Sequence[Wanted], postings: Collection[tuple[str, str]]) -> Candidate:
    """Return a candidate by those of its hits alone that are among its picture's present postings."""
    hits = [each for each in candidate.hits if each[2] in postings]
    if len(hits) == len(candidate.hits):
        return candidate
    return Candidate(candidate.image_id, float(_scores(wanted, [hits])[0]), hits)


def _read(wanted: Sequence[Wanted], caller: Caller) -> Iterator[tuple[str, Hit]]:
    asked = [
        (number, f"{each.name}#{audience}", depth)
        for number, (each, depth) in enumerate(zip(wanted, _depths(wanted), strict=True))
        for audience in audiences(caller)
    ]
    lists = pool().map(lambda each: table.sort_keys(each[1], each[2]), asked)
    for (number, partition, _), keys in zip(asked, lists, strict=True):
        for key in keys:
            score, image_id = index.read_key(key)
            yield image_id, (number, score, (partition, key))


def _depths(wanted: Sequence[Wanted]) -> Sequence[int]:
    """Return how deep to read each list."""
    all_weights = sum(abs(each.weight) for each in wanted)
    shared = MOST_POSTINGS - SHALLOWEST * len(wanted)
    return [min(DEEPEST, SHALLOWEST + int(shared * abs(each.weight) / all_weights)) for each in wanted]


def _scores(wanted: Sequence[Wanted], found: Sequence[Sequence[Hit]]) -> Scores:
    """Return the score of each picture, to six decimals, by its hits."""
    standing = np.zeros((len(wanted), len(found)))
    for picture, hits in enumerate(found):
        for number, score, _ in hits:
            standing[number, picture] = score
    for narrow, broad in _within(wanted):
        np.maximum(standing[broad], standing[narrow], out=standing[broad])
    weights = np.array([each.weight for each in wanted])
    said = np.array([each.stem is not None for each in wanted], bool)
    shown_at_all = np.clip(weights[~said] @ standing[~said], 0, 1)
    said_at_all = np.clip(weights[said] @ standing[said], 0, 1)
    scores: Scores = np.round(1 - (1 - shown_at_all) * (1 - said_at_all), 6)
    return scores


def _within(wanted: Sequence[Wanted]) -> Iterator[tuple[int, int]]:
    """Yield each list of classes with each that is about these and more, the narrowest first."""
    narrow_first = sorted(range(len(wanted)), key=lambda each: len(wanted[each].classes))
    for place, narrow in enumerate(narrow_first):
        for broad in narrow_first[place + 1 :]:
            if wanted[narrow].classes and wanted[narrow].classes < wanted[broad].classes:
                yield narrow, broad


@cache
def pool() -> ThreadPoolExecutor:
    """Return the threads that read lists, kept for the life of the process."""
    return ThreadPoolExecutor(_AT_ONCE)
