"""Answering a query: what it is about, which pictures show that, and why."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from gallery import catalogue, index
from gallery.access import Caller
from gallery.image import present
from gallery.pictures import IMAGE_ID, Picture
from gallery.problems import foreign_cursor, invalid
from gallery.sensitive import is_sensitive
from gallery.viewing import may_see
from search.learning import lesson_on
from search.lists import Candidate, Wanted, candidates, revised
from search.models import Result, SearchAnswer, Why
from search.plan import plan
from search.relevance import Relevance, relevance_of

WORTH_SAYING = 0.01
"""Probability times relevance from which a class is a reason."""
MOST_REASONS = 5

_CURSOR = rf"^([01]\.\d{{6}})-({IMAGE_ID.strip('^$')})$"
_READ_AT_ONCE = 100


def search(query: str, limit: int, cursor: str | None, min_score: float, caller: Caller) -> SearchAnswer:
    """Return a page of the pictures a query is about, best first; raises 422 for a blank query, 400 for a bad cursor.

    Every page reads the same lists equally deep, so that no picture comes twice while nothing changes.
    """
    after = _position(cursor)
    if not query.strip():
        raise invalid("query", "Say what you are looking for.")
    relevance = relevance_of(query, lesson_on(query))
    wanted = _lists(relevance)
    ranked = [each for each in candidates(wanted, caller) if each.score >= min_score]
    rest = [each for each in ranked if after is None or (each.score, each.image_id) < after]
    found = list(islice(_existing(rest, wanted, relevance, caller, limit + 1), limit + 1))
    results = [_result(score, picture, relevance, caller) for _, score, picture in found[:limit] if score >= min_score]
    results.sort(key=lambda each: each.score, reverse=True)
    last = found[limit - 1][0] if len(found) > limit else None
    more = f"{last.score:.6f}-{last.image_id}" if last else None
    return SearchAnswer(query=query, results=results, next_cursor=more)


def _lists(relevance: Relevance) -> Sequence[Wanted]:
    groups = plan(relevance.classes).items()
    shown = [Wanted(index.by_group(group.wnid), weight, group.members) for group, weight in groups]
    return [*shown, *(Wanted(index.by_word(stem), share, stem=stem) for stem, share in relevance.stems.items())]


def _position(cursor: str | None) -> tuple[float, str] | None:
    if cursor is None:
        return None
    found = re.match(_CURSOR, cursor)
    if not found:
        raise foreign_cursor()
    return float(found[1]), found[2]


def _existing(
    ranked: Sequence[Candidate], wanted: Sequence[Wanted], relevance: Relevance, caller: Caller, number: int
) -> Iterator[tuple[Candidate, float, Picture]]:
    """Yield the candidates that the caller may see, with their pictures and their scores as the pictures are now.

    Such a score differs from the one that a candidate is ranked by where some of its postings are out of date.
    """
    step = min(_READ_AT_ONCE, number)
    for start in range(0, len(ranked), step):
        batch = ranked[start : start + step]
        pictures = {each.id: each for each in catalogue.find_all([each.image_id for each in batch])}
        for candidate in batch:
            picture = pictures.get(candidate.image_id)
            if picture and may_see(picture, caller):
                score = revised(candidate, wanted, _counting(picture, relevance)).score
                if score > 0:
                    yield candidate, score, picture


def _counting(picture: Picture, relevance: Relevance) -> Collection[tuple[str, str]]:
    """Return the postings of a picture that count for a query.

    Lists of classes count for no picture in which the model is certain of what must not be guessed, unless the query
    names it: broad lists ("garment") have it too, and would put it among what is meant.
    """
    postings = index.postings(picture)
    seen = picture.reading.named if picture.reading and picture.owner_labels is None else ()
    unmeant = (is_sensitive(each.wnid) and not relevance.of(each.wnid) for each in seen)
    return {each for each in postings if index.is_by_word(each)} if any(unmeant) else postings


def _result(score: float, picture: Picture, relevance: Relevance, caller: Caller) -> Result:
    return Result(image=present(picture, caller), score=score, why=list(_why(picture, relevance)))


def _why(picture: Picture, relevance: Relevance) -> Sequence[Why]:
    reasons = [*_seen(picture, relevance), *_said(picture, relevance)]
    worth = [each for each in reasons if each.probability * each.relevance >= WORTH_SAYING]
    return sorted(worth, key=lambda each: each.probability * each.relevance, reverse=True)[:MOST_REASONS]


def _seen(picture: Picture, relevance: Relevance) -> Iterator[Why]:
    """Yield a reason for each thing in the picture."""
    for each in index.depicted(picture):
        members = each.group.members if each.group else ()
        most = max((float(relevance.classes[row]) for row in members), default=0.0)
        yield Why(label=each.label, probability=each.probability, relevance=round(most, 4))


def _said(picture: Picture, relevance: Relevance) -> Iterator[Why]:
    """Yield a reason for each word of the query that somebody said of the picture."""
    weights = index.words(picture)
    for stem, share in relevance.stems.items():
        if stem in weights:
            yield Why(label=relevance.typed[stem], probability=weights[stem], relevance=round(share, 4))
