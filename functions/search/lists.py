"""Reading the lists of the index and adding up what they say.

Long lists are not read to their end, so a picture may stand in a list without having been read there. What a narrower
list says of it holds for the broader one all the same: who stands high among the beagles stands as high among the dogs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from gallery.aws import table
from gallery.pictures import index, rows
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.vocabulary.words import FOLDED, spellings

COMMON = 0.5
"""How much a word counts beside others if so many pictures have it that its list is not read to the end."""
DEEPEST = 500
"""How deep a list is read if there are few."""
MOST_RESULTS = 1000
"""How many results a query has at most."""
SHALLOWEST = 10
"""How deep a list is read that hardly counts."""
MOST_POSTINGS = 32 * 100
"""Postings read for a query at most, for each audience; lists share them by how much they count."""
_MAX_WORKERS = 8

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class IndexList:
    """A list to read: its name before the audience's, how much it counts, and the classes it is about, if it is.

    One of a person's pictures has no other name, no order but by age, and no audience but those who may see them.
    """

    name: str
    weight: float
    classes: frozenset[int] = frozenset()
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for: its share of all words, and in which ways it may stand in a text.

    A way is how much it counts, 0…1, and the places in `Question.lists` of the lists that tell.
    """

    share: float
    ways: Sequence[tuple[float, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Question:
    """The lists that a query reads: those of words are the ones that some word is looked for in.

    It is `complete` once its lists were read to their ends.
    """

    lists: Sequence[IndexList]
    words: Sequence[Sought] = ()
    complete: bool = False

    @property
    def word_lists(self) -> Collection[int]:
        """The places of the lists of words."""
        return {place for word in self.words for _, places in word.ways for place in places}


Hit = tuple[int, float, tuple[str, str]]
"""Which of the lists a picture was read in, with what score 0…1, and the posting (pk, sk) that says so."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that some list has, and its score 0…1."""

    image_id: str
    score: float
    hits: Sequence[Hit]


def audiences(caller: Caller) -> Sequence[str]:
    """Return which audiences' lists a caller may read."""
    if caller.admin:
        return [index.PUBLIC, index.PRIVATE]
    return [index.PUBLIC] if caller.sub is None else [index.PUBLIC, caller.sub]


def stands(word: str, caller: Caller) -> bool:
    """Tell whether a word, with or without its accents, stands in the text of any picture that a caller may see."""
    spelled = [term for term, exactness in spellings(word).items() if exactness >= FOLDED]
    asked = [f"{index.by_word(term)}#{audience}" for term in spelled for audience in audiences(caller)]
    return any(pool().map(lambda partition: table.sort_keys(partition, 1), asked))


def candidates(question: Question, caller: Caller) -> tuple[Question, list[Candidate]]:
    """Return the best pictures of some lists, best first and newest first among equals, at most 1000.

    What lists of classes say adds up to at most 1, and so does what is said of words, of which the best way counts;
    both together are as likely as that not both err. The question comes back with what its lists tell of its words:
    which are so common that they say less. Whether these are all pictures
    that any of its lists has, is told as well.
    """
    hits_by_picture: dict[str, list[Hit]] = defaultdict(list)
    cut = set[int]()
    for place, depth, hits in _read(question, caller):
        cut |= {place} if len(hits) >= depth else set()
        for image_id, hit in hits:
            hits_by_picture[image_id].append(hit)
    weighed = _weighed(question, cut)
    scores = _scores(weighed, list(hits_by_picture.values()))
    best = sorted(zip(scores.tolist(), hits_by_picture, strict=True), reverse=True)[:MOST_RESULTS]
    listed = [Candidate(image_id, score, hits_by_picture[image_id]) for score, image_id in best if score > 0]
    return replace(weighed, complete=not cut and len(hits_by_picture) <= MOST_RESULTS), listed


def standing(picture: Picture, question: Question, postings: Collection[tuple[str, str]]) -> Candidate:
    """Return a picture as a candidate by all lists of a question that it stands in, read or not."""
    hits = [
        (place, 0.0, (partition, ""))
        for place, index_list in enumerate(question.lists)
        for partition in _partitions_with(picture, index_list)
    ]
    return revised(Candidate(picture.id, 0.0, hits), question, postings)


def _partitions_with(picture: Picture, index_list: IndexList) -> Sequence[str]:
    """Return the partitions of a list that a picture stands in if it stands in the list."""
    if index_list.owner is not None:
        return [rows.by_owner(index_list.owner, private=True)]
    return [f"{index_list.name}#{audience}" for audience in index.audiences(picture)]


def revised(candidate: Candidate, question: Question, postings: Collection[tuple[str, str]]) -> Candidate:
    """Return a candidate by those of its hits alone whose lists its picture stands in now, and as high as it does."""
    present = dict(postings)
    hits = [(place, _score(present[pk], question.lists[place]), (pk, present[pk]))
            for place, _, (pk, _) in candidate.hits if pk in present]  # fmt: skip
    if hits == candidate.hits:
        return candidate
    return Candidate(candidate.image_id, float(_scores(question, [hits])[0]), hits)


def _read(question: Question, caller: Caller) -> Iterator[tuple[int, int, list[tuple[str, Hit]]]]:
    """Yield what each list gives: its place, how deep it was read, and its pictures, each with its hit."""
    asked = [
        (place, partition, depth)
        for place, (index_list, depth) in enumerate(zip(question.lists, _depths(question.lists), strict=True))
        for partition in _partitions(index_list, caller)
    ]
    lists = pool().map(lambda part: table.sort_keys(part[1], part[2]), asked)
    for (place, partition, depth), keys in zip(asked, lists, strict=True):
        index_list = question.lists[place]
        yield place, depth, [(_image_id(key), (place, _score(key, index_list), (partition, key))) for key in keys]


def _partitions(index_list: IndexList, caller: Caller) -> Sequence[str]:
    if index_list.owner is not None:
        return [rows.by_owner(index_list.owner, private=caller.admin or caller.sub == index_list.owner)]
    return [f"{index_list.name}#{audience}" for audience in audiences(caller)]


def _image_id(key: str) -> str:
    return key.rpartition("#")[2]


def _score(key: str, index_list: IndexList) -> float:
    return 1.0 if index_list.owner is not None else index.read_key(key)[0]


def _depths(lists: Sequence[IndexList]) -> Sequence[int]:
    """Return how deep to read each list."""
    all_weights = sum(abs(index_list.weight) for index_list in lists)
    shared = MOST_POSTINGS - SHALLOWEST * len(lists)
    return [min(DEEPEST, SHALLOWEST + int(shared * abs(index_list.weight) / all_weights)) for index_list in lists]


def _weighed(question: Question, cut: Collection[int]) -> Question:
    """Return a question whose words count less that stand first of all in a list that was cut short."""
    shares = [
        word.share * (COMMON if any(place in cut for _, places in word.ways[:1] for place in places) else 1)
        for word in question.words
    ]
    whole = sum(word.share for word in question.words) / (sum(shares) or 1)
    words = [replace(word, share=share * whole) for word, share in zip(question.words, shares, strict=True)]
    return replace(question, words=words)


def _scores(question: Question, hits_of_pictures: Sequence[Sequence[Hit]]) -> Scores:
    """Return the score of each picture, to six decimals, by its hits."""
    standing = np.zeros((len(question.lists), len(hits_of_pictures)))
    for picture, hits in enumerate(hits_of_pictures):
        for place, score, _ in hits:
            standing[place, picture] = max(score, standing[place, picture])
    for narrow, broad in _within(question.lists):
        np.maximum(standing[broad], standing[narrow], out=standing[broad])
    weights = np.array(
        [0 if place in question.word_lists else index_list.weight for place, index_list in enumerate(question.lists)]
    )
    by_class = np.clip(weights @ standing, 0, 1)
    by_word = np.clip(_word_scores(question, standing), 0, 1)
    scores: Scores = np.round(1 - (1 - by_class) * (1 - by_word), 6)
    return scores


def _word_scores(question: Question, standing: Scores) -> Scores:
    """Return what is said of each picture of all words together."""
    scores: Scores = np.zeros(standing.shape[1])
    for word in question.words:
        ways = [exactness * standing[list(places)].mean(axis=0) for exactness, places in word.ways]
        scores += word.share * np.max([np.zeros_like(scores), *ways], axis=0)
    return scores


def _within(lists: Sequence[IndexList]) -> Iterator[tuple[int, int]]:
    """Yield each list of classes with each that is about these and more, the narrowest first."""
    narrow_first = sorted(range(len(lists)), key=lambda place: len(lists[place].classes))
    for place, narrow in enumerate(narrow_first):
        for broad in narrow_first[place + 1 :]:
            if lists[narrow].classes and lists[narrow].classes < lists[broad].classes:
                yield narrow, broad


@cache
def pool() -> ThreadPoolExecutor:
    """Return the threads that read lists, kept for the life of the process."""
    return ThreadPoolExecutor(_MAX_WORKERS)
