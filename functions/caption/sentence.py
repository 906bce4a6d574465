"""The sentence a person would write from a model's labels, or none where the model knows too little.

What a caption names must have FLOOR of the probability together; below it nothing is said. The rule, by the probability
p of the best class:

1. p ≥ 0.95: its name. "A golden retriever"
2. p ≥ 0.6: its name and the second best, if that has at least 0.03: as an alternative where both are kinds of one
   thing ("A golden retriever, perhaps a Labrador retriever"), else as something beside it ("A desk, perhaps with a
   monitor"); without such a second "Probably a golden retriever".
3. less, or not enough together: the narrowest thing that FLOOR of the probability agrees on, of those people have a
   word for, and up to three guesses of at least 0.075 each. "A kind of terrier, perhaps a Yorkshire terrier or a silky
   terrier"
4. nothing to agree on: just guesses, up to four of at least 0.03. "Perhaps a tile roof or a church"

Nothing broader than an animal or a device, at depth 6 in WordNet below `entity` at 0, is ever named. Classes that must
not be guessed (`gallery.vocabulary.sensitive`) count for nothing unless they are certain, neither by their own names
nor by what they are kinds of. `caption.wording` has the words.

Over the 100 photographs of the tests and 1000 others, one of each class, 88 % get a caption; of these captions 97 %
name the true class or something it is a kind of. `make bench` prints it for the former.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from caption import wording
from gallery.pictures.model import Label
from gallery.vocabulary.classes import Concept, ImageClass, image_classes
from gallery.vocabulary.sensitive import may_be_named

FLOOR = 0.78
"""Probability that all a caption names must have together. The lower, the more captions, and the more wrong ones."""
SURE = 0.95
LIKELY = 0.6
WORTH_MENTIONING = 0.03
SHALLOWEST = 6


@dataclass(frozen=True, slots=True)
class _Guesses:
    """How many classes are guessed at most, and from which probability."""

    most: int
    least: float


_ASIDE = _Guesses(3, 0.075)
"""Beside a broader word, which carries the caption."""
_ALONE = _Guesses(4, 0.03)
"""Where guesses are all there is."""


def sentence(labels: Sequence[Label]) -> str | None:
    """Return the caption for a model's labels, likeliest first; None where nothing is probable enough to be said."""
    sayable = [label for label in labels if may_be_named(label.wnid, label.probability)]
    if not sayable:
        return None
    return _named_by_the_best(sayable) or _named_by_what_is_common(sayable) or _guessed(sayable)


def _named_by_the_best(labels: Sequence[Label]) -> str | None:
    first, *others = labels
    if first.probability < LIKELY:
        return None
    if first.probability >= SURE:
        return _sentence(_named(first))
    second = next((label for label in others[:1] if label.probability >= WORTH_MENTIONING), None)
    if not _enough([first, second] if second else [first]):
        return None
    if second is None:
        return f"Probably {_named(first)}"
    alike = any(_has_word(ancestor) for ancestor in _class(first).ancestors & _class(second).ancestors)
    return _sentence(f"{_named(first)}, perhaps {'' if alike else 'with '}{_named(second)}")


def _named_by_what_is_common(labels: Sequence[Label]) -> str | None:
    agreed = _agreed(labels)
    return f"A kind of {agreed.words[0]}, {_perhaps(_worth(labels, _ASIDE))}" if agreed else None


def _guessed(labels: Sequence[Label]) -> str | None:
    guesses = _worth(labels, _ALONE)
    return _sentence(_perhaps(guesses)) if _enough(guesses) else None


def _enough(named: Sequence[Label]) -> bool:
    return sum(label.probability for label in named) >= FLOOR


def _worth(labels: Sequence[Label], guesses: _Guesses) -> Sequence[Label]:
    return [labels[0], *(label for label in labels[1 : guesses.most] if label.probability >= guesses.least)]


def _perhaps(guesses: Sequence[Label]) -> str:
    *names, last = map(_named, guesses)
    return f"perhaps {', '.join(names)} or {last}" if names else f"perhaps {last}"


def _agreed(labels: Sequence[Label]) -> Concept | None:
    """Return the narrowest concept people have a word for and most of the labels' probability speaks for."""
    support: dict[Concept, float] = {}
    for label in labels:
        for ancestor in _class(label).ancestors:
            support[ancestor] = support.get(ancestor, 0) + label.probability
    agreed = [concept for concept, probability in support.items() if probability >= FLOOR and _has_word(concept)]
    return min(agreed, key=lambda concept: (_breadth()[concept], -support[concept], concept.wnid), default=None)


def _has_word(concept: Concept) -> bool:
    return concept.depth >= SHALLOWEST and concept.words[0] not in wording.UNSAID


def _named(label: Label) -> str:
    """Return a label's friendly name with its article."""
    spoken = wording.SPOKEN.get(label.label, label.label)
    name = wording.PLURAL.get(spoken, spoken)
    if name in wording.WITHOUT_ARTICLE:
        return name
    return f"{wording.OTHER_ARTICLES.get(name) or ('an' if name[0].lower() in 'aeiou' else 'a')} {name}"


def _class(label: Label) -> ImageClass:
    return _classes()[label.wnid]


@cache
def _classes() -> Mapping[str, ImageClass]:
    return {image_class.wnid: image_class for image_class in image_classes()}


@cache
def _breadth() -> Mapping[Concept, int]:
    """Return how many classes are a kind of each concept: the fewer, the narrower it is."""
    return Counter(ancestor for image_class in image_classes() for ancestor in image_class.ancestors)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
