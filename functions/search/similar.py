"""Pictures that look like a given one: they share its classes, and their pooled features point the same way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from gallery.api.image import present_all
from gallery.aws import table
from gallery.pictures import catalogue, index
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.pictures.viewing import find_image, may_see
from gallery.vocabulary.groups import Group, groups
from search.lists import audiences, pool
from search.models import SimilarAnswer, SimilarResult

LISTS = 6
"""Lists of the picture that others are looked for in."""
NEIGHBOURS = 60
"""Pictures with about the same probability that are taken from each list, on either side."""
COMPARED = 100
"""Pictures whose features are compared at most."""

Features = npt.NDArray[np.float32]


def similar(image_id: str, limit: int, caller: Caller) -> SimilarAnswer:
    """Return the pictures most similar to one that the caller may see; none before it is captioned."""
    picture = find_image(image_id, caller)
    own = _features(picture)
    if own is None:
        return SimilarAnswer(results=[])
    others = [other for other in catalogue.find_all(_near(picture, caller)) if may_see(other, caller)]
    scored = [(score, other) for other in others if (score := _cosine(own, picture, other)) > 0]
    best = sorted(scored, key=lambda pair: (pair[0], pair[1].id), reverse=True)[:limit]
    images = present_all((picture for _, picture in best), caller)
    results = [SimilarResult(image=image, score=score) for (score, _), image in zip(best, images, strict=True)]
    return SimilarAnswer(results=results)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who stands next to the picture in a list, and how far away; all others are `beyond`.

    Distances are squares of differences of probability, and count the more the fewer classes the list is about.
    """

    distances: Mapping[str, float]
    beyond: float

    def distance(self, image_id: str) -> float:
        """Return how far away a picture stands, at least."""
        return self.distances.get(image_id, self.beyond)


def _near(picture: Picture, caller: Caller) -> Sequence[str]:
    """Return the pictures that stand closest to this one in all its lists together, the closest and newest first."""
    standing = index.standing(picture)
    narrow = [group for group in groups() if group.wnid in standing]
    telling = sorted(narrow, key=lambda group: -standing[group.wnid] / len(group.members) ** 0.5)[:LISTS]
    around = list(pool().map(lambda group: _surroundings(group, standing[group.wnid], picture, caller), telling))
    others = {image_id for near in around for image_id in near.distances} - {picture.id}
    newest = sorted(others, reverse=True)
    return sorted(newest, key=lambda image_id: sum(near.distance(image_id) for near in around))[:COMPARED]


def _surroundings(group: Group, own: float, picture: Picture, caller: Caller) -> Surroundings:
    gaps: dict[str, float] = {}
    beyond = own
    for audience in audiences(caller):
        partition = f"{index.by_group(group.wnid)}#{audience}"
        keys = table.sort_keys_around(partition, index.sort_key(own, picture.id), NEIGHBOURS)
        distances = {image_id: abs(p - own) for p, image_id in map(index.read_key, keys)}
        if len(keys) >= 2 * NEIGHBOURS:
            beyond = min(beyond, max(distances.values()))
        gaps |= distances
    weight = 1 / log(1.5 + len(group.members))
    return Surroundings({image_id: weight * gap**2 for image_id, gap in gaps.items()}, weight * beyond**2)


def _features(picture: Picture) -> Features | None:
    if picture.reading is None or not picture.reading.features:
        return None
    return np.frombuffer(picture.reading.features, np.int8).astype(np.float32)


def _cosine(own: Features, picture: Picture, other: Picture) -> float:
    theirs = _features(other)
    if theirs is None or not _same_model(picture, other):
        return 0.0
    lengths = float(np.linalg.norm(own) * np.linalg.norm(theirs))
    return round(min(1.0, float(own @ theirs) / lengths), 4) if lengths else 0.0


def _same_model(one: Picture, other: Picture) -> bool:
    return bool(one.reading and other.reading and one.reading.model == other.reading.model)
