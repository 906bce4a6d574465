"""The sentence a person would write from a model's labels.

The rule, by the probability p of the best class:

1. p ≥ 0.85: its name. "A golden retriever"
2. p ≥ 0.6: its name and the second best, if that has at least 0.05: as an alternative where both are kinds of one
   thing ("A golden retriever, perhaps a Labrador retriever"), else as something beside it ("A desk, perhaps with a
   monitor"); without such a second "Probably a golden retriever".
3. less: the narrowest thing that six tenths of the probability agree on, of those people have a word for, and up to
   three guesses of at least 0.075 each. "A kind of terrier, perhaps a Yorkshire terrier or a silky terrier"
4. nothing to agree on: just the guesses. "Perhaps a tile roof or a church"

Nothing broader than an animal or a device, at depth 6 in WordNet below `entity` at 0, is ever named. `caption.wording`
has the words. Over the 100 photographs of the tests, 91 captions name the true class or something it is a kind of.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from caption import wording
from gallery.classes import Concept, ImageClass, image_classes
from gallery.pictures import Label

SURE = 0.85
LIKELY = 0.6
WORTH_MENTIONING = 0.05
AGREED = 0.6
WORTH_GUESSING = 0.075
MOST_GUESSES = 3
SHALLOWEST = 6


def sentence(labels: Sequence[Label]) -> str:
    """Return the caption for a model's labels, likeliest first; raises ValueError if there is none."""
    if not labels:
        raise ValueError("a caption needs a label")
    first, second = labels[0], labels[1] if len(labels) > 1 else None
    if first.probability >= SURE:
        return _sentence(_named(first))
    if first.probability >= LIKELY:
        return _likely(first, second)
    agreed = _agreed(labels)
    return f"A kind of {agreed.words[0]}, {_guesses(labels)}" if agreed else _sentence(_guesses(labels))


def _likely(first: Label, second: Label | None) -> str:
    if second is None or second.probability < WORTH_MENTIONING:
        return f"Probably {_named(first)}"
    alike = any(_sayable(each) for each in _class(first).ancestors & _class(second).ancestors)
    return _sentence(f"{_named(first)}, perhaps {'' if alike else 'with '}{_named(second)}")


def _guesses(labels: Sequence[Label]) -> str:
    others = [each for each in labels[1:MOST_GUESSES] if each.probability >= WORTH_GUESSING]
    *names, last = [_named(each) for each in (labels[0], *others)]
    return f"perhaps {', '.join(names)} or {last}" if names else f"perhaps {last}"


def _agreed(labels: Sequence[Label]) -> Concept | None:
    """Return the narrowest concept people have a word for and most of the labels' probability speaks for."""
    support: dict[Concept, float] = {}
    for label in labels:
        for each in _class(label).ancestors:
            support[each] = support.get(each, 0) + label.probability
    agreed = [each for each, probability in support.items() if probability >= AGREED and _sayable(each)]
    return min(agreed, key=lambda each: (_breadth()[each], -support[each], each.wnid), default=None)


def _sayable(concept: Concept) -> bool:
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
    return {each.wnid: each for each in image_classes()}


@cache
def _breadth() -> Mapping[Concept, int]:
    """Return how many classes are a kind of each concept: the fewer, the narrower it is."""
    return Counter(each for image_class in image_classes() for each in image_class.ancestors)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
