"""Synthetic pictures by the hundred thousand: what a model would say of photographs, and people of some of them.

A picture's likeliest class is drawn by Zipf's law, the nine after it among its neighbours in WordNet, one in six
anywhere; probabilities fall off as ResNet50's do on the labelled photographs, of which half have a best label above
0.97 and a fifth one below 0.69. Every draw is the same in every run.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from caption.sentence import sentence
from gallery.pictures.model import Content, Label, Picture, Prediction
from gallery.vocabulary import lexicon
from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.groups import groups

LABELS = 10
FEATURES = 2048
MODEL = "ResNet50"

Values = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]

COMMON = ("summer", "evening", "street", "old", "winter", "city", "red", "friends", "beach", "walk", "rain", "grandma")
"""Words of titles, the most used first; after them comes one English word in ten."""


@dataclass(frozen=True)
class Pictures:
    """Pictures by number: their classes and the probability of each (n, 10), likeliest first."""

    classes: Indices
    probabilities: Values

    def __len__(self) -> int:
        return len(self.classes)

    def whole(self, number: int) -> Picture:
        """Return a picture with the features that make it look like others of its class."""
        picture = self[number]
        if picture.reading is None:
            raise AssertionError("every picture was read")
        return replace(picture, reading=replace(picture.reading, features=self._features(number)))

    def __getitem__(self, number: int) -> Picture:
        """Return a picture without its features; one in fifty has a label of its owner's, one in three a title."""
        rng = np.random.default_rng(number)
        labels = self._labels(number)
        corrected = rng.random() < 1 / 50
        title = " ".join(_word(rng) for _ in range(3)) if rng.random() < 1 / 3 else None
        return Picture(
            id=image_id(number),
            owner=f"owner-{number % 1000}",
            visibility="public",
            created_at="2026-01-01T00:00:00.000Z",
            status="captioned",
            version=2,
            filename=f"IMG_{number:05d}.jpg",
            title=title,
            owner_labels=(labels[1].label,) if corrected else None,
            content=_content(number),
            reading=Prediction(MODEL, labels, sentence(labels), "2026-01-01T00:00:01.000Z", 25.1),
        )

    def _labels(self, number: int) -> Sequence[Label]:
        seen = [image_classes()[index] for index in self.classes[number]]
        return tuple(
            Label(each.name, each.wnid, round(float(p), 6))
            for each, p in zip(seen, self.probabilities[number], strict=True)
        )

    def _features(self, number: int) -> bytes:
        own = np.random.default_rng(number).gamma(0.47, size=FEATURES) + _prototypes()[self.classes[number, 0]]
        return bytes(np.round(own * (127 / own.max())).astype(np.int8))


def image_id(number: int) -> str:
    """Return the id of a picture by its number; later ones have greater ids."""
    return f"01K{number:023d}"


def number_of(image_id: str) -> int:
    """Return the number of a picture by its id."""
    return int(image_id[3:])


def draw(count: int) -> Pictures:
    """Return so many pictures."""
    rng = np.random.default_rng(count)
    popularity = 1 / np.arange(1, len(image_classes()) + 1) ** 0.7
    best = rng.permutation(len(image_classes()))[
        rng.choice(len(image_classes()), size=count, p=popularity / popularity.sum())
    ]
    classes = np.empty((count, LABELS), np.intp)
    for number, index in enumerate(best):
        classes[number] = _seen_with(int(index), rng)
    return Pictures(classes, _probabilities(count, rng))


def _seen_with(index: int, rng: np.random.Generator) -> Indices:
    near = rng.choice(_neighbours()[index], size=2 * LABELS, replace=False)
    anywhere = rng.integers(len(image_classes()), size=2 * LABELS)
    mixed = np.where(rng.random(2 * LABELS) < 1 / 6, anywhere, near)
    mixed[0] = index
    _, firsts = np.unique(mixed, return_index=True)
    kept: Indices = mixed[np.sort(firsts)][:LABELS]
    return kept


def _probabilities(count: int, rng: np.random.Generator) -> Values:
    sharpness = np.maximum(0.7, rng.normal(3.8, 2.4, (count, 1)))
    falling = np.exp(-sharpness * np.arange(LABELS) ** 0.6 + rng.normal(0, 0.5, (count, LABELS)))
    falling = -np.sort(-falling, axis=1)
    probabilities: Values = (0.999 * falling / falling.sum(axis=1, keepdims=True)).astype(np.float32)
    return probabilities


def _word(rng: np.random.Generator) -> str:
    """Return a word; the most used stands in one title of twenty, others by Zipf's law less often."""
    return _words()[int(10 * (len(_words()) / 10) ** rng.random()) - 10]


@cache
def _words() -> Sequence[str]:
    english = lexicon.ENGLISH.read_text(encoding="utf-8").split()[::10]
    return [*COMMON, *np.random.default_rng(0).permutation(english).tolist()]


@cache
def _neighbours() -> Indices:
    """Return the 40 classes nearest to each in WordNet: those that share most, and the narrowest, groups."""
    shared = np.zeros((len(image_classes()), len(image_classes())), np.float32)
    for group in groups():
        rows = list(group.members)
        shared[np.ix_(rows, rows)] += 1 / len(rows) ** 0.5
    nearest: Indices = np.argsort(-shared, axis=1, kind="stable")[:, 1:41]
    return nearest


@cache
def _prototypes() -> Values:
    return np.random.default_rng(0).gamma(0.47, size=(len(image_classes()), FEATURES)).astype(np.float32)


def _content(number: int) -> Content:
    return Content(
        etag=f"{number:032x}", media_type="image/jpeg", size=3_000_000, sha256=f"{number:064x}", width=4000,
        height=3000, color="#a1b2c3", placeholder="3OcRJYB4d3h/iIeHeEh3eIhw+j2w", rendition=1, extension="jpg",
    )  # fmt: skip
