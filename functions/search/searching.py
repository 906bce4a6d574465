"""Answering a query: what it is about, which pictures show that, and why."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from statistics import mean

from gallery.api.image import present_all
from gallery.pictures import catalogue, index, rows
from gallery.pictures.access import Caller
from gallery.pictures.model import IMAGE_ID, Picture
from gallery.pictures.viewing import may_see
from gallery.problems import foreign_cursor, invalid
from gallery.vocabulary.sensitive import is_sensitive
from search.learning import lesson_on
from search.lists import Candidate, Question, candidates, revised, stands
from search.models import Result, SearchAnswer, Why
from search.owners import Owner, owners_named
from search.question import NAMED, question_of
from search.relevance import Relevance, corrections, relevance_of

FLOOR = 0.1
"""Score below which pictures hardly answer a query: `make bench` counts what lies on either side."""
WORTH_SAYING = 0.01
"""Probability times relevance from which a class is a reason."""
MOST_REASONS = 5

_CURSOR = rf"^([01]\.\d{{6}})-({IMAGE_ID.strip('^$')})$"
_BATCH = 100


def search(
    query: str, limit: int, cursor: str | None, min_score: float, caller: Caller, *, verbatim: bool = False
) -> SearchAnswer:
    """Return a page of the pictures a query is about, best first; raises 422 for a blank query, 400 for a bad cursor.

    Every page reads the same lists equally deep, so that no picture comes twice while nothing changes.
    """
    after = _position(cursor)
    if not query.strip():
        raise invalid("query", "Say what you are looking for.")
    slips = {} if verbatim else corrections(query)
    relevance = relevance_of(query, lesson_on(query), slips, {slip for slip in slips if stands(slip, caller)})
    owners = owners_named(query, relevance.typed)
    question, best = candidates(question_of(relevance, owners), caller)
    ranked = (
        [candidate for candidate in best if candidate.score >= min_score] if _fits(question, best, relevance) else []
    )
    rest = [candidate for candidate in ranked if after is None or (candidate.score, candidate.image_id) < after]
    page = list(islice(_existing(rest, question, relevance, caller, limit + 1), limit + 1))
    shown = [(score, picture) for _, score, picture in page[:limit] if score >= min_score]
    images = present_all((picture for _, picture in shown), caller)
    results = [
        Result(image=image, score=score, why=list(_why(picture, relevance, owners)))
        for (score, picture), image in zip(shown, images, strict=True)
    ]
    results.sort(key=lambda result: result.score, reverse=True)
    last = page[limit - 1][0] if len(page) > limit else None
    more = f"{last.score:.6f}-{last.image_id}" if last else None
    return SearchAnswer(query=query, corrected=relevance.corrected, floor=FLOOR, results=results, next_cursor=more)


def _fits(question: Question, best: Sequence[Candidate], relevance: Relevance) -> bool:
    """Tell whether anything fits: a word is known, or stands in a text, or else something is as likely as the floor."""
    if relevance.known or any(candidate.score >= FLOOR for candidate in best[:1]):
        return True
    return any(place in question.word_lists for candidate in best for place, _, _ in candidate.hits)


def _position(cursor: str | None) -> tuple[float, str] | None:
    if cursor is None:
        return None
    match = re.match(_CURSOR, cursor)
    if not match:
        raise foreign_cursor()
    return float(match[1]), match[2]


def _existing(
    ranked: Sequence[Candidate], question: Question, relevance: Relevance, caller: Caller, number: int
) -> Iterator[tuple[Candidate, float, Picture]]:
    """Yield the candidates that the caller may see, with their scores as the pictures are now and the pictures.

    Such a score differs from the one that a candidate is ranked by where some of its postings are out of date.
    """
    step = min(_BATCH, number)
    for start in range(0, len(ranked), step):
        batch = ranked[start : start + step]
        pictures = {picture.id: picture for picture in catalogue.find_all([candidate.image_id for candidate in batch])}
        for candidate in batch:
            picture = pictures.get(candidate.image_id)
            if picture and may_see(picture, caller):
                score = revised(candidate, question, _counting(picture, relevance)).score
                if score > 0:
                    yield candidate, score, picture


def _counting(picture: Picture, relevance: Relevance) -> Collection[tuple[str, str]]:
    """Return the postings of a picture that count for a query.

    Lists of classes count for no picture in which the model is certain of what must not be guessed, unless the query
    names it: broad lists ("garment") have it too, and would put it among what is meant.
    """
    postings = rows.postings(picture)
    labels = picture.reading.named if picture.reading and picture.owner_labels is None else ()
    unmeant = (is_sensitive(label.wnid) and not relevance.of(label.wnid) for label in labels)
    return {posting for posting in postings if not index.is_by_group(posting)} if any(unmeant) else postings


def _why(picture: Picture, relevance: Relevance, owners: Sequence[Owner]) -> Sequence[Why]:
    reasons = [
        *_class_reasons(picture, relevance),
        *_word_reasons(picture, relevance),
        *_owner_reasons(picture, relevance, owners),
    ]
    worth = [reason for reason in reasons if reason.probability * reason.relevance >= WORTH_SAYING]
    return sorted(worth, key=lambda reason: reason.probability * reason.relevance, reverse=True)[:MOST_REASONS]


def _class_reasons(picture: Picture, relevance: Relevance) -> Iterator[Why]:
    """Yield a reason for each thing in the picture."""
    for thing in index.depicted(picture):
        members = thing.group.members if thing.group else ()
        most = max((float(relevance.classes[row]) for row in members), default=0.0)
        yield Why(label=thing.label, probability=thing.probability, relevance=round(most, 4))


def _word_reasons(picture: Picture, relevance: Relevance) -> Iterator[Why]:
    """Yield a reason for each word of the query that somebody said of the picture."""
    weights = index.words(picture)
    for typed in relevance.typed:
        best = max(way.exactness * mean(weights.get(term, 0) for term in way.terms) for way in typed.ways)
        yield Why(label=typed.word, probability=round(best, 4), relevance=round(1 / len(relevance.typed), 4))


def _owner_reasons(picture: Picture, relevance: Relevance, owners: Sequence[Owner]) -> Iterator[Why]:
    """Yield as a reason that the query names the picture's owner."""
    for owner in owners:
        if owner.sub == picture.owner:
            named = NAMED * len(owner.words) / len(relevance.typed)
            yield Why(label=owner.name, probability=1, relevance=round(named, 4))
