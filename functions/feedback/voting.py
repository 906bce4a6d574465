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
    return sum(cast_votes(entry.query, _votes(entry, caller), voter) > 0 for entry in entries)


def _votes(entry: FeedbackEntry, caller: Caller) -> dict[str, Vote]:
    right: dict[str, Vote] = dict.fromkeys(entry.positive, 1)
    wrong: dict[str, Vote] = dict.fromkeys(entry.negative, -1)
    chosen = right | wrong
    return {picture.id: chosen[picture.id] for picture in catalogue.find_all(list(chosen)) if may_see(picture, caller)}
