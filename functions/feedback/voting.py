"""From what a request says to votes on pictures that exist for whoever sent it."""

from collections.abc import Sequence

from feedback.casting import Vote, cast_votes
from feedback.models import FeedbackEntry
from feedback.voters import Voter
from gallery.pictures import catalogue
from gallery.pictures.access import Caller
from gallery.pictures.viewing import may_see


def take(entries: Sequence[FeedbackEntry], caller: Caller, voter: Voter) -> int:
    """Cast the votes of all entries; return how many entries hold a vote that counts.

    Votes on pictures that are not there for the caller are passed over without a word, so that they tell nothing.
    """
    return sum(cast_votes(each.query, _votes(each, caller), voter) > 0 for each in entries)


def _votes(entry: FeedbackEntry, caller: Caller) -> dict[str, Vote]:
    right: dict[str, Vote] = dict.fromkeys(entry.positive, 1)
    wrong: dict[str, Vote] = dict.fromkeys(entry.negative, -1)
    said = right | wrong
    return {each.id: said[each.id] for each in catalogue.find_all(list(said)) if may_see(each, caller)}
