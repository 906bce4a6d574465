"""From what a query is about to the lists that it reads."""

from collections.abc import Sequence
from dataclasses import replace

from gallery.pictures import index
from search.lists import IndexList, Question, Sought
from search.owners import Owner
from search.plan import MOST_LISTS, plan
from search.relevance import Relevance
from search.typed import Typed

NAMED = 0.5
"""How much a word counts that names the owner of a picture."""


def question_of(relevance: Relevance, owners: Sequence[Owner]) -> Question:
    """Return the lists to read, at most 32: of classes, of words, and of the pictures of people who are named."""
    planned = list(plan(relevance.classes).items())[: MOST_LISTS - len(owners)]
    index_lists = {
        index.by_group(group.wnid): IndexList(index.by_group(group.wnid), weight, group.members)
        for group, weight in planned
    }
    share = 1 / max(1, len(relevance.typed))
    ways = [[*_in_texts(word), *_of_owners(word, owners)] for word in relevance.typed]
    for word in ways:
        lists = {index_list.name: index_list for _, lists in word for index_list in lists}
        for index_list in lists.values():
            index_lists.setdefault(index_list.name, replace(index_list, weight=share / len(lists)))
    places = {name: place for place, name in enumerate(index_lists)}
    words = [
        Sought(share, [(counts, [places[index_list.name] for index_list in lists]) for counts, lists in word])
        for word in ways
    ]
    return Question(list(index_lists.values()), words)


Way = tuple[float, Sequence[IndexList]]
"""How much it counts where a word stands in some lists, and these; how deep they are read is not said yet."""


def _in_texts(word: Typed) -> Sequence[Way]:
    return [(way.exactness, [IndexList(index.by_word(term), 0) for term in way.terms]) for way in word.ways]


def _of_owners(word: Typed, owners: Sequence[Owner]) -> Sequence[Way]:
    return [
        (NAMED, [IndexList(f"OWNER#{owner.sub}", 0, owner=owner.sub)]) for owner in owners if word.word in owner.words
    ]
