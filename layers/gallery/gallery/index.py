"""The search index: in which lists a picture stands, and how high.

A list is about a group of classes or about a word. In the first kind a picture stands by the probability that it shows
one of the classes, in the second by who used the word. What its owner says counts as certain, and replaces what the
model saw. Each list exists once for everybody, once for admins and once for each owner of private pictures.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gallery.classes import Concept, image_classes
from gallery.groups import Group, group_of, groups, groups_with
from gallery.lexicon import concepts_named, phrase_of
from gallery.pictures import Picture
from gallery.words import stems

LEAST = 0.02
"""Probability below which a picture does not stand in a list; its best label always does."""

MOST_WORDS = 40

OWNERS_WORD, SAID, CAPTIONED, CREDITED = 1.0, 0.9, 0.5, 0.4
"""How much a word counts in the owner's labels, in the title, in the caption, in the attribution."""

PUBLIC, PRIVATE = "public", "private"
"""Audiences: everybody, and admins; the third kind is an owner's id."""

_DIGITS = 5


def postings(picture: Picture) -> set[tuple[str, str]]:
    """Return the (pk, sk) of every list of the index in which a picture has to stand."""
    if picture.status not in {"captioned", "pending"}:
        return set()
    standings = [(by_group(wnid), p) for wnid, p in standing(picture).items()]
    standings += [(by_word(stem), weight) for stem, weight in words(picture).items()]
    audience = audiences(picture)
    return {(f"{name}#{each}", sort_key(p, picture.id)) for name, p in standings for each in audience}


def audiences(picture: Picture) -> Collection[str]:
    """Return for whom a picture is listed."""
    if picture.visibility == "public":
        return [PUBLIC]
    return [PRIVATE] if picture.owner is None else [PRIVATE, picture.owner]


def by_group(wnid: str) -> str:
    """Return the name of the lists about a group of classes, before the audience's."""
    return f"CLASS#{wnid}"


def by_word(stem: str) -> str:
    """Return the name of the lists about a word, before the audience's."""
    return f"WORD#{stem}"


def is_by_word(posting: tuple[str, str]) -> bool:
    """Tell whether a posting (pk, sk) belongs to a list about a word."""
    return posting[0].startswith(by_word(""))


def sort_key(score: float, image_id: str) -> str:
    """Return a key that sorts by score 0…1 first and by id, oldest first, where scores are equal."""
    return f"{round(min(score, 1) * 10**_DIGITS):0{_DIGITS + 1}d}#{image_id}"


def read_key(sk: str) -> tuple[float, str]:
    """Return the score and the id that a sort key holds."""
    score, _, image_id = sk.partition("#")
    return int(score) / 10**_DIGITS, image_id


@dataclass(frozen=True, slots=True)
class Depicted:
    """Something that a picture shows, how likely, and the group of classes it means; None where it means none."""

    label: str
    probability: float
    group: Group | None


def depicted(picture: Picture) -> Iterator[Depicted]:
    """Yield what a picture shows, label by label: what its owner says, or else what the model saw."""
    if picture.owner_labels is not None:
        for label in picture.owner_labels:
            yield Depicted(label, 1.0, next(iter(owners_groups(label)), None))
    elif picture.reading:
        for each in picture.reading.named:
            yield Depicted(each.label, each.probability, next(iter(groups_with(each.wnid)), None))


def standing(picture: Picture) -> Mapping[str, float]:
    """Return the probability of each group of classes that a picture stands for, by the group's id."""
    if picture.owner_labels is not None:
        return {each.wnid: 1.0 for label in picture.owner_labels for each in owners_groups(label)}
    return _seen(picture)


def _seen(picture: Picture) -> Mapping[str, float]:
    labels = picture.reading.named if picture.reading else ()
    found: dict[str, float] = {}
    for label in labels:
        for group in groups_with(label.wnid):
            found[group.wnid] = found.get(group.wnid, 0) + label.probability
    best = {each.wnid for each in labels[:1]}
    return {wnid: p for wnid, p in found.items() if p >= LEAST or wnid in best}


def words(picture: Picture) -> Mapping[str, float]:
    """Return how much each stem of what was said of a picture counts, at most 40, the weightiest first."""
    found: dict[str, float] = {}
    for text, weight in _texts(picture):
        for stem in stems(text):
            found[stem] = max(weight, found.get(stem, 0))
    return dict(list(found.items())[:MOST_WORDS])


def _texts(picture: Picture) -> Iterator[tuple[str, float]]:
    for label in picture.owner_labels or ():
        yield label, OWNERS_WORD
    yield picture.title or "", SAID
    if picture.owner_labels is None and not picture.caption_hidden:
        yield from ((each.text, CAPTIONED) for each in picture.captions)
    yield picture.attribution or "", CREDITED


@lru_cache(10_000)
def owners_groups(label: str) -> Sequence[Group]:
    """Return what a picture shows if it shows what its owner says: that first, then what that is a kind of."""
    meant = [group for concept in _meant(label) if (group := group_of(concept))]
    return [each for each in groups() if any(group.members <= each.members for group in meant)]


def _meant(label: str) -> Collection[Concept]:
    named = _class_names().get(label.casefold())
    return [named] if named else concepts_named(phrase_of(label))


@cache
def _class_names() -> Mapping[str, Concept]:
    return {each.name.casefold(): each for each in image_classes()}
