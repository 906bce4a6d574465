"""In which form something is stored: rows and records that say something themselves carry the version of their kind.

What carries none was written before its kind had any, in the form of version 1. Whoever changes a form raises its
version, and has its reader raise what is older to the new form. What is newer than its reader nobody can read: it is
refused, since whatever is misread is written back wrong.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from gallery.problems import Problem


class Newer(Problem):
    """Something was stored by a later version of the gallery than this one, as while that is being deployed."""

    def __init__(self, reason: str) -> None:
        detail = "This was stored by a newer version of the gallery than the one that answers. Please try again later."
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "30"})
        self.args = (reason,)


def stamp(version: int) -> dict[str, Any]:
    """Return the attribute of a row that says in which form of its kind it is."""
    return {"schema": version}


def of_row(row: Mapping[str, Any]) -> int:
    """Return in which form of its kind a row is."""
    return int(row.get("schema", 1))


def require_known(stored: int, known: int, what: str) -> None:
    """Raise Newer where something (`what`, for the log) is stored in a later form than the latest that is known."""
    if stored > known:
        raise Newer(f"{what} is of schema {stored}, and {known} is the latest known here")
