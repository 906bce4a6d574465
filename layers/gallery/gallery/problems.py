"""Errors as the contract speaks them: RFC 9457 problem details."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

CONTENT_TYPE = "application/problem+json"


_PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""What RFC 9110 calls them; Python did so only later."""


def phrase(status: int) -> str:
    """Return what a status is called, whatever Python this is."""
    return _PHRASES.get(status) or HTTPStatus(status).phrase


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field or parameter."""

    field: str
    detail: str


@dataclass(eq=False)
class Problem(Exception):
    """An answer that is not what the caller hoped for, in words fit for people."""

    status: HTTPStatus
    detail: str
    errors: Sequence[FieldError] = field(default=())
    headers: dict[str, str] = field(default_factory=dict)
    members: dict[str, Any] = field(default_factory=dict)
    """What the document says besides (RFC 9457, section 3.2)."""

    def document(self) -> dict[str, Any]:
        """Return the problem+json document (RFC 9457, section 3)."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": phrase(self.status),
            "status": self.status.value,
            "detail": self.detail,
        }
        if self.errors:
            document["errors"] = [{"field": error.field, "detail": error.detail} for error in self.errors]
        return document | self.members


class ServiceUnavailable(Problem):
    """The services behind the gallery cannot keep up; the `reason` is for the log, callers hear when to come again."""

    def __init__(self, reason: str) -> None:
        detail = "The gallery is very busy. Please try again in a moment."
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "2"})
        self.args = (reason,)


def invalid(field_name: str, detail: str) -> Problem:
    """Return the 422 about a single field or parameter."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, [FieldError(field_name, detail)])


def foreign_cursor() -> Problem:
    """Return the 400 for a cursor that no list of ours gave out."""
    return Problem(HTTPStatus.BAD_REQUEST, "The cursor is not one of ours.", [FieldError("cursor", "not ours")])


def no_such_image() -> Problem:
    """Return the 404 that is the same for a picture that never was, is gone, or is somebody else's secret."""
    return Problem(HTTPStatus.NOT_FOUND, "There is no such image.")
