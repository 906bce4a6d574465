"""What admins did."""

from pydantic import BaseModel

from gallery.admin import audit_log
from gallery.admin.audit_log import AuditEntry, Outcome
from gallery.api.paging import id_in
from gallery.people import people


class LogEntry(BaseModel):
    """One act of an admin's: who did what to what and when, and what came of it; `by` is a username."""

    id: str
    at: str
    by: str
    action: str
    subject: str
    outcome: Outcome
    detail: str


class LogAnswer(BaseModel):
    """A part of the log, newest first; `next_cursor` is null at its end."""

    entries: list[LogEntry]
    next_cursor: str | None


def audit(limit: int, cursor: str | None) -> LogAnswer:
    """Return one page of the log; raises the 400 for a cursor that is not ours."""
    entries_of_page, after = audit_log.entries(limit, id_in(cursor))
    subs = {entry.by for entry in entries_of_page} | {sub for entry in entries_of_page if (sub := _person_in(entry))}
    names = {sub: person.username for sub, person in people.find_all(subs).items() if person.username}
    return LogAnswer(entries=[_told(entry, names) for entry in entries_of_page], next_cursor=after)


def _person_in(entry: AuditEntry) -> str | None:
    kind, _, subject = entry.subject.partition(" ")
    return subject if kind == "person" else None


def _told(entry: AuditEntry, names: dict[str, str]) -> LogEntry:
    sub = _person_in(entry)
    return LogEntry(
        id=entry.id,
        at=entry.at,
        by=names.get(entry.by, entry.by),
        action=entry.action,
        subject=f"person {names.get(sub, sub)}" if sub else entry.subject,
        outcome=entry.outcome,
        detail=entry.detail,
    )
