"""The sweeper: bucket and table agree in the end, whatever was killed in between."""

from collections import Counter
from collections.abc import Callable

from sweep.draining import drain_dead_letters
from sweep.rules import RULES, expire_tombstones, take_down
from sweep.scanning import bookmark, keep_bookmark

_ROUNDS = 50
"""Most batches of a rule in one run, so that a run and its cost are bounded."""
_RESERVE_MS = 20_000
"""Time a batch must have left to be begun."""


def look() -> Counter[str]:
    """Do what nobody should have to wait for a day for: take down what is public no more, drain the dead letters."""
    done = take_down()
    done["dead_letters"] = drain_dead_letters()
    return done


def sweep(deadline_ms: Callable[[], int]) -> Counter[str]:
    """Apply the rules for as long as `deadline_ms()` leaves time; return how often each was needed.

    The next run goes on where this one stops.
    """
    done = look()
    done.update(expire_tombstones())
    for name, rule in RULES.items():
        after = bookmark(name)
        for _ in range(_ROUNDS):
            if deadline_ms() < _RESERVE_MS:
                return done
            before = after
            found, after = rule(before)
            done.update(found)
            keep_bookmark(name, after)
            if after is None or (after == before and not found):  # at its end, or at rest
                break
    return done
