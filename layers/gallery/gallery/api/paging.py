"""Lists, a part at a time: what one asks for a part with, and the cursors that lead from one to the next."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field, TypeAdapter

from gallery import limits
from gallery.api.client_identity import key_at
from gallery.aws import table
from gallery.pictures.model import IMAGE_ID
from gallery.problems import foreign_cursor

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

Limit = Annotated[int, Query(ge=1, le=limits.MAX_PAGE, description="How many at the most")]
Cursor = Annotated[str | None, Query(max_length=200, description="Where the last page ended")]

_Ranked = TypeAdapter(tuple[Annotated[int, Field(ge=0, lt=10**18, strict=True)], Annotated[str, Field(min_length=1)]])
"""What a cursor of a list by rank holds: the rank and the sort key of the last row shown."""

_SORT_KEY = rf"(?:[ -~]{{1,{limits.MAX_RANK_LENGTH}}}#)?{IMAGE_ID.strip('^$')}"
"""The form of a sort key of pictures: an id, in lists by moments, dates or places made by hand after these."""

_DOWN, _UP = "<", ">"


def id_in(cursor: str | None) -> str | None:
    """Return the id that the last part of a list of pictures, posts or acts ended with; raises the 400 for no id."""
    if cursor is not None and not re.fullmatch(IMAGE_ID, cursor):
        raise foreign_cursor()
    return cursor


def sealed_cursor(sub: str | None, *of: str) -> str | None:
    """Return the cursor behind somebody in the list `of`; None at its end.

    The subject is the account's inner name, which others learn nowhere else: it is encrypted, deterministically and
    authenticated together with the list (AES-SIV, RFC 5297), so that a cursor needs no state and serves its list alone.
    """
    if sub is None:
        return None
    return _encoded(_cipher().encrypt(sub.encode(), [part.encode() for part in of]))


def sub_in(cursor: str | None, *of: str) -> str | None:
    """Return whom a part of the list `of` ended with; raises the 400 for a cursor of another list, or of nobody's."""
    if cursor is None:
        return None
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow to load, and first pages need it not

    try:
        return _cipher().decrypt(_decoded(cursor), [part.encode() for part in of]).decode()
    except (ValueError, InvalidTag) as error:
        raise foreign_cursor() from error


def _cipher() -> "AESSIV":
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415 - likewise

    return AESSIV(key_at("CURSORS", "KEY"))


class Place(NamedTuple):
    """Where to go on in a list of pictures: below a sort key, or above it."""

    sk: str | None = None
    upwards: bool = False


def place_cursor(sk: str | None, *of: str, upwards: bool = False) -> str | None:
    """Return the cursor behind a sort key in the list of pictures `of`, or before it; None at that end of the list."""
    if sk is None:
        return None
    return _encoded(f"{_digest(of)}{_UP if upwards else _DOWN}{sk}".encode())


def place_in(cursor: str | None, *of: str) -> Place:
    """Return where a cursor of the list `of` goes on; raises the 400 for a cursor of another list, or of none.

    It holds nothing secret: the digest of the list is there so that nobody goes on in another one by mistake.
    """
    if cursor is None:
        return Place()
    try:
        content = _decoded(cursor).decode()
    except ValueError as error:
        raise foreign_cursor() from error
    match = re.fullmatch(rf"{_digest(of)}([{_DOWN}{_UP}])({_SORT_KEY})", content)
    if match is None:
        raise foreign_cursor()
    return Place(match[2], match[1] == _UP)


def _digest(of: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(of).encode()).hexdigest()[:8]


def ranked_cursor(last: table.Row | None) -> str | None:
    """Return the cursor behind the last row of a part of a list by rank; None at the list's end."""
    if last is None:
        return None
    position = [last["rank"], last["sk"]]
    return _encoded(json.dumps(position, ensure_ascii=False).encode())


def ranked_in(cursor: str) -> tuple[int, str]:
    """Return the rank and the sort key that a part of a list by rank ended with; raises the 400 for anything else."""
    try:
        return _Ranked.validate_json(_decoded(cursor))
    except ValueError as error:
        raise foreign_cursor() from error


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode()


def _decoded(cursor: str) -> bytes:
    """Return what a cursor holds; raises ValueError for one that is not base64."""
    return base64.b64decode(cursor, altchars=b"-_", validate=True)
