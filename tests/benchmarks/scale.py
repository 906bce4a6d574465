"""Search among 100,000 pictures: what a query reads and costs, what it misses by not reading all, how long it takes.

The pictures are synthetic (`_synthetic`), their table is in memory (`_table`), all else is the function itself, called
as Lambda calls it. What a query would find if it read every list to its end and knew each picture's labels exactly, is
computed beside: recall is how many of the best 24, 100, 500 by that exact score are among as many found, where equally
good ones count as the same, and loss how much lower what was found scores in the mean.
"""

import gc
import json
import os
import pickle
import sys
import time
from bisect import insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from statistics import mean, median, quantiles
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pytest
from tests.benchmarks import _synthetic as synthetic
from tests.benchmarks._gallery import output_of
from tests.benchmarks._search import CONTEXT, event
from tests.benchmarks._size import sized
from tests.benchmarks._table import Index, Read, Table
from tests.photographs import MODEL, SHARED, labelled, variants

from caption import pipeline
from caption.classifier import classifier
from caption.examine import examine
from gallery.pictures import index
from gallery.pictures.access import ANYONE
from gallery.pictures.model import Picture, Prediction
from gallery.vocabulary.classes import image_classes
from search.encoder import MODEL_FOLDER
from search.lists import candidates
from search.question import question_of
from search.relevance import Relevance, relevance_of

PICTURES = sized(100_000, 1000)
ENVIRONMENT = {
    "TABLE_NAME": "table",
    "MEDIA_BUCKET": "media",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "POWERTOOLS_SERVICE_NAME": "search",
    "POWERTOOLS_LOG_LEVEL": "WARNING",
}
TURNS = sized(8, 2)
"""How often each query is asked; the first time the table's stand-in works out its answers, which is not measured."""
STARTS = sized(4)
"""The first of them compiles bytecode."""
DEPTHS = (24, 100, 500)

QUERIES = (
    "dog", "bird", "musical instrument", "vehicle", "espresso", "tiger", "wolves", "food", "animal", "red car",
    "summer evening", "grandma's dog", "a small dog on the beach", "kitten", "pepperoni slice", "gym workout",
    "medieval knights", "birds of prey", "something to sit on", "things you wear on your head", "fish in the sea",
    "brass band instruments", "tropical fruit for a smoothie", "Serengeti safari", "venomous snakes", "trick or treat",
    "jazz night at the club", "man's best friend", "entity", "qwrt zxcv plmk okij uhyg tfrd eswa qazx",
)  # fmt: skip


Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Collected:
    """The synthetic pictures and their table."""

    pictures: synthetic.Pictures
    lists: dict[str, list[str]]
    added: dict[str, Picture] = field(default_factory=dict)

    @cached_property
    def table(self) -> Table:
        """Their table."""
        return Table(Index(self.lists, self._picture))

    def _picture(self, image_id: str) -> Picture:
        return self.added.get(image_id) or self.pictures.whole(synthetic.number_of(image_id))

    def put(self, seen: Prediction) -> str:
        """Put another picture in, as a model read it; return its id."""
        number = len(self.pictures) + len(self.added)
        picture = replace(self.pictures[0], id=synthetic.image_id(number), owner_labels=None, title=None, reading=seen)
        self.added[picture.id] = picture
        for partition, key in index.postings(picture):
            insort(self.lists[partition], key)
        return picture.id

    @cached_property
    def certain(self) -> Mapping[int, int]:
        """The class that an owner has named, by the picture's number."""
        classes = {each.name: each.index for each in image_classes()}
        owned = ((number, self.pictures[number].owner_labels) for number in range(len(self.pictures)))
        return {number: classes[labels[0]] for number, labels in owned if labels}

    def exact(self, relevance: Relevance) -> Scores:
        """Return every picture's score if nothing is left out or approximated."""
        shown = (relevance.classes[self.pictures.classes] * self.pictures.probabilities).sum(axis=1, dtype=np.float64)
        for number, known in self.certain.items():
            shown[number] = relevance.classes[known]
        said = np.zeros(len(self.pictures))
        for typed in relevance.typed:
            best = np.zeros(len(self.pictures))
            for way in typed.ways:
                best = np.maximum(best, way.exactness * np.mean([self._weights(term) for term in way.terms], axis=0))
            said += best / len(relevance.typed)
        exact: Scores = 1 - (1 - np.clip(shown, 0, 1)) * (1 - np.clip(said, 0, 1))
        return exact

    def _weights(self, term: str) -> Scores:
        """Return how high each picture stands in the list of a word."""
        weights = np.zeros(len(self.pictures))
        for key in self.lists.get(f"{index.by_word(term)}#public", ()):
            weight, image_id = index.read_key(key)
            weights[synthetic.number_of(image_id)] = weight
        return weights


