"""Pictures that look like a given one: they share its classes, and their pooled features point the same way."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gallery import catalogue, index
from gallery.access import Caller
from gallery.image import present
from gallery.pictures import Picture
from gallery.viewing import find_image, may_see
from search.lists import audiences, pool
from search.models import SimilarAnswer, SimilarResult

LISTS = 8
"""Lists of the picture that others are looked for in."""
NEIGHBOURS = 60
"""Pictures with about the same probability that are taken from each list, on either side."""
COMPARED = 200
"""Pictures whose features are compared at most."""

Features = npt.NDArray[np.float32]


def similar(image_id: str, limit: int, caller: Caller) -> SimilarAnswer:
    """Return the pictures most similar to one that the caller may see; none before it is captioned."""
    picture = find_image(image_id, caller)
    own = _features(picture)
    if own is None:
        return SimilarAnswer(results=[])
    others = [each for each in catalogue.find_all(_near(picture, caller)) if may_see(each, caller)]
    scored = [(score, each) for each in others if (score := _cosine(own, picture, each)) > 0]
    best = sorted(scored, key=lambda each: (each[0], each[1].id), reverse=True)[:limit]
    return SimilarAnswer(results=[SimilarResult(image=present(each), score=score) for score, each in best])


def _near(picture: Picture, caller: Caller) -> Sequence[str]:
    """Return the pictures that stand next to this one in most of its lists, most first."""
    standing = sorted(index.standing(picture).items(), key=lambda each: -each[1])[:LISTS]
    places = [
        (f"{index.by_group(wnid)}#{audience}", index.sort_key(p, picture.id))
        for wnid, p in standing
        for audience in audiences(caller)
    ]
    found = pool().map(lambda place: catalogue.sort_keys_around(place[0], place[1], NEIGHBOURS), places)
    shared = Counter(index.read_key(key)[1] for keys in found for key in keys)
    del shared[picture.id]
    return [image_id for image_id, _ in shared.most_common(COMPARED)]


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
