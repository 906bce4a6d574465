"""Reading the lists of the index and adding up what they say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from gallery import catalogue, index
from gallery.access import Caller

DEEPEST = 500
"""How many results a query has at most, and so how deep a list is read if there are few."""
MOST_POSTINGS = 32 * 200
"""Postings read for a query at most, for each audience."""
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list to read: its name before the audience's, how much it counts, and the stem if it is a word's."""

    name: str
    weight: float
    stem: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that some list has: its score 0…1, the stems found, and the postings that brought it here."""

    image_id: str
    score: float
    stems: Sequence[str]
    postings: Sequence[tuple[str, str]]


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
    found: dict[str, list[tuple[Wanted, float, tuple[str, str]]]] = defaultdict(list)
    for each, partition, key in _read(wanted, caller):
        score, image_id = index.read_key(key)
        found[image_id].append((each, score, (partition, key)))
    ranked = sorted((_candidate(image_id, hits) for image_id, hits in found.items()), key=_order, reverse=True)
    return [each for each in ranked[:DEEPEST] if each.score > 0]


def _order(candidate: Candidate) -> tuple[float, str]:
    return candidate.score, candidate.image_id


def _candidate(image_id: str, hits: Sequence[tuple[Wanted, float, tuple[str, str]]]) -> Candidate:
    shown = sum(each.weight * score for each, score, _ in hits if each.stem is None)
    said = sum(each.weight * score for each, score, _ in hits if each.stem is not None)
    score = 1 - (1 - _bounded(shown)) * (1 - _bounded(said))
    stems = [each.stem for each, _, _ in hits if each.stem is not None]
    return Candidate(image_id, round(score, 6), stems, [posting for _, _, posting in hits])


def _bounded(value: float) -> float:
    return min(1.0, max(0.0, value))


def _read(wanted: Sequence[Wanted], caller: Caller) -> Iterator[tuple[Wanted, str, str]]:
    depth = min(DEEPEST, MOST_POSTINGS // max(1, len(wanted)))
    partitions = [(each, f"{each.name}#{audience}") for each in wanted for audience in audiences(caller)]
    lists = pool().map(lambda each: catalogue.sort_keys(each[1], depth), partitions)
    for (each, partition), keys in zip(partitions, lists, strict=True):
        for key in keys:
            yield each, partition, key


@cache
def pool() -> ThreadPoolExecutor:
    """Return the threads that read lists, kept for the life of the process."""
    return ThreadPoolExecutor(_AT_ONCE)
