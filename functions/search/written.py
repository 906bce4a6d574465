"""Sentences as witnesses: how well what was written of a picture says what a query says.

Two things count. The encoder's cosine tells whether both are about the same, in whatever words. It hardly tells "a dog
chasing a cat" from "a cat chasing a dog", so the order of words counts besides: whether words that follow each other
in the query follow each other in the text, and how closely (term proximity; Tao and Zhai, An exploration of proximity
measures in information retrieval, 2007, here of ordered pairs). Words and classes are witnesses beside it that err
independently, so the three are joined as the first two are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gallery.pictures.access import Caller
from gallery.pictures.index import PUBLIC
from gallery.pictures.model import Picture
from gallery.pictures.sentences import by_audience, postings
from gallery.pictures.vectors import Posting
from gallery.vocabulary.words import fold, says_nothing, stem, tokens
from search import meaning
from search.lists import MOST_RESULTS, Candidate, pool
from search.nearest import MOST, nearest

UNLIKE, ALIKE = 0.35, 0.9
"""Cosine up to which a text says nothing of what a query says, and from which it says the same."""
ORDERED = 0.4
"""How much the order of words counts beside the cosine."""
BELIEVED, WORD_BELIEVED = 0.9, 0.45
"""How much a sentence counts that says the same as a query, and as a query of one word, for which lists of words do."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the best text of a picture says: its posting, and how much that counts for the query, 0…1."""

    posting: Posting
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The sentences that speak for pictures, and what lists say of the same pictures."""

    sentences: Mapping[str, Sentence]
    listed: Mapping[str, Candidate]
    complete: bool = True
    """Whether these are all the sentences there are."""

    def beside(self, listed: Iterable[Candidate]) -> "Witnesses":
        """Return the sentences that speak for some pictures alone, and what lists say of these."""
        by_id = {candidate.image_id: candidate for candidate in listed}
        about = {image_id: sentence for image_id, sentence in self.sentences.items() if image_id in by_id}
        return replace(self, sentences=about, listed=by_id)

    def candidates(self) -> list[Candidate]:
        """Return the pictures of both, best first and newest first among equals, at most 1000."""
        none = {image_id: Candidate(image_id, 0.0, ()) for image_id in self.sentences}
        joined = [self._joined(candidate) for candidate in {**none, **self.listed}.values()]
        best = sorted(joined, key=lambda candidate: (candidate.score, candidate.image_id), reverse=True)
        return [candidate for candidate in best if candidate.score > 0][:MOST_RESULTS]

    def by_lists(self, candidate: Candidate) -> Candidate:
        """Return a candidate as lists alone have it."""
        return self.listed.get(candidate.image_id) or replace(candidate, score=0.0)

    def of(self, picture: Picture) -> Sentence | None:
        """Return what speaks for a picture as it is now; None where nothing does."""
        sentence = self.sentences.get(picture.id)
        return sentence if sentence and sentence.posting in postings(picture) else None

    def score(self, picture: Picture, by_lists: float) -> float:
        """Return the score of a picture as it is now, of which lists say something."""
        sentence = self.of(picture)
        return _joined(by_lists, sentence.score if sentence else 0)

    def _joined(self, candidate: Candidate) -> Candidate:
        sentence = self.sentences.get(candidate.image_id)
        return replace(candidate, score=_joined(candidate.score, sentence.score)) if sentence else candidate


def witnesses(query: str, listed: Sequence[Candidate], caller: Caller) -> Witnesses:
    """Return what sentences say of pictures, beside what lists say: of public ones, and of the caller's own."""
    by_id = {candidate.image_id: candidate for candidate in listed}
    vector = meaning.embed(query) if query else None
    if vector is None:
        return Witnesses({}, by_id)
    partitions = [by_audience(PUBLIC), *([by_audience(caller.sub)] if caller.sub else [])]
    parts = list(pool().map(lambda name: nearest(vector, name), partitions))
    sentences = dict[str, Sentence]()
    for one in (one for part in parts for one in part):
        score = sentence_score(query, one.cosine, one.text)
        if score > max(0, sentences[one.image_id].score if one.image_id in sentences else 0):
            sentences[one.image_id] = Sentence(one.posting, one.text, score)
    return Witnesses(sentences, by_id, complete=all(len(part) < MOST for part in parts))


def _joined(by_lists: float, by_sentence: float) -> float:
    return round(1 - (1 - by_lists) * (1 - by_sentence), 6)


def sentence_score(query: str, cosine: float, text: str) -> float:
    """Return how much a sentence counts for a query, 0…1, by the cosine of both and the order of their words."""
    alike = min(1.0, max(0.0, (cosine - UNLIKE) / (ALIKE - UNLIKE)))
    order = in_order(query, text)
    score = WORD_BELIEVED * alike if order is None else BELIEVED * ((1 - ORDERED) * alike + ORDERED * order)
    return round(score, 6)


def in_order(query: str, text: str) -> float | None:
    """Return how far words that follow each other in a query do so in a text, 0…1; None for a query of one word.

    Words are compared by their stems, those that mean nothing are left out of the query. A pair counts the inverse of
    the square root of how far the second stands behind the first.
    """
    words = [stem(fold(token.text)) for token in tokens(query) if not says_nothing(token.text)]
    pairs = list(pairwise(words))
    if not pairs:
        return None
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens(text)):
        places.setdefault(stem(fold(token.text)), []).append(place)
    return sum(_closeness(places.get(one, ()), places.get(other, ())) for one, other in pairs) / len(pairs)


def _closeness(firsts: Sequence[int], seconds: Sequence[int]) -> float:
    gaps = [second - first for first in firsts for second in seconds if second > first]
    return 1 / min(gaps) ** 0.5 if gaps else 0.0
