"""Lists, a part at a time: what one asks for a part with, and the cursors that lead from one to the next."""

import base64
import json
import re
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field, TypeAdapter

from gallery import limits, rows
from gallery.pictures import IMAGE_ID
from gallery.problems import foreign_cursor

Limit = Annotated[int, Query(ge=1, le=limits.MAX_PAGE, description="How many at the most")]
Cursor = Annotated[str | None, Query(max_length=100, description="Where the last page ended")]

_Ranked = TypeAdapter(tuple[Annotated[int, Field(ge=0, lt=10**18, strict=True)], Annotated[str, Field(min_length=1)]])
"""What a cursor of a list by rank holds: the rank and the sort key of the last row shown."""


def id_in(cursor: str | None) -> str | None:
    """Return the id that the last part of a list of pictures, posts or acts ended with; raises the 400 for no id."""
    if cursor is not None and not re.fullmatch(IMAGE_ID, cursor):
        raise foreign_cursor()
    return cursor


def ranked_cursor(last: rows.Row | None) -> str | None:
    """Return the cursor behind the last row of a part of a list by rank; None at the list's end."""
    if last is None:
        return None
    position = [int(last["rank"]["N"]), last["sk"]["S"]]
    return base64.urlsafe_b64encode(json.dumps(position, ensure_ascii=False).encode()).decode()


def ranked_in(cursor: str) -> tuple[int, str]:
    """Return the rank and the sort key that a part of a list by rank ended with; raises the 400 for anything else."""
    try:
        return _Ranked.validate_json(base64.b64decode(cursor, altchars=b"-_", validate=True))
    except ValueError as error:
        raise foreign_cursor() from error
