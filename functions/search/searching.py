"""Answering a query: what it is about, which pictures show that, and why."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from statistics import mean

from gallery.api.filtering import Scope, scope_of
from gallery.api.image import present_all
from gallery.pictures import catalogue, index, rows
from gallery.pictures.access import Caller
from gallery.pictures.filters import Filters
from gallery.pictures.model import IMAGE_ID, Picture
from gallery.pictures.viewing import may_see
from gallery.problems import foreign_cursor, invalid
from gallery.vocabulary.sensitive import is_sensitive
from search.filtered import newest, passing
from search.learning import lesson_on
from search.lists import Candidate, Question, candidates, revised, standing, stands
from search.models import Result, SearchAnswer, SearchTotal, Understood, Why
from search.owners import Owner, owners_named
from search.question import NAMED, question_of
from search.recognition import joined, recognise
from search.relevance import Relevance, corrections, relevance_of, words_alone
from search.typed import is_titled
from search.written import Sentence, Witnesses, witnesses

FLOOR = 0.1
"""Score below which pictures hardly answer a query: `make bench` counts what lies on either side."""
UNDERSTOOD = 0.99
"""How much a picture counts that is found by what a query was understood to say, beside those titled like it."""
_IN_TITLES = 0.9
"""Score of pictures in whose titles all words of a query stand, at least."""
_TITLED, _LOWEST = "t", 0.0
"""How cursors among those begin, and the score at which all of them were shown."""
WORTH_SAYING = 0.01
"""Probability times relevance from which a class is a reason."""
MOST_REASONS = 5

_CURSOR = rf"^([01]\.\d{{6}})-({IMAGE_ID.strip('^$')})$"
_BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for: a query, filters, or both.

    `verbatim` takes no word of the query for another one, and none for a filter, as which the texts `as_words` are not
    taken either.
    """

    query: str | None = None
    filters: Filters = field(default_factory=Filters)
    min_score: float = 0
    verbatim: bool = False
    as_words: Collection[str] = ()


def search(asked: Asked, limit: int, cursor: str | None, caller: Caller) -> SearchAnswer:
    """Return a page of the pictures that a query is about, best first, or of those that filters leave, newest first.

    Raises the 422 for neither, the 400 for a bad cursor, the 404 for an album that the caller may not see, and the 401
    for what is their own of somebody unknown.
    """
    if asked.query is not None and asked.query.strip() and not asked.verbatim:
        rest, recognised = recognise(asked.query, caller, asked.filters, asked.as_words)
        if recognised:
            plain = replace(asked, query=rest, filters=joined(asked.filters, recognised))
            answer = _with_titled(asked, plain, limit, cursor, caller)
            understood = [Understood.of(each.text, each.filters) for each in recognised]
            return answer.model_copy(update={"query": asked.query, "understood": understood})
    return _search(asked, limit, cursor, caller)


def _search(asked: Asked, limit: int, cursor: str | None, caller: Caller) -> SearchAnswer:
    """Return a page by a query that is nothing but words, by filters, or by both."""
    scope = scope_of(asked.filters, caller) if asked.filters.given() else None
    if asked.query and asked.query.strip():
        return _page(_rank(asked, caller, scope), limit, _position(cursor))
    if scope is None:
        raise invalid("query", "Say what you are looking for.")
    return newest(scope, FLOOR, limit, cursor)


_Find = Callable[[Sequence[str]], Iterable[Picture]]
"""Returns the pictures of some ids, without those that do not exist."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Ranking:
    """What a query is about, and the pictures that answer it, best first, as whoever asked for it sees them."""

    asked: Asked
    caller: Caller
    relevance: Relevance
    owners: Sequence[Owner]
    question: Question
    written: Witnesses
    candidates: Sequence[Candidate]
    complete: bool
    find: _Find


def _rank(asked: Asked, caller: Caller, scope: Scope | None) -> _Ranking:
    """Return the pictures that a query is about, among those that pass its filters."""
    query = asked.query or ""
    slips = {} if asked.verbatim else corrections(query)
    relevance = relevance_of(query, lesson_on(query), slips, {slip for slip in slips if stands(slip, caller)})
    owners = owners_named(query, relevance.typed)
    question, listed = candidates(question_of(relevance, owners), caller)
    written = witnesses(query if relevance.known else "", listed, caller)
    ranking = _Ranking(
        asked=asked, caller=caller, relevance=relevance, owners=owners, question=question, written=written,
        candidates=written.candidates(), complete=question.complete and written.complete, find=catalogue.find_all,
    )  # fmt: skip
    narrowed = _within(ranking, scope) if scope else ranking
    fitting = [each for each in narrowed.candidates if each.score >= asked.min_score] if _fits(narrowed) else []
    return replace(narrowed, candidates=fitting)


def _within(ranking: _Ranking, scope: Scope) -> _Ranking:
    """Return a ranking of the pictures alone that pass filters, by all that they stand for at this moment."""
    pictures, complete = passing(scope, [each.image_id for each in ranking.candidates], complete=ranking.complete)
    by_id = {picture.id: picture for picture in pictures}
    scored = (standing(each, ranking.question, _counting(each, ranking.relevance)) for each in pictures)
    written = ranking.written.beside(scored)
    return replace(
        ranking,
        caller=scope.caller,
        written=written,
        candidates=written.candidates(),
        complete=complete,
        find=lambda ids: [by_id[each] for each in ids],
    )


def _with_titled(asked: Asked, plain: Asked, limit: int, cursor: str | None, caller: Caller) -> SearchAnswer:
    """Return a page of a query of which parts are taken for filters, as `plain` has it.

    First of all come the pictures in whose title, or owner's labels, all of its words stand.
    """
    titled, pictures = _titled(asked, caller)
    first = list[Result]()
    if cursor is None or cursor.startswith(_TITLED):
        page = _page(titled, limit, _position(cursor.removeprefix(_TITLED)) if cursor else None)
        first, cursor = page.results, None
    answer = _search(plain, max(1, limit - len(first)), cursor, caller)
    besides = len(pictures) - len(scope_of(plain.filters, caller).admitted(pictures.values()))
    total = answer.total.model_copy(update={"count": answer.total.count + besides})
    if len(first) == limit:
        more = page.next_cursor or f"{_LOWEST:.6f}-{first[-1].image.id}"
        return answer.model_copy(update={"results": first, "next_cursor": _TITLED + more, "total": total})
    others = [each for each in answer.results if each.image.id not in pictures]
    results = [each.model_copy(update={"score": UNDERSTOOD * each.score}) for each in others]
    return answer.model_copy(update={"results": [*first, *results], "total": total})


def _titled(asked: Asked, caller: Caller) -> tuple[_Ranking, Mapping[str, Picture]]:
    """Return the best pictures in whose title or owner's labels all words of a query stand, and these by their ids."""
    relevance = words_alone(asked.query or "")
    question, best = candidates(question_of(relevance, []), caller)
    likely = [each.image_id for each in best if each.score >= max(_IN_TITLES, asked.min_score)][:_BATCH]
    pictures = catalogue.find_all(likely)
    scope = scope_of(asked.filters, caller)
    titled = {each.id: each for each in scope.admitted(pictures) if is_titled(each, relevance.typed)}
    ranking = _Ranking(
        asked=asked, caller=scope.caller, relevance=relevance, owners=(), question=question, complete=True,
        written=Witnesses({}, {each.image_id: each for each in best}),
        candidates=[each for each in best if each.image_id in titled],
        find=lambda ids: [titled[each] for each in ids],
    )  # fmt: skip
    return ranking, titled


