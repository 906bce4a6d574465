"""Judging captions of pictures of which it is known what they show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from caption.sentence import SHALLOWEST
from gallery.vocabulary.classes import ImageClass


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which part of the pictures got a caption, and which part of the captions is right, 0…1 each."""

    given: float
    right: float


def judged(captions: Iterable[tuple[str | None, ImageClass]]) -> Judgement:
    """Judge captions by what their pictures show: right are those that name it, or what it is a kind of."""
    judgements = [None if text is None else _is_right(text, true) for text, true in captions]
    given = [each for each in judgements if each is not None]
    return Judgement(len(given) / len(judgements), sum(given) / max(1, len(given)))


def _is_right(text: str, true: ImageClass) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in _names(true))


def _names(image_class: ImageClass) -> set[str]:
    """Return every word that names a class, or something it is a kind of that is not too broad to tell anything."""
    broader = [word for each in image_class.ancestors if each.depth >= SHALLOWEST for word in each.words]
    return {*image_class.words, *broader}
