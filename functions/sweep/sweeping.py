"""The sweeper's rules, by which bucket and table agree in the end whatever was killed in between.

| In the bucket | In the table | What the sweeper does |
|---|---|---|
| original | nothing, or a ticket, or no caption though there is a model | reminds the captioner |
| anything | tombstone | deletes it; once nothing is left the tombstone may expire |

Young originals are left alone: their own event is still on its way. Each run reads a bounded part of the bucket and
the next goes on behind it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice

from gallery import catalogue, removal, rows, storage
from gallery.pictures import Picture
from gallery.queue import remind
from gallery.settings import settings

_BATCH = 100
_BATCHES = 100
"""Most batches of originals in one run: 10 000 pictures, about ten seconds."""
_RESERVE_MS = 20_000


def sweep(deadline_ms: Callable[[], int]) -> Counter[str]:
    """Apply the rules for as long as `deadline_ms()` leaves time; return how often each was needed."""
    done = _close_tombstones()
    originals = _originals(catalogue.bookmark())
    for _ in range(_BATCHES):
        if deadline_ms() < _RESERVE_MS:
            break
        batch = list(islice(originals, _BATCH))
        done.update(_sweep(batch))
        at_the_end = len(batch) < _BATCH
        catalogue.keep_bookmark(None if at_the_end else batch[-1])
        if at_the_end:
            break
    return done


def _originals(after: str | None) -> Iterator[str]:
    """Yield the ids of originals old enough that their own event must have been seen."""
    until = datetime.now(UTC) - timedelta(seconds=settings().stuck_seconds)
    return (image_id for image_id, modified in storage.originals(after) if modified < until)


def _sweep(ids: Sequence[str]) -> Counter[str]:
    known = {picture.id: picture for picture in catalogue.find_all(ids)}
    deleted = [each for each in ids if each in known and known[each].status == "deleted"]
    for each in deleted:
        removal.erase(each)
    stuck = [each for each in ids if _waits(known.get(each))]
    return Counter(erased=len(deleted), reminded=remind(stuck))


def _waits(picture: Picture | None) -> bool:
    if picture is None or picture.status == "awaiting":
        return True
    return picture.status == "pending" and settings().model_name is not None


def _close_tombstones() -> Counter[str]:
    done = Counter(erased=0, closed=0)
    for tombstone in catalogue.page(rows.TOMBSTONES, _BATCH).pictures:
        if removal.erase(tombstone.id):
            removal.close(tombstone)
            done["closed"] += 1
        else:
            done["erased"] += 1
    return done
