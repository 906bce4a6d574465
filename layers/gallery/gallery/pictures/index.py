"""The search index: in which lists a picture stands, and how high.

A list is about a group of classes or about a word. In the first kind a picture stands by the probability that it shows
one of the classes, in the second by who used the word. What its owner says counts as certain, and replaces what the
model saw. Each list exists once for everybody, once for admins and once for each owner of private pictures.

A word of what people wrote has a list for each of its spellings (as it is, without accents, without its ending), and
one for each of its parts; in the lists of all but the first a picture stands a little lower. `TEXTS` says which texts
of a picture those are. Whatever changes how pictures are entered raises `VERSION`, so that the sweeper enters again
those that are there.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gallery.pictures.model import Picture
from gallery.vocabulary.classes import Concept, image_classes
from gallery.vocabulary.groups import Group, group_of, groups, groups_with
from gallery.vocabulary.lexicon import concepts_named, phrase_of
from gallery.vocabulary.words import Token, says_nothing, spellings, split_name, stems, tokens

VERSION = 5
"""Of the way in which pictures are entered into lists."""

LEAST = 0.02
"""Probability below which a picture does not stand in a list; its best label always does."""

SURE, SUREST = 0.99, 0.9998
"""A model's probabilities from the first on end at the second: it is never as sure as what somebody wrote."""

MOST_WORDS = 400
"""Lists of words that a picture stands in for an audience, those of whole words first."""

OWNERS_WORD, SAID, DESCRIBED, CAPTIONED, FILED, CREDITED = 1.0, 0.9999, 0.6, 0.5, 0.45, 0.4
"""How much a word counts in an owner's label, title and description, in the caption, file name and attribution."""

LONGER = 0.00001
"""How much less a word of a title counts for each other one that means something: the shorter title comes first."""

PART, CHARACTER = 0.85, 0.8
"""How much a part counts of a compound or of a run without spaces, and a single character of such a run."""

PARTITIONS = ("CLASS#", "WORD#")
"""How the partitions of the index begin."""

PUBLIC, PRIVATE = "public", "private"
"""Audiences: everybody, and admins; the third kind is an owner's id."""

_DIGITS = 5


def postings(picture: Picture) -> set[tuple[str, str]]:
    """Return the (pk, sk) of every list of the index in which a picture has to stand."""
    if picture.status not in {"captioned", "pending"}:
        return set()
    standings = [(by_group(wnid), p) for wnid, p in standing(picture).items()]
    standings += [(by_word(term), weight) for term, weight in words(picture).items()]
    audience = audiences(picture)
    return {(f"{name}#{audience_}", sort_key(p, picture.id)) for name, p in standings for audience_ in audience}


def audiences(picture: Picture) -> Collection[str]:
    """Return for whom a picture is listed."""
    if picture.visibility == "public":
        return [PUBLIC]
    return [PRIVATE] if picture.owner is None else [PRIVATE, picture.owner]


def by_group(wnid: str) -> str:
    """Return the name of the lists about a group of classes, before the audience's."""
    return f"CLASS#{wnid}"


def by_word(term: str) -> str:
    """Return the name of the lists about a word in one of its spellings, before the audience's."""
    return f"WORD#{term}"


def is_by_group(posting: tuple[str, str]) -> bool:
    """Tell whether a posting (pk, sk) belongs to a list about a group of classes."""
    return posting[0].startswith(by_group(""))


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
        for predicted in picture.reading.named:
            yield Depicted(predicted.label, predicted.probability, next(iter(groups_with(predicted.wnid)), None))


def standing(picture: Picture) -> Mapping[str, float]:
    """Return the probability of each group of classes that a picture stands for, by the group's id."""
    if picture.owner_labels is not None:
        return {group.wnid: 1.0 for label in picture.owner_labels for group in owners_groups(label)}
    return _probabilities(picture)


