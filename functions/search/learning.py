"""What people's votes teach: a query moves towards what was found right for it, and away from what was found wrong.

Rocchio's method (Relevance feedback in information retrieval, 1971), twice: on the query's meaning, among the
encoder's embeddings; and on the relevances of classes, where what is said of a class also holds, the less the further
they are apart in WordNet, for others. Every weight is bounded, so that no voices can do more than halve or double what
a query is about, and a few can do less than many.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p

import numpy as np
import numpy.typing as npt

from gallery.feedback import votes
from gallery.feedback.votes import PictureVotes
from gallery.pictures import catalogue, index
from gallery.pictures.model import Picture
from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.groups import groups
from search.encoder import Vector
from search.meaning import Values, meanings

TOWARDS, AWAY = 0.5, 0.25
"""How far a query's meaning, of length one, moves at the most."""
RAISED, LOWERED = 0.5, 0.5
"""How much of what lacks to full relevance a class gains, or of its relevance it loses, at the most."""
CONVINCING = 6
"""Votes from which there are enough to learn from."""
ALONE = 2 / 3
"""How much a single voice lacks: one counts 0.6, two agreeing on a picture 0.75, five 0.88."""
MOST_PICTURES = 40
"""Pictures whose votes count: those most people agree on."""
FAITHFUL = 3
"""How fast a lesson fades with the distance in WordNet: the power to which the cosine of two classes is raised."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """Mean probabilities of each class in pictures found right and wrong, and how much they count, 0…1."""

    right: Values
    wrong: Values
    strength: float

    def move(self, vector: Vector) -> Vector:
        """Return where a query's meaning moves to; of length one, as all meanings."""
        embeddings = meanings().embeddings[: len(self.right)]
        right, wrong = _unit(self.right @ embeddings), _unit(self.wrong @ embeddings)
        return _unit((vector + self.strength * (TOWARDS * right - AWAY * wrong)).astype(np.float32))

    def weigh(self, relevance: Values) -> Values:
        """Return the relevances of classes after the lesson, within 0…1 as before."""
        kept = 1 - LOWERED * self.strength * _spread(self.wrong)
        gained = RAISED * self.strength * _spread(self.right)
        weighed: Values = relevance * kept + (1 - relevance) * gained
        return weighed


def lesson_on(query: str) -> Lesson | None:
    """Return what people have taught about a query; None where nobody has voted on any picture that still is public."""
    counted = [
        picture_votes
        for picture_votes in votes.for_query(votes.normalised(query))
        if picture_votes.positive != picture_votes.negative
    ]
    agreed = sorted(counted, key=lambda picture_votes: -abs(picture_votes.positive - picture_votes.negative))[
        :MOST_PICTURES
    ]
    pictures = {
        picture.id: picture
        for picture in catalogue.find_all([picture_votes.image_id for picture_votes in agreed])
        if _counts(picture)
    }
    voted = [
        (picture_votes, _shown(pictures[picture_votes.image_id]))
        for picture_votes in agreed
        if picture_votes.image_id in pictures
    ]
    return _lesson(voted) if voted else None


def _counts(picture: Picture) -> bool:
    return picture.visibility == "public" and picture.status == "captioned"


def _lesson(voted: Sequence[tuple[PictureVotes, Values]]) -> Lesson:
    net = [(picture_votes.positive - picture_votes.negative, shown) for picture_votes, shown in voted]
    right = _mean((votes, shown) for votes, shown in net if votes > 0)
    wrong = _mean((-votes, shown) for votes, shown in net if votes < 0)
    enough = min(1.0, sum(abs(votes) for votes, _ in net) / CONVINCING)
    agreeing = max(abs(votes) for votes, _ in net)
    return Lesson(right, wrong, enough * agreeing / (agreeing + ALONE))


def _mean(voted: Iterable[tuple[int, Values]]) -> Values:
    """Return the mean of what pictures show, each picture's votes counting less the more there are."""
    weighted = [(log1p(votes), shown) for votes, shown in voted]
    total = sum(weight for weight, _ in weighted) or 1.0
    mean: Values = sum((shown * np.float32(weight / total) for weight, shown in weighted), _nothing())
    return mean


def _shown(picture: Picture) -> Values:
    """Return the probability of each class in a picture."""
    shown = _nothing()
    for label in index.depicted(picture):
        if label.group:
            shown[list(label.group.members)] = label.probability / len(label.group.members)
    return shown


def _nothing() -> Values:
    return np.zeros(len(image_classes()), np.float32)


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


def _spread(shown: Values) -> Values:
    """Return what holds for each class if something holds for some to the extent that they are shown."""
    classes = np.flatnonzero(shown)
    nearness = (_descent()[classes] @ _descent().T) ** FAITHFUL
    spread: Values = np.clip(shown[classes] @ nearness, 0, 1)
    return spread


@cache
def _descent() -> npt.NDArray[np.float32]:
    """Return each class as a vector of length one over the groups it belongs to, the narrow ones weighing most."""
    descent = np.zeros((len(image_classes()), len(groups())), np.float32)
    for group in groups():
        descent[list(group.members), group.index] = group.weight
    normalised: npt.NDArray[np.float32] = descent / np.linalg.norm(descent, axis=1, keepdims=True)
    return normalised
