"""How well search finds: mean average precision over labelled photographs, indexed and asked through the API.

The first table's queries are WordNet's words for whatever covers 3 to 40 of the photographs. The second's are those of
queries.json, in people's words. Average precision is that of the whole list of answers: a photograph that is relevant
and not answered counts as never found. The last column asks again after up to three votes for and three against on
the best answers, and looks only at photographs that nobody voted on, before and after. The files are uploaded under
numbers, since their names tell what they show.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import httpx
import numpy as np
from tests.benchmarks._gallery import cloud
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import MODEL, SHARED, labelled

from gallery.vocabulary.classes import image_classes
from gallery.vocabulary.lexicon import concepts
from gallery.vocabulary.words import stems
from search.encoder import MODEL_FOLDER, encoder
from search.meaning import meanings

QUERIES = Path(__file__).with_name("queries.json")
COVERED = range(3, 41)
VOTES = 3

Ranking = Sequence[str]
"""Ids of pictures, best first."""


@dataclass(frozen=True)
class Query:
    """A query and the classes that answer it."""

    text: str
    classes: frozenset[int]


@dataclass(frozen=True)
class Collected:
    """The pictures in the gallery: the true class of each, what the API says of it, and the name of its file."""

    truth: dict[str, int]
    images: dict[str, dict[str, Any]]
    names: dict[str, str]

    def relevant(self, query: Query) -> set[str]:
        """Return the pictures that answer a query."""
        return {image_id for image_id, index in self.truth.items() if index in query.classes}


def ancestors(truth: Collection[int]) -> list[Query]:
    """Return a query for each broader concept that 3 to 40 of the pictures are about."""
    members = {concept: _members(concept.wnid) for concept in concepts()[len(image_classes()) :]}
    covered = {each: sum(index in classes for index in truth) for each, classes in members.items()}
    return [Query(each.words[0], members[each]) for each, count in covered.items() if count in COVERED]


def _members(wnid: str) -> frozenset[int]:
    return frozenset(
        each.index for each in image_classes() if each.wnid == wnid or wnid in {above.wnid for above in each.ancestors}
    )


def written() -> list[Query]:
    """Return the queries of queries.json; a name there stands for a class or for all kinds of a concept."""
    return [
        Query(each["query"], frozenset().union(*map(named, each["relevant"])))
        for each in json.loads(QUERIES.read_text())
    ]


def named(name: str) -> frozenset[int]:
    """Return the classes that go by a name, or are a kind of what does."""
    own = {each.index for each in image_classes() if each.name == name}
    return frozenset(own).union(*(_members(each.wnid) for each in concepts() if name in each.words and not own))


def average_precision(ranking: Ranking, relevant: Collection[str]) -> float:
    """Return the mean precision at each relevant picture; 0 for those that are not in the ranking."""
    hits = [rank for rank, each in enumerate(ranking, 1) if each in relevant]
    return sum(found / rank for found, rank in enumerate(hits, 1)) / len(relevant)


def fill(gallery: LocalCloud) -> Collected:
    """Upload the photographs, wait for their captions, and return them."""
    with ThreadPoolExecutor(4) as pool:
        numbered = enumerate(labelled())
        ids = list(pool.map(lambda each: gallery.upload(f"{each[0]}.jpg", each[1].bytes), numbered))
    truth = {image_id: each.class_index or 0 for image_id, each in zip(ids, labelled(), strict=True)}
    with gallery.http() as http:
        asked = {"ids": ",".join(ids)}
        assert eventually(lambda: len(_captioned(http, asked)) == len(ids), 120)
        images = {each["id"]: each for each in _captioned(http, asked)}
    names = dict(zip(ids, (each.name for each in labelled()), strict=True))
    return Collected(truth, images, names)


def _captioned(http: httpx.Client, ids: dict[str, str]) -> list[dict[str, Any]]:
    found = http.get("/api/images", params=ids).raise_for_status().json()["images"]
    return [each for each in found if each["status"] == "captioned"]


def ours(http: httpx.Client) -> Callable[[Query], Ranking]:
    """Return the gallery's own search."""

    def ask(query: Query) -> Ranking:
        found = http.get("/api/search", params={"query": query.text, "limit": "100"}).raise_for_status().json()
        return [each["image"]["id"] for each in found["results"]]

    return ask


