"""What admins did with what is not theirs: who, when, what, to what, and what came of it.

| pk | sk | What |
|---|---|---|
| `LOG` | `{ULID}` | one act: written before it is done, so that nothing goes unlogged, and again when it is over |

Rows are kept for 400 days. One that says `begun` is of somebody who is at it, or died before the end was noted.
"""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Literal, cast

from aws_lambda_powertools import Logger
from ulid import ULID

from gallery import schema
from gallery.aws import table
from gallery.aws.table import newest
from gallery.pictures.access import Caller, owns
from gallery.pictures.model import Picture
from gallery.problems import Problem
from gallery.timestamps import now

Outcome = Literal["begun", "done", "refused", "failed"]

SCHEMA = 1
"""Version of the rows of the log, see gallery.schema."""

_PARTITION = "LOG"
_KEPT_SECONDS = 400 * 24 * 3600

logger = Logger()


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act of an admin's: `by` is their `sub`, `subject` what it was done to, `at` when it began (RFC 3339)."""

    id: str
    at: str
    by: str
    action: str
    subject: str
    outcome: Outcome
    detail: str


@contextmanager
def logged(caller: Caller, action: str, subject: str = "") -> Iterator[None]:
    """Note what an admin is about to do, have it done, and note what came of it.

    Nothing is done that could not be noted first.
    """
    entry_id = str(ULID())
    _begin(entry_id, caller, action, subject)
    try:
        yield
    except Problem as problem:
        _end(entry_id, "refused", problem.detail)
        raise
    except Exception as error:
        _end(entry_id, "failed", type(error).__name__)
        raise
    _end(entry_id, "done")
    logger.info("admin", extra={"action": action, "subject": subject, "by": caller.sub})


def logged_unless_own(caller: Caller, action: str, picture: Picture) -> AbstractContextManager[None]:
    """Note what an admin does to somebody else's picture; owners' own business is nobody's."""
    if caller.admin and not owns(caller, picture):
        return logged(caller, action, f"image {picture.id}")
    return nullcontext()


def entries(limit: int, after: str | None = None) -> tuple[list[AuditEntry], str | None]:
    """Return up to `limit` acts, newest first, going on after the id `after`; and where to go on."""
    listed, after = newest(_PARTITION, limit, after)
    return [_entry(row) for row in listed], after


def _entry(row: table.Row) -> AuditEntry:
    schema.require_known(schema.of_row(row), SCHEMA, f"LOG {row['sk']}")

    def text(name: str) -> str:
        return str(row.get(name, ""))

    outcome = cast("Outcome", text("outcome"))
    return AuditEntry(text("sk"), text("at"), text("by"), text("action"), text("subject"), outcome, text("detail"))


def _begin(entry_id: str, caller: Caller, action: str, subject: str) -> None:
    entry = {"at": now(), "by": caller.sub or "", "action": action, "subject": subject, "outcome": "begun"}
    item = {
        **table.key(_PARTITION, entry_id),
        **schema.stamp(SCHEMA),
        **entry,
    }
    expires_at = int(time.time()) + _KEPT_SECONDS
    table.store({**item, "expires_at": expires_at})


def _end(entry_id: str, outcome: Outcome, detail: str = "") -> None:
    """Note how an act ended; where that fails the act has been done all the same, and its row says `begun`."""
    try:
        table.update(
            table.key(_PARTITION, entry_id),
            UpdateExpression="SET outcome = :outcome, detail = :detail",
            ExpressionAttributeValues={":outcome": outcome, ":detail": detail},
        )
    except Exception:
        logger.exception("an act's end could not be noted", extra={"entry": entry_id, "outcome": outcome})
