"""How far captioning every picture again is, known without anything of pictures: the kill switch asks for it."""

import time
from dataclasses import dataclass, fields
from typing import Literal

from gallery.aws import queue, table
from gallery.settings import settings

KEY = table.key("RECAPTION", "JOB")
_SETTLED_SECONDS = 900
"""SQS counts messages only roughly until a minute after the last was sent; this is ample."""

State = Literal["sending", "captioning", "done"]


@dataclass(frozen=True, slots=True)
class Job:
    """Captioning everything again: how many pictures there were, were sent, and were captioned or failed since.

    `since` is when it began; whatever was captioned by that model before is captioned again. `after` is behind which
    key of the originals the sending goes on, None once all are sent.
    """

    id: str
    model: str
    by: str
    since: str
    total: int
    sent: int
    captioned: int
    failed: int
    after: str | None
    alive_at: int


def current() -> Job | None:
    """Return the job there was last."""
    row = table.get(KEY)
    return _from_row(row) if row else None


def state_of(job: Job) -> State:
    """Tell how far a job is; asks the queue where the counts alone do not tell."""
    if job.after is not None:
        return "sending"
    if job.captioned + job.failed >= job.sent or queue.unfinished(settings().recaption_queue_url) == 0:
        return "done"
    return "captioning"


def is_under_way() -> bool:
    """Tell whether pictures are being sent to be captioned again, or may wait for that in their queue."""
    job = current()
    if job is None:
        return False
    if job.after is not None or job.alive_at > time.time() - _SETTLED_SECONDS:
        return True
    return queue.unfinished(settings().recaption_queue_url) > 0


def _from_row(row: table.Row) -> Job:
    return Job(**{"after": None} | {field.name: row[field.name] for field in fields(Job) if field.name in row})