def _page(ranking: _Ranking, limit: int, after: tuple[float, str] | None) -> SearchAnswer:
    """Return a page of a ranking.

    Every page reads the same lists equally deep, so that no picture comes twice while nothing changes.
    """
    rest = [each for each in ranking.candidates if after is None or (each.score, each.image_id) < after]
    page = list(islice(_existing(rest, ranking, limit + 1), limit + 1))
    shown = [(score, picture) for _, score, picture in page[:limit] if score >= ranking.asked.min_score]
    last = page[limit - 1][0] if len(page) > limit else None
    results = _results(shown, ranking)
    whole = after is None and last is None
    return SearchAnswer(
        query=ranking.asked.query,
        corrected=ranking.relevance.corrected,
        floor=FLOOR,
        results=results,
        next_cursor=f"{last.score:.6f}-{last.image_id}" if last else None,
        total=SearchTotal(count=len(results) if whole else len(ranking.candidates), exact=ranking.complete),
    )


def _results(shown: Sequence[tuple[float, Picture]], ranking: _Ranking) -> list[Result]:
    """Return pictures with their scores as results, best first."""
    images = present_all((picture for _, picture in shown), ranking.caller)
    results = [
        Result(image=image, score=score, why=list(_why(picture, ranking)))
        for (score, picture), image in zip(shown, images, strict=True)
    ]
    return sorted(results, key=lambda result: result.score, reverse=True)


def _fits(ranking: _Ranking) -> bool:
    """Tell whether anything fits: a word is known, or stands in a text, or else something is as likely as the floor."""
    best, word_lists = ranking.candidates, ranking.question.word_lists
    if ranking.relevance.known or any(candidate.score >= FLOOR for candidate in best[:1]):
        return True
    return any(place in word_lists for candidate in best for place, _, _ in candidate.hits)


def _position(cursor: str | None) -> tuple[float, str] | None:
    if cursor is None:
        return None
    match = re.match(_CURSOR, cursor)
    if not match:
        raise foreign_cursor()
    return float(match[1]), match[2]


def _existing(
    ranked: Sequence[Candidate], ranking: _Ranking, number: int
) -> Iterator[tuple[Candidate, float, Picture]]:
    """Yield the candidates that the caller may see, with their scores as the pictures are now and the pictures.

    Such a score differs from the one that a candidate is ranked by where some of its postings are out of date.
    """
    step = min(_BATCH, number)
    for start in range(0, len(ranked), step):
        batch = ranked[start : start + step]
        pictures = {picture.id: picture for picture in ranking.find([candidate.image_id for candidate in batch])}
        for candidate in batch:
            picture = pictures.get(candidate.image_id)
            if picture and may_see(picture, ranking.caller):
                listed = ranking.written.by_lists(candidate)
                by_lists = revised(listed, ranking.question, _counting(picture, ranking.relevance)).score
                score = ranking.written.score(picture, by_lists)
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


def _why(picture: Picture, ranking: _Ranking) -> Sequence[Why]:
    reasons = [
        *_class_reasons(picture, ranking.relevance),
        *_word_reasons(picture, ranking.relevance),
        *_owner_reasons(picture, ranking.relevance, ranking.owners),
        *_sentence_reasons(ranking.written.of(picture)),
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


def _sentence_reasons(sentence: Sentence | None) -> Iterator[Why]:
    """Yield as a reason what was written of the picture, where that says what the query says."""
    if sentence:
        yield Why(label=sentence.text, probability=1, relevance=round(sentence.score, 4))


def _owner_reasons(picture: Picture, relevance: Relevance, owners: Sequence[Owner]) -> Iterator[Why]:
    """Yield as a reason that the query names the picture's owner."""
    for owner in owners:
        if owner.sub == picture.owner:
            named = NAMED * len(owner.words) / len(relevance.typed)
            yield Why(label=owner.name, probability=1, relevance=round(named, 4))
