"""All votes as a CSV file in S3, made on the side, since that may take longer than anybody waits for an answer.

Whoever asks gets the file if no vote was changed since it was begun and it is younger than five minutes. Else this
function is called once more to make a new one. Whoever asks meanwhile waits for the same; the first to ask afterwards
gets it even if there were more votes, or nobody ever would while people go on voting. A job that shows no sign of life
for a minute is taken for dead, and its successor for the only one.

| pk | sk | What |
|---|---|---|
| `FEEDBACK` | `EXPORT#{query}` | the last file of all votes, or of one query's, and the job that makes the next |
"""

import os
import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass

from feedback.table import Line, lines, write
from gallery import limits, rows, storage, votes
from gallery.calls import call
from gallery.settings import settings
from gallery.table import client, get

_FRESH_SECONDS = 300
_DEAD_SECONDS = 60
_SIGN_OF_LIFE_SECONDS = 10
_KEPT_SECONDS = 24 * 3600
"""As long as the bucket keeps the files."""
_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a file that are kept in memory before it goes to disk."""


class Overtaken(Exception):  # noqa: N818 - a state of affairs, not a fault
    """Another job makes the file now."""


@dataclass(frozen=True, slots=True)
class Job:
    """The making of one file, of all votes or (`key` is not empty) of those on one normalised query."""

    key: str
    name: str

    @property
    def file(self) -> str:
        """Where in the bucket the file will lie."""
        return f"{storage.EXPORTS}analytics/{self.name}.csv"


def address_of_file(key: str) -> str | None:
    """Return where to get the file, or None as long as it is being made, which begins now unless it has."""
    found = get(_place(key)) or {}
    if _is_fresh(found):
        return _hand_out(key, found["file_key"]["S"])
    job = Job(key, secrets.token_hex(16))
    if _begin(job):
        _call(job)
    return None


def _hand_out(key: str, file: str) -> str:
    with suppress(Overtaken):
        _change(key, "SET owed = :no", {":no": {"BOOL": False}, ":file": {"S": file}}, "file_key = :file")
    return storage.address(file, seconds=limits.DOWNLOAD_SECONDS, filename="feedback.csv")


def make(job: Job) -> bool:
    """Make a job's file; tell whether it was still the job to do. Done again it does no harm."""
    changes = votes.changes()
    try:
        _show_life(job)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            write(file, _alive(job, lines(job.key)))
            storage.write_export(job.file, file, "text/csv; charset=utf-8")
        _finish(job, changes)
    except Overtaken:
        return False
    return True


def _place(key: str) -> rows.Row:
    return rows.key("FEEDBACK", f"EXPORT#{key}")


def _is_fresh(found: rows.Row) -> bool:
    if "file_key" not in found or time.time() - int(found["made_at"]["N"]) > _FRESH_SECONDS:
        return False
    return bool(found["owed"]["BOOL"]) or int(found["changes"]["N"]) == votes.changes()


def _begin(job: Job) -> bool:
    """Take a job on unless another one is at work; tell whether it was taken."""
    now = int(time.time())
    values = {":job": {"S": job.name}, ":now": _number(now), ":expiry": _number(now + _KEPT_SECONDS)}
    change = "SET job_name = :job, alive_at = :now, expires_at = :expiry REMOVE file_key"
    dead = {":dead": _number(now - _DEAD_SECONDS)}
    try:
        _change(job.key, change, values | dead, "attribute_not_exists(job_name) OR alive_at < :dead")
    except Overtaken:
        return False
    return True


def _call(job: Job) -> None:
    call(os.environ["AWS_LAMBDA_FUNCTION_NAME"], {"export": asdict(job)})


def _alive(job: Job, found: Iterable[Line]) -> Iterator[Line]:
    """Pass lines on, showing a sign of life every now and then."""
    shown_at = time.monotonic()
    for each in found:
        if time.monotonic() - shown_at > _SIGN_OF_LIFE_SECONDS:
            shown_at = time.monotonic()
            _show_life(job)
        yield each


def _show_life(job: Job) -> None:
    _change_own(job, "SET alive_at = :now", {":now": _number(int(time.time()))})


def _finish(job: Job, changes: int) -> None:
    values = {
        ":file": {"S": job.file},
        ":now": _number(int(time.time())),
        ":changes": _number(changes),
        ":yes": {"BOOL": True},
    }
    _change_own(job, "SET file_key = :file, made_at = :now, changes = :changes, owed = :yes REMOVE job_name", values)


def _change_own(job: Job, change: str, values: rows.Row) -> None:
    _change(job.key, change, values | {":job": {"S": job.name}}, "job_name = :job")


def _change(key: str, change: str, values: rows.Row, condition: str) -> None:
    """Change what the table tells of a file; raises Overtaken where the condition does not hold."""
    try:
        client().update_item(
            TableName=settings().table_name,
            Key=_place(key),
            UpdateExpression=change,
            ExpressionAttributeValues=values,
            ConditionExpression=condition,
        )
    except client().exceptions.ConditionalCheckFailedException as error:
        raise Overtaken(key) from error


def _number(value: int) -> rows.Row:
    return {"N": str(value)}
