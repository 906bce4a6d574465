"""Groups of classes: what has a list of pictures of its own, so that "dog" is one list and not a hundred and eighteen.

Every class is a group of one. Above the classes, concepts that stand for the same classes share a group, and those that
stand for nearly everything have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from gallery.vocabulary.classes import Concept, ImageClass, image_classes

BROADEST = 600
"""Most classes in a group: beyond it are "entity", "object" and the like, which say nothing about a picture."""


@dataclass(frozen=True, eq=False)
class Group:
    """Some classes, by index, under the id and the name of the narrowest concept that stands for exactly these."""

    index: int
    wnid: str
    name: str
    members: frozenset[int]

    @property
    def weight(self) -> float:
        """How much it says of a picture to show one of these classes: inverse frequency, 0…1, smoothed."""
        number = len(image_classes()) + 100
        return log(number / len(self.members)) / log(number)


@cache
def groups() -> Sequence[Group]:
    """Return all groups: the 1000 classes in their order, then what is broader, narrow before broad."""
    alike: dict[frozenset[int], list[Concept]] = {}
    for concept, members in _members().items():
        alike.setdefault(members, []).append(concept)
    broader = sorted(
        (members for members in alike if 1 < len(members) <= BROADEST), key=lambda members: (len(members), min(members))
    )
    named = [(max(alike[members], key=lambda concept: (concept.depth, concept.wnid)), members) for members in broader]
    classes: list[tuple[Concept, frozenset[int]]] = [
        (image_class, frozenset([image_class.index])) for image_class in image_classes()
    ]
    return [Group(n, concept.wnid, concept.words[0], members) for n, (concept, members) in enumerate(classes + named)]


def group_of(concept: Concept) -> Group | None:
    """Return the group of a concept's classes; None for a concept that is too broad."""
    members = frozenset([concept.index]) if isinstance(concept, ImageClass) else _members()[concept]
    return _by_members().get(members)


@cache
def groups_with(wnid: str) -> Sequence[Group]:
    """Return every group that a class belongs to, beginning with its own; none for an id that is no class's."""
    own = next((group for group in groups()[: len(image_classes())] if group.wnid == wnid), None)
    return [group for group in groups() if own and own.members <= group.members]


def breadth(concept: Concept) -> int:
    """Return how many classes are kinds of a concept."""
    return len(_members()[concept])


@cache
def _by_members() -> Mapping[frozenset[int], Group]:
    return {group.members: group for group in groups()}


@cache
def _members() -> Mapping[Concept, frozenset[int]]:
    classes: dict[Concept, set[int]] = {}
    for image_class in image_classes():
        for ancestor in image_class.ancestors:
            classes.setdefault(ancestor, set()).add(image_class.index)
    return {concept: frozenset(members) for concept, members in classes.items()}