def collect(count: int) -> Collected:
    """Draw pictures and post each in its lists."""
    pictures = synthetic.draw(count)
    lists: dict[str, list[str]] = defaultdict(list)
    for number in range(count):
        for partition, key in index.postings(pictures[number]):
            lists[partition].append(key)
    for keys in lists.values():
        keys.sort()
    return Collected(pictures, lists)


class Turn(NamedTuple):
    """Milliseconds that an answer took, and those that a processor worked for it."""

    took: float
    worked: float


@dataclass(frozen=True)
class Found:
    """What a query takes and finds: requests to the table, recall and loss at each depth, and the time of each turn."""

    query: str
    readings: Sequence[Read]
    recalls: Sequence[float]
    losses: Sequence[float]
    turns: Sequence[Turn]

    @property
    def lists(self) -> int:
        """How many lists were read."""
        return sum(each.operation == "Query" for each in self.readings)

    @property
    def postings(self) -> int:
        """How many rows these lists gave."""
        return sum(each.rows for each in self.readings if each.operation == "Query")

    @property
    def units(self) -> float:
        """Read units of all requests together."""
        return sum(each.units for each in self.readings)


def measure(collected: Collected, query: str) -> Found:
    """Ask a query, and compare what is found with what there is."""
    turns, readings = _asked(collected.table, event("/api/search", query=query))
    relevance = relevance_of(query)
    exact = collected.exact(relevance)
    best = -np.sort(-exact)
    ours = [synthetic.number_of(each.image_id) for each in candidates(question_of(relevance, []), ANYONE)[1]]
    compared = [_compared(best, exact[ours], depth) for depth in DEPTHS if best[0] > 0]
    return Found(query, readings, [recall for recall, _ in compared], [loss for _, loss in compared], turns)


