"""Dead letters: pictures the captioner gave up on, kept in the table since a queue cannot be looked into.

One row a picture (`DEADLETTERS`, `{id}`), and beside the picture (`IMAGE#{id}`, `TROUBLE`) what went wrong last time.
Both expire, since the sweeper reminds the captioner of the picture anyway. Whoever fails at a message for the last time
writes the row itself; the sweeper, which empties the queue, writes those of messages whose function died or was never
called.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gallery.aws import table
from gallery.aws.table import get, newest
from gallery.pictures import catalogue
from gallery.pictures.model import Picture
from gallery.settings import settings
from gallery.timestamps import now

Step = Literal["caption", "describe"]
"""What could not be done: caption a picture, or have a language model describe one that is captioned."""

_WHO: dict[Step, str] = {"caption": "The captioner", "describe": "Whoever asks the language model"}
_PARTITION = "DEADLETTERS"
_KEPT_SECONDS = 30 * 24 * 3600
_REASON_LENGTH = 500
MOST = 100
"""Most letters listed or sent again at a time."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A picture that could not be captioned for reasons that are not the picture's, and the last such reason."""

    image_id: str
    reason: str
    at: str
    step: Step = "caption"


def record_error(image_id: str, error: BaseException, step: Step, receives: int) -> None:
    """Remember what went wrong with a picture whose message was received so often; keep a dead letter the last time."""
    reason = reason_of(error)
    _put(table.key(f"IMAGE#{image_id}", "TROUBLE"), reason)
    if receives >= settings().receives:
        record_failure_for(image_id, step, reason)


def record_failure(image_id: str, step: Step = "caption") -> bool:
    """Keep a dead letter with the last trouble its picture gave, unless that is over; tell whether it is kept."""
    if not _is_undone(step, catalogue.find(image_id)):
        return False
    trouble = get(table.key(f"IMAGE#{image_id}", "TROUBLE")) or {}
    reason = trouble.get("reason", f"{_WHO[step]} ended without a word, or ran out of time.")
    record_failure_for(image_id, step, reason)
    return True


def record_failure_for(image_id: str, step: Step, reason: str) -> None:
    """Keep a dead letter for a reason."""
    _put(table.key(_PARTITION, image_id), reason, step)


def listed() -> list[DeadLetter]:
    """Return the dead letters, at most MOST, those of the newest pictures first."""
    rows, _ = newest(_PARTITION, MOST)
    return [from_row(row) for row in rows]


def is_undone(letter: DeadLetter, picture: Picture | None) -> bool:
    """Tell whether what a letter is about, if it is still known, has not come to an end some other way."""
    return _is_undone(letter.step, picture)


def _is_undone(step: Step, picture: Picture | None) -> bool:
    if picture is None:
        return True
    if step == "describe":
        return picture.status == "captioned" and not picture.is_described
    return picture.status in {"awaiting", "pending"}


def discard(ids: Iterable[str]) -> None:
    """Remove dead letters: they were sent again, or their pictures have come to an end."""
    for image_id in ids:
        table.remove(table.key(_PARTITION, image_id))


def reason_of(error: BaseException) -> str:
    """Say in one line what an error was."""
    return f"{type(error).__name__}: {error}"[:_REASON_LENGTH]


def from_row(row: table.Row) -> DeadLetter:
    """Return the letter that a row holds."""
    step: Step = "describe" if row.get("step") == "describe" else "caption"
    return DeadLetter(row["sk"], row["reason"], row["noted_at"], step)


def _put(key: table.Row, reason: str, step: Step = "caption") -> None:
    expires_at = int(time.time()) + _KEPT_SECONDS
    row = {**key, "reason": reason, "noted_at": now(), "expires_at": expires_at, "step": step}
    table.store(row)


def ids_of(dead_letters: Sequence[DeadLetter]) -> list[str]:
    """Return the pictures that dead letters are about."""
    return [dead_letter.image_id for dead_letter in dead_letters]
