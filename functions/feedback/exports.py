"""All votes as a CSV file in S3, made on the side (gallery.jobs.exports).

Whoever asks gets the file if no vote was changed since it was begun and it is younger than five minutes. Else this
function is called once more to make a new one. Whoever asks meanwhile waits for the same; the first to ask afterwards
gets it even if there were more votes, or nobody ever would while people go on voting.

| pk | sk | What |
|---|---|---|
| `FEEDBACK` | `EXPORT#{query}` | the last file of all votes, or of one query's, and the job that makes the next |
"""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass

from feedback.table import lines, write
from gallery import limits
from gallery.aws import table
from gallery.aws.calls import call
from gallery.aws.table import get
from gallery.feedback import votes
from gallery.jobs import exports
from gallery.jobs.exports import Export
from gallery.jobs.superseded import JobSuperseded
from gallery.pictures import storage

_FRESH_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Job:
    """The making of one file, of all votes or (`key` is not empty) of those on one normalised query."""

    key: str
    name: str

    @property
    def export(self) -> Export:
        """Which row tells of the file, and where in the bucket it will lie."""
        return Export("FEEDBACK", f"EXPORT#{self.key}", self.name, f"{storage.EXPORTS}analytics/{self.name}.csv")


def address_of_file(key: str) -> str | None:
    """Return where to get the file, or None as long as it is being made, which begins now unless it has."""
    job = Job(key, secrets.token_hex(16))
    row = get(table.key(job.export.pk, job.export.sk)) or {}
    if _is_fresh(row):
        return _hand_out(job.export, row["file_key"])
    if exports.begin(job.export):
        call(os.environ["AWS_LAMBDA_FUNCTION_NAME"], {"export": asdict(job)})
    return None


def _hand_out(export: Export, file: str) -> str:
    with suppress(JobSuperseded):
        exports.change(export, "SET owed = :no", {":no": False, ":file": file}, "file_key = :file")
    return storage.address(file, seconds=limits.DOWNLOAD_SECONDS, filename="feedback.csv")


def make(job: Job) -> bool:
    """Make a job's file; tell whether it was still the job to do. Done again it does no harm."""
    changes, export = votes.changes(), job.export
    try:
        exports.show_life(export)
        with tempfile.SpooledTemporaryFile(exports.IN_MEMORY) as file:
            write(file, exports.alive(export, lines(job.key)))
            storage.write_export(export.file, file, "text/csv; charset=utf-8")
        exports.finish(export, changes=changes, owed=True)
    except JobSuperseded:
        return False
    return True


def _is_fresh(row: table.Row) -> bool:
    if not exports.is_younger(row, _FRESH_SECONDS):
        return False
    return bool(row["owed"]) or row["changes"] == votes.changes()
