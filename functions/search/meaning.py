"""How near a query's meaning is to each class: the sentence encoder over what WordNet says of classes and concepts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from gallery.vocabulary.classes import Concept, image_classes
from gallery.vocabulary.groups import breadth
from gallery.vocabulary.lexicon import concepts
from search.encoder import MODEL_FOLDER, Vector, encoder

Values = npt.NDArray[np.float32]
"""One value for each of the 1000 classes."""

BROADER = 0.5
"""How much the nearest of a class's broader concepts counts beside the class itself."""
TELLING = 300
"""Most classes of a broader concept that tells something."""
STEEPNESS = 12
"""How fast relevance falls with the distance to the nearest class; a class 0.06 behind is half as relevant."""
UNRELATED, CERTAIN = 0.25, 0.85
"""Likeness of the nearest class from which a query is taken to mean something, and from which it surely does."""
DOUBT, TRUST = 0.05, 0.9
"""Relevance of the nearest class at those two."""
NEGLIGIBLE = 0.02
"""Part of the nearest class's relevance below which a class has none."""


@dataclass(frozen=True, eq=False)
class Meanings:
    """Embeddings of all concepts (n, 384), and the rows of each class's broader concepts (1000, most of a class)."""

    embeddings: Vector
    broader: npt.NDArray[np.intp]

    def likeness(self, vector: Vector) -> Values:
        """Return how like each class is to what is meant, about 0…1."""
        cosines = self.embeddings @ vector
        likeness: Values = cosines[: len(self.broader)] + BROADER * cosines[self.broader].max(axis=1)
        return likeness

    def cosine(self, vector: Vector, concept: Concept) -> float:
        """Return the cosine between what is meant and a concept."""
        return float(self.embeddings[_rows()[concept]] @ vector)


def relevance(likeness: Values) -> Values:
    """Return the relevance 0…1 of each class: relative to the nearest, whose own depends on its likeness alone."""
    nearest = float(likeness.max())
    relative = np.exp(STEEPNESS * (likeness - nearest))
    relative[relative < NEGLIGIBLE] = 0
    sure = np.clip((nearest - UNRELATED) / (CERTAIN - UNRELATED), 0, 1)
    return np.asarray((DOUBT + (TRUST - DOUBT) * sure) * relative, np.float32)


def embed(text: str) -> Vector | None:
    """Return what a text means, of length one; None where there is no encoder."""
    model = encoder()
    return None if model is None else model.encode(text)


@cache
def meanings() -> Meanings:
    """Return what the concepts mean, loaded once per process; only where there is an encoder."""
    embeddings = np.load(MODEL_FOLDER / "concepts.npy").astype(np.float32)
    return Meanings(embeddings, _padded([_broader(image_class) for image_class in image_classes()]))


def _broader(concept: Concept) -> Sequence[int]:
    return [_rows()[ancestor] for ancestor in concept.ancestors if breadth(ancestor) <= TELLING] or [_rows()[concept]]


def _padded(rows: Sequence[Sequence[int]]) -> npt.NDArray[np.intp]:
    longest = max(map(len, rows))
    return np.array([[*row, *[row[0]] * (longest - len(row))] for row in rows], np.intp)


@cache
def _rows() -> dict[Concept, int]:
    return {concept: row for row, concept in enumerate(concepts())}