def _asked(table: Table, asked: dict[str, Any]) -> tuple[Sequence[Turn], Sequence[Read]]:
    """Return the time of each turn but the first, and what one turn reads."""
    from search.handler import handler  # noqa: PLC0415 - after the environment is set

    turns = []
    for _ in range(TURNS):
        table.readings.clear()
        started, worked = time.perf_counter(), time.process_time()
        answer = handler(asked, cast("Any", CONTEXT))
        turns.append(Turn((time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000))
        assert answer["statusCode"] == 200, answer
    return turns[1:], list(table.readings)


def _compared(best: Scores, ours: Scores, depth: int) -> tuple[float, float]:
    """Return the recall and the mean loss of score of the first so many."""
    wanted = best[:depth][best[:depth] > 0]
    reached = np.zeros(len(wanted))
    reached[: len(ours[: len(wanted)])] = ours[: len(wanted)]
    return float((reached >= wanted[-1] - 1e-4).mean()), float((wanted - -np.sort(-reached)).mean())


def cold_start(collected: Collected, query: str) -> float:
    """Return the seconds from the start of a process to its first answer, the fastest of some."""
    collected.table.answers.clear()
    _asked(collected.table, event("/api/search", query=query))
    with TemporaryDirectory() as folder:
        answers = Path(folder) / "answers"
        answers.write_bytes(pickle.dumps({key: body for key, (body, _) in collected.table.answers.items()}))
        return min(_started(answers, query) for _ in range(STARTS))


def _started(answers: Path, query: str) -> float:
    started = time.time()
    (answered,) = output_of("tests.benchmarks._search", str(answers), query, **ENVIRONMENT)
    return float(answered) - started


def print_queries(found: Sequence[Found]) -> None:
    """Print a line for each query, then what they are like together."""
    heading = f"{'query':42}{'lists':>6}{'postings':>9}{'units':>7}"
    heading += "".join(f"{f'recall@{depth}':>12}" for depth in DEPTHS) + f"{'loss@24':>9}{'ms':>7}"
    sys.stdout.write(heading + "\n")
    for each in found:
        recalls = "".join(f"{recall:>12.2f}" for recall in each.recalls)
        sys.stdout.write(
            f"{each.query[:41]:42}{each.lists:>6}{each.postings:>9}{each.units:>7.1f}"
            f"{recalls}{each.losses[0]:>9.4f}{min(each.turns).took:>7.1f}\n"
        )
    recalls = ", ".join(f"{mean(each.recalls[n] for each in found):.3f}@{depth}" for n, depth in enumerate(DEPTHS))
    sys.stdout.write(
        f"mean recall {recalls}; mean loss at 24 {mean(each.losses[0] for each in found):.4f}\n"
        f"units: median {median(each.units for each in found):.1f}, most {max(each.units for each in found):.1f}\n"
    )
    print_times("warm, without the table's own time", [each.turns for each in found])


def print_times(title: str, turns: Sequence[Sequence[Turn]]) -> None:
    """Print how long answers took, and how much of a processor: each at its fastest, since other work only adds."""
    took = [min(each.took for each in one) for one in turns]
    worked = [min(each.worked for each in one) for one in turns]
    for what, every in (("took", took), ("of a processor", worked)):
        sys.stdout.write(
            f"{title}, {what}: median {median(every):.1f} ms, 95 in 100 within {quantiles(every, n=20)[-1]:.1f} ms\n"
        )


def print_similar(collected: Collected) -> None:
    """Print what finding similar pictures takes."""
    ids = [synthetic.image_id(number) for number in range(0, len(collected.pictures), len(collected.pictures) // 20)]
    asked = [_asked(collected.table, event(f"/api/images/{each}/similar")) for each in ids]
    units = [sum(each.units for each in readings) for _, readings in asked]
    print_times("similar", [turns for turns, _ in asked])
    sys.stdout.write(f"similar, units: median {median(units):.1f}, most {max(units):.1f}\n")


def put_photographs(collected: Collected) -> Mapping[str, Mapping[str, str]]:
    """Put the labelled photographs among the synthetic pictures; return the ids of the variants of each, by kind."""
    put: dict[str, dict[str, str]] = {}
    for photograph in labelled():
        original = collected.put(_seen(photograph.bytes))
        put[original] = {kind: collected.put(_seen(body)) for kind, body in variants(photograph).items()}
    return put


def _seen(body: bytes) -> Prediction:
    model = classifier()
    if model is None:
        raise AssertionError("there is a model")
    return pipeline.predict(examine(body), model)


def print_lookalikes(collected: Collected) -> None:
    """Print how often a photograph's variants are the first three that look like it; nothing where there are none."""
    if SHARED is None or not MODEL.exists():
        sys.stdout.write("similar: needs the labelled photographs and a model to look for variants of them\n")
        return
    put = put_photographs(collected)
    collected.table.answers.clear()
    first = {each: _similar(each)[:3] for each in put}
    for kind in next(iter(put.values())):
        hits = sum(ids[kind] in first[original] for original, ids in put.items())
        sys.stdout.write(
            f"similar: {hits} of {len(put)} photographs {kind} are among the first three like the original\n"
        )


def _similar(image_id: str) -> Sequence[str]:
    from search.handler import handler  # noqa: PLC0415 - after the environment is set

    answer = handler(event(f"/api/images/{image_id}/similar"), cast("Any", CONTEXT))
    return [each["image"]["id"] for each in json.loads(answer["body"])["results"]]


def main() -> None:
    """Print all of it; says so where there is no encoder."""
    if not (MODEL_FOLDER / "manifest.json").exists():
        sys.stdout.write("scale: no sentence encoder has been compiled; run `make model` first\n")
        return
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        collected = collect(PICTURES)
        collected.table.stand_in()
        gc.collect()
        gc.freeze()  # what only the benchmark holds, no function's garbage collector looks through
        postings = sum(map(len, collected.lists.values()))
        sys.stdout.write(f"other work on this machine: {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors busy\n")
        sys.stdout.write(f"{PICTURES:,} pictures, {postings / PICTURES:.1f} postings each\n")
        found = [measure(collected, query) for query in QUERIES]
        print_queries(found)
        sys.stdout.write(f"cold: process start to first answer {cold_start(collected, QUERIES[0]):.2f} s\n")
        print_similar(collected)
        print_lookalikes(collected)


if __name__ == "__main__":
    main()
