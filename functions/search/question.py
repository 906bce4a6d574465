"""From what a query is about to the lists that it reads."""

from collections.abc import Sequence
from dataclasses import replace

from gallery.pictures import index
from search.lists import Question, Sought, Wanted
from search.owners import Owner
from search.plan import MOST_LISTS, plan
from search.relevance import Relevance
from search.typed import Typed

NAMED = 0.5
"""How much a word counts that names the owner of a picture."""


def question_of(relevance: Relevance, owners: Sequence[Owner]) -> Question:
    """Return the lists to read, at most 32: of classes, of words, and of the pictures of people who are named."""
    planned = list(plan(relevance.classes).items())[: MOST_LISTS - len(owners)]
    wanted = {
        index.by_group(group.wnid): Wanted(index.by_group(group.wnid), weight, group.members)
        for group, weight in planned
    }
    share = 1 / max(1, len(relevance.typed))
    ways = [[*_in_texts(each), *_of_owners(each, owners)] for each in relevance.typed]
    for word in ways:
        lists = {each.name: each for _, lists in word for each in lists}
        for each in lists.values():
            wanted.setdefault(each.name, replace(each, weight=share / len(lists)))
    places = {name: place for place, name in enumerate(wanted)}
    words = [
        Sought(share, [(counts, [places[each.name] for each in lists]) for counts, lists in word]) for word in ways
    ]
    return Question(list(wanted.values()), words)


Way = tuple[float, Sequence[Wanted]]
"""How much it counts where a word stands in some lists, and these; how deep they are read is not said yet."""


def _in_texts(word: Typed) -> Sequence[Way]:
    return [(way.exactness, [Wanted(index.by_word(term), 0) for term in way.terms]) for way in word.ways]


def _of_owners(word: Typed, owners: Sequence[Owner]) -> Sequence[Way]:
    return [(NAMED, [Wanted(f"OWNER#{each.sub}", 0, owner=each.sub)]) for each in owners if word.word in each.words]
