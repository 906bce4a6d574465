"""The sweeper: bucket and table agree in the end, whatever was killed in between."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from gallery.settings import settings
from sweep.draining import drain_dead_letters
from sweep.rules import COMPARISONS, RULES, embed, expire_tombstones, take_down
from sweep.scanning import Bookmark, bookmark, keep_bookmark

_ROUNDS = 50
"""Most batches of a rule in one run, so that a run and its cost are bounded."""
_RESERVE_MS = 20_000
"""Time a batch must have left to be begun."""


def look() -> Counter[str]:
    """Do what nobody should have to wait for a day for: take down what is public no more, drain the dead letters.

    And have vectors made of what was written, so that it is found by its meaning.
    """
    done = take_down()
    done["dead_letters"] = drain_dead_letters()
    done.update(embed())
    return done


def sweep(deadline_ms: Callable[[], int], *, everything: bool = False) -> Counter[str]:
    """Apply the rules for as long as `deadline_ms()` leaves time; return how often each was needed.

    The next run goes on where this one stops. Comparisons of all objects with all rows that came to their end rest for
    some days, unless `everything` is asked for.
    """
    done = look()
    done.update(expire_tombstones())
    for name, rule in RULES.items():
        place = bookmark(name)
        if not everything and name in COMPARISONS and _rests(place):
            continue
        if place.after is None:
            place = replace(place, begun=_today().isoformat())
        for _ in range(_ROUNDS):
            if deadline_ms() < _RESERVE_MS:
                return done
            before = place.after
            counts, after = rule(before)
            done.update(counts)
            place = replace(place, after=after)
            keep_bookmark(name, place)
            if after is None or (after == before and not counts):  # at its end, or at rest
                break
    return done


def _rests(place: Bookmark) -> bool:
    if place.after is not None or place.begun is None:
        return False
    return (_today() - date.fromisoformat(place.begun)).days < settings().compare_every_days


def _today() -> date:
    return datetime.now(UTC).date()
