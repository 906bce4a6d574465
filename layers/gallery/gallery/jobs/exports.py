"""Making files that somebody asked for, on the side, since that may take longer than anybody waits for an answer.

A row tells of a file and of the job that makes the next one; there is one job at a time. A job that shows no sign of
life for a minute is taken for dead, and its successor for the only one. The bucket keeps the files for a day, unless an
export says otherwise.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from gallery.aws import table
from gallery.jobs.superseded import JobSuperseded

_DEAD_SECONDS = 60
_SIGN_OF_LIFE_SECONDS = 10
_KEPT_SECONDS = 24 * 3600
"""As long as the bucket keeps the files."""

IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a file that are kept in memory before it goes to disk."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Export:
    """The making of one file: the row that tells of it, the name of the job, and where in the bucket it will lie.

    `seconds` is for how long the row tells of it.
    """

    pk: str
    sk: str
    job: str
    file: str
    seconds: int = _KEPT_SECONDS


def begin(export: Export, forgotten: Sequence[str] = ()) -> bool:
    """Take a job on unless another one is at work; tell whether it was taken.

    What else the row tells is left as it is, but for the `forgotten` attributes.
    """
    now = int(time.time())
    values = {":job": export.job, ":now": now, ":expiry": now + export.seconds}
    removed = ", ".join(["file_key", *forgotten])
    update = f"SET job_name = :job, alive_at = :now, expires_at = :expiry REMOVE {removed}"
    dead = {":dead": now - _DEAD_SECONDS}
    try:
        change(export, update, values | dead, "attribute_not_exists(job_name) OR alive_at < :dead")
    except JobSuperseded:
        return False
    return True


def take_over(export: Export, job: str) -> Export:
    """Go on with a job under another name; return the export of that name.

    A second delivery of the event that called for it finds the former name gone, and so does a process that was taken
    for dead: both raise JobSuperseded. Where the job has shown no sign of life for a while, its name does not matter.
    """
    now = int(time.time())
    values = {":job": job, ":former": export.job, ":now": now, ":dead": now - _DEAD_SECONDS}
    condition = "job_name = :former OR (attribute_exists(job_name) AND alive_at < :dead)"
    change(export, "SET job_name = :job, alive_at = :now", values, condition)
    return replace(export, job=job)


def alive(export: Export, rows: Iterable[Item]) -> Iterator[Item]:
    """Pass on what goes into a file, showing a sign of life every now and then."""
    shown_at = time.monotonic()
    for row in rows:
        if time.monotonic() - shown_at > _SIGN_OF_LIFE_SECONDS:
            shown_at = time.monotonic()
            show_life(export)
        yield row


def show_life(export: Export, **facts: Any) -> None:  # noqa: ANN401 - whatever a row may hold
    """Say that a job goes on, and how far; raises JobSuperseded where it is no longer the one to make the file."""
    facts = {"alive_at": int(time.time()), **facts}
    update = ", ".join(f"{name} = :{name}" for name in facts)
    _change_own(export, f"SET {update}", {f":{name}": value for name, value in facts.items()})


def finish(export: Export, **facts: str | int | bool) -> None:
    """Tell that the file is there, and what else there is to say of it; raises JobSuperseded like `show_life`."""
    facts = {"file_key": export.file, "made_at": int(time.time()), **facts}
    update = ", ".join(f"{name} = :{name}" for name in facts)
    _change_own(export, f"SET {update} REMOVE job_name", {f":{name}": value for name, value in facts.items()})


def is_younger(row: Mapping[str, Any], seconds: int) -> bool:
    """Tell whether a row tells of a file that was made so many seconds ago at the most."""
    return "file_key" in row and time.time() - row["made_at"] <= seconds


def _change_own(export: Export, update: str, values: table.Row) -> None:
    change(export, update, values | {":job": export.job}, "job_name = :job")


def change(export: Export, update: str, values: table.Row, condition: str) -> None:
    """Change what the table tells of a file; raises JobSuperseded where the condition does not hold."""
    try:
        table.update(
            table.key(export.pk, export.sk),
            UpdateExpression=update,
            ExpressionAttributeValues=values,
            ConditionExpression=condition,
        )
    except table.Conflict as error:
        raise JobSuperseded(export.sk) from error