def _probabilities(picture: Picture) -> Mapping[str, float]:
    labels = picture.reading.named if picture.reading else ()
    sums: dict[str, float] = {}
    for label in labels:
        for group in groups_with(label.wnid):
            sums[group.wnid] = sums.get(group.wnid, 0) + label.probability
    best = {label.wnid for label in labels[:1]}
    return {wnid: _believed(p) for wnid, p in sums.items() if p >= LEAST or wnid in best}


def _believed(p: float) -> float:
    return p if p <= SURE else SURE + (min(p, 1) - SURE) * (SUREST - SURE) / (1 - SURE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a picture that its words stand in lists by: where it is, how much a word counts, how many count.

    Of what people `wrote` every word counts, as it is and in its other spellings, of a model's sentence the stems of
    those that mean something.
    """

    of: Callable[[Picture], Iterable[str]]
    weight: float
    most: int
    wrote: bool = True
    shorter_first: bool = False


def _sentences(picture: Picture) -> Iterable[str]:
    if picture.owner_labels is not None or picture.caption_hidden:
        return []
    return [caption.text for caption in picture.captions]


TEXTS = (
    Text(lambda picture: picture.owner_labels or (), OWNERS_WORD, 100),
    Text(lambda picture: [picture.title or ""], SAID, 100, shorter_first=True),
    Text(lambda picture: [picture.owner_description or ""], DESCRIBED, 100),
    Text(_sentences, CAPTIONED, 40, wrote=False),
    Text(lambda picture: [split_name(picture.filename or "")], FILED, 60),
    Text(lambda picture: [picture.attribution or ""], CREDITED, 200),
)
"""The weightiest first."""


def words(picture: Picture) -> Mapping[str, float]:
    """Return how much each word said of a picture counts, in each of its spellings, at most 400, whole ones first."""
    whole, other = dict[str, float](), dict[str, float]()
    for text in TEXTS:
        for term, exactness, weight in _entries(text, picture):
            weights = whole if exactness == 1 else other
            weights[term] = max(exactness * weight, weights.get(term, 0))
    weights = {**whole, **{term: max(weight, whole.get(term, 0)) for term, weight in other.items()}}
    return dict(list(weights.items())[:MOST_WORDS])


def _entries(text: Text, picture: Picture) -> Iterator[tuple[str, float, float]]:
    """Yield the terms of one text of a picture, with how exact each is and how much its word counts."""
    if not text.wrote:
        stems_ = [stem for part in text.of(picture) for stem in stems(part)]
        yield from ((stem, 1.0, text.weight) for stem in stems_[: text.most])
        return
    tokens_ = [token for part in text.of(picture) for token in tokens(part)][: text.most]
    others = max(0, sum(not says_nothing(token.text) for token in tokens_) - 1)
    weight = text.weight - LONGER * others if text.shorter_first else text.weight
    yield from ((term, exactness, weight) for token in tokens_ for term, exactness in terms(token).items())


@lru_cache(10_000)
def terms(token: Token) -> Mapping[str, float]:
    """Return the names of the lists that a word stands in, before the audience's, with how exact each is, 0…1."""
    if token.unspaced:
        pieces = {**dict.fromkeys(token.text, CHARACTER), **dict.fromkeys(token.parts, PART)}
        return {**pieces, token.text: 1.0}
    pieces = {spelling: PART * exactness for part in token.parts for spelling, exactness in spellings(part).items()}
    return {**pieces, **spellings(token.text)}


@lru_cache(10_000)
def owners_groups(label: str) -> Sequence[Group]:
    """Return what a picture shows if it shows what its owner says: that first, then what that is a kind of."""
    groups_meant = [group for concept in _concepts_of(label) if (group := group_of(concept))]
    return [wider for wider in groups() if any(group.members <= wider.members for group in groups_meant)]


def _concepts_of(label: str) -> Collection[Concept]:
    named = _class_names().get(label.casefold())
    return [named] if named else concepts_named(phrase_of(label))


@cache
def _class_names() -> Mapping[str, Concept]:
    return {image_class.name.casefold(): image_class for image_class in image_classes()}
