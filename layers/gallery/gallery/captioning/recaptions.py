"""Captioning every picture again, with the same model or another one.

| pk | sk | What |
|---|---|---|
| `RECAPTION` | `JOB` | the last time that was asked for: by whom, with which model, and how far it is |

The admins' function walks over the originals and puts a message for each into a queue of its own, so that uploads do
not wait behind a million others; the sweeper has it go on where it died. A picture keeps its caption until the new one
is written. The pictures sent are known exactly; what became of them is counted by whoever is done with one, so that a
death in between leaves one uncounted: a job is over once all are sent and either all are counted or none is left in
the queue.

Lambda asks an empty queue 648,000 times a month. Therefore the brake function has the queue's event source mapping
enabled only while a job is under way.
"""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from gallery.aws import queue, table
from gallery.aws.calls import call
from gallery.captioning.recaption_job import KEY as _KEY
from gallery.captioning.recaption_job import Job, State, current, is_under_way, state_of
from gallery.jobs.superseded import JobSuperseded
from gallery.pictures import counters, storage
from gallery.settings import settings
from gallery.timestamps import now

__all__ = ["Job", "State", "current", "is_under_way", "state_of"]
"""Known here as well: how far a job is."""

_RESERVE_MS = 10_000
"""Time that the sending of another thousand pictures must have left to be begun."""

Outcome = Literal["captioned", "failed"]


@dataclass(frozen=True, slots=True)
class RecaptionTask:
    """One picture to be captioned again by a model unless that has happened `since` (RFC 3339)."""

    job: str
    image_id: str
    model: str
    since: str


def models() -> Sequence[str]:
    """Return the models that the captioner has, the one for new pictures first."""
    return list(json.loads(os.environ.get("MODELS") or "[]"))


def begin(job_id: str, model: str, by: str, former: Job | None) -> None:
    """Begin a job; raises JobSuperseded where another one took the place of the `former` meanwhile."""
    total = sum(counters.total().pictures.values())
    texts = {"id": job_id, "model": model, "by": by, "since": now(), "after": storage.ORIGINALS}
    numbers = {"total": total, "sent": 0, "captioned": 0, "failed": 0, "alive_at": int(time.time())}
    item = {**_KEY, **texts, **numbers}
    condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
    if former:
        condition = {
            "ConditionExpression": "id = :former",
            "ExpressionAttributeValues": {":former": former.id},
        }
    try:
        table.store(item, **condition)
    except table.Conflict as error:
        raise JobSuperseded(job_id) from error


def continue_sending(job_id: str) -> None:
    """Have the admins' function go on sending a job's pictures, some time soon."""
    call(settings().admin_function, {"recaption": job_id})


def send(job_id: str, left_ms: Callable[[], int]) -> bool:
    """Send a job's pictures for as long as `left_ms()` leaves time; tell whether some are left.

    A thousand sent twice, since somebody died before noting them, are captioned once.
    """
    while left_ms() > _RESERVE_MS:
        job = current()
        if job is None or job.id != job_id or job.after is None:
            return False
        stored, after = storage.listing(storage.ORIGINALS, job.after)
        _put([RecaptionTask(job.id, item.image_id, job.model, job.since) for item in stored])
        try:
            _note_sent(job, len(stored), after)
        except JobSuperseded:
            return False
    return True


def resume_if_stalled() -> bool:
    """Have the sending of a job go on about which nothing was heard for long; tell whether there was one."""
    job = current()
    stuck = job is not None and job.after is not None and job.alive_at < time.time() - settings().stuck_seconds
    if job and stuck:
        continue_sending(job.id)
    return stuck


def count(task: RecaptionTask, outcome: Outcome) -> None:
    """Count a picture that was captioned again, or could not be; of a job that is no more nothing is counted."""
    try:
        table.update(
            _KEY,
            UpdateExpression=f"ADD {outcome} :one",
            ConditionExpression="id = :job",
            ExpressionAttributeValues={":one": 1, ":job": task.job},
        )
    except table.Conflict:
        return


def message(task: RecaptionTask) -> str:
    """Return a wish as it is put into the queue."""
    return json.dumps({"recaption": asdict(task)})


def task_of(body: str) -> RecaptionTask | None:
    """Return the wish that a message holds; None for any other message."""
    try:
        return RecaptionTask(**json.loads(body)["recaption"])
    except (KeyError, TypeError, ValueError):
        return None


def _put(tasks: Sequence[RecaptionTask]) -> None:
    for answer in queue.send(settings().recaption_queue_url, {task.image_id: message(task) for task in tasks}):
        if failed := answer.get("Failed"):
            raise RuntimeError(f"the queue refused {len(failed)} messages: {failed[0].get('Message')}")


def _note_sent(job: Job, pictures: int, after: str | None) -> None:
    place = "SET alive_at = :now, #after = :after" if after else "SET alive_at = :now REMOVE #after"
    values = {
        ":now": int(time.time()),
        ":pictures": pictures,
        ":job": job.id,
        ":before": job.after or "",
    }
    try:
        table.update(
            _KEY,
            UpdateExpression=f"{place} ADD sent :pictures",
            ConditionExpression="id = :job AND #after = :before",
            ExpressionAttributeNames={"#after": "after"},
            ExpressionAttributeValues=values | ({":after": after} if after else {}),
        )
    except table.Conflict as error:
        raise JobSuperseded(job.id) from error