def words_in_labels(collected: Collected) -> Callable[[Query], Ranking]:
    """Return the plainest search: pictures one of whose five best labels has a word of the query."""
    said = {
        image_id: {stem for label, _ in _labels(image)[:5] for stem in stems(label)}
        for image_id, image in collected.images.items()
    }

    def ask(query: Query) -> Ranking:
        wanted = set(stems(query.text))
        return [each for each, words in said.items() if wanted & words]

    return ask


def encoder_only(collected: Collected) -> Callable[[Query], Ranking]:
    """Return search by the encoder over what WordNet says of each class, without words, groups or thresholds."""
    classes = {each.name: each.index for each in image_classes()}
    shown = {
        image_id: {classes[label]: p for label, p in _labels(image)} for image_id, image in collected.images.items()
    }

    def ask(query: Query) -> Ranking:
        found = encoder()
        assert found
        cosines = np.exp(12 * (meanings().embeddings[:1000] @ found.encode(query.text)))
        return sorted(shown, key=lambda each: -sum(p * cosines[index] for index, p in shown[each].items()))

    return ask


def _labels(image: dict[str, Any]) -> list[tuple[str, float]]:
    return [(each["label"], each["probability"]) for each in image["labels"]]


def after_votes(http: httpx.Client, collected: Collected, queries: Sequence[Query]) -> tuple[float, float, int]:
    """Return mean average precision over unseen pictures before and after votes, and over how many queries."""
    ask = ours(http)
    before, after = [], []
    for query in queries:
        relevant, first = collected.relevant(query), ask(query)
        right = [each for each in first if each in relevant][: min(VOTES, len(relevant) - 1)]
        wrong = [each for each in first if each not in relevant][:VOTES]
        unseen = relevant - set(right)
        if not right or not unseen:
            continue
        vote = {"query": query.text, "positive": right, "negative": wrong}
        http.post("/api/feedback", json={"feedback": [vote]}).raise_for_status()
        seen = {*right, *wrong}
        before.append(average_precision([each for each in first if each not in seen], unseen))
        after.append(average_precision([each for each in ask(query) if each not in seen], unseen))
    return mean(before), mean(after), len(before)


@dataclass(frozen=True)
class Sides:
    """How many right and wrong answers to some queries score at least as much as the floor, and how many less."""

    above: tuple[int, int]
    below: tuple[int, int]


def sides(http: httpx.Client, collected: Collected, queries: Sequence[Query]) -> Sides:
    """Return what lies above and below the floor that the API tells."""
    counts = Counter[tuple[bool, bool]]()
    for query in queries:
        asked = {"query": query.text, "limit": "100"}
        found = http.get("/api/search", params=asked).raise_for_status().json()
        relevant = collected.relevant(query)
        counts.update((each["score"] >= found["floor"], each["image"]["id"] in relevant) for each in found["results"])
    return Sides((counts[True, True], counts[True, False]), (counts[False, True], counts[False, False]))


def print_table(title: str, http: httpx.Client, collected: Collected, queries: Sequence[Query]) -> None:
    """Print what each way of searching reaches over some queries."""
    ways = {
        "words in the five best labels": words_in_labels(collected),
        "encoder alone": encoder_only(collected),
        "the gallery's search": ours(http),
    }
    sys.stdout.write(f"\n{title}: {len(queries)} queries, mean average precision\n")
    for name, ask in ways.items():
        reached = mean(average_precision(ask(each), collected.relevant(each)) for each in queries)
        sys.stdout.write(f"  {name:32}{reached:.3f}\n")
    found = sides(http, collected, queries)
    sys.stdout.write(
        f"  above the floor {found.above[0]} right, {found.above[1]} wrong; "
        f"below it {found.below[0]} right, {found.below[1]} wrong\n"
    )
    before, after, counted = after_votes(http, collected, queries)
    sys.stdout.write(f"  the same on unseen pictures     {before:.3f}, after votes {after:.3f} ({counted} queries)\n")


def main() -> None:
    """Print both tables; says so where there are no photographs or models."""
    if SHARED is None or not MODEL.exists() or not (MODEL_FOLDER / "manifest.json").exists():
        sys.stdout.write("search: needs the labelled photographs and both models; run `make model` first\n")
        return
    with cloud() as gallery:
        collected = fill(gallery)
        with gallery.http() as http:
            broader = ancestors(collected.truth.values())
            print_table("words for what 3 to 40 of 100 photographs show", http, collected, broader)
            print_table("people's words", http, collected, written())


if __name__ == "__main__":
    main()
