"""What is known of the 1000 things the model can name: words, meaning, and what each is a kind of (WordNet 3.0)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypedDict, cast

CLASSES = Path(__file__).with_name("classes.json")


@dataclass(frozen=True, eq=False)
class Concept:
    """A meaning in WordNet: its id, words (best first), definition, and the broader concepts it is directly a kind of.

    There is one object for each meaning, so that comparing is a matter of identity.
    """

    wnid: str
    words: tuple[str, ...]
    gloss: str
    hypernyms: tuple["Concept", ...]

    @cached_property
    def depth(self) -> int:
        """The fewest steps up to the root, `entity`, which is at depth 0."""
        return 1 + min(hypernym.depth for hypernym in self.hypernyms) if self.hypernyms else 0

    @cached_property
    def path(self) -> tuple["Concept", ...]:
        """The broader concepts from the root down to the nearest, along the chief line of descent."""
        if not self.hypernyms:
            return ()
        chief = self.hypernyms[0]
        return (*chief.path, chief)

    @cached_property
    def ancestors(self) -> frozenset["Concept"]:
        """Everything this is a kind of, along every line of descent."""
        return frozenset(self.hypernyms).union(*(hypernym.ancestors for hypernym in self.hypernyms))


@dataclass(frozen=True, eq=False)
class ImageClass(Concept):
    """One of the model's classes: its place in the output, a name no other class has, other words."""

    index: int
    name: str
    synonyms: tuple[str, ...]


class _ConceptEntry(TypedDict):
    words: list[str]
    hypernyms: list[str]
    gloss: str


class _ClassEntry(TypedDict):
    wnid: str
    name: str
    synonyms: list[str]
    hypernyms: list[str]
    gloss: str


class _Knowledge(TypedDict):
    plurals: dict[str, str]
    classes: list[_ClassEntry]
    concepts: dict[str, _ConceptEntry]


@cache
def image_classes() -> tuple[ImageClass, ...]:
    """Return the classes in the order of the model's output; read once per process."""
    knowledge = _knowledge()
    return tuple(
        ImageClass(
            wnid=entry["wnid"],
            words=(entry["name"], *entry["synonyms"]),
            gloss=entry["gloss"],
            hypernyms=tuple(concept(wnid) for wnid in entry["hypernyms"]),
            index=index,
            name=entry["name"],
            synonyms=tuple(entry["synonyms"]),
        )
        for index, entry in enumerate(knowledge["classes"])
    )


@cache
def concept(wnid: str) -> Concept:
    """Return the concept above some class that has this id; raises KeyError for any other id, a class's own too."""
    entry = _knowledge()["concepts"][wnid]
    return Concept(
        wnid, tuple(entry["words"]), entry["gloss"], tuple(concept(hypernym) for hypernym in entry["hypernyms"])
    )


def irregular_plurals() -> Mapping[str, str]:
    """Return the singular of each plural, among the concepts' words, that no rule makes: "wolves", "mice"."""
    return _knowledge()["plurals"]


@cache
def _knowledge() -> _Knowledge:
    return cast("_Knowledge", json.loads(CLASSES.read_text(encoding="utf-8")))
