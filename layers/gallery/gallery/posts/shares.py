"""Links that open a post for anybody who has them, until they expire or are revoked.

A link's token is the post's id and a secret of 128 bits, which together are the key of its row (`POST#{id}`,
`SHARE#{secret}`). DynamoDB deletes expired rows late, so that every reader looks at the time.
"""

import re
import secrets
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from gallery import limits
from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.pictures.model import IMAGE_ID
from gallery.posts.posts import no_such_post, post_key
from gallery.problems import Problem

TOKEN = f"{IMAGE_ID[:-1]}[A-Za-z0-9_-]{{22}}$"

_SECRET_BYTES = 16
_ID_LENGTH = 26
_SHARE = "SHARE#"


@dataclass(frozen=True, slots=True)
class Share:
    """A link to a post that works until `expires_at` (seconds since the epoch)."""

    token: str
    expires_at: int

    @property
    def post_id(self) -> str:
        """The post that it opens."""
        return self.token[:_ID_LENGTH]

    @property
    def living(self) -> bool:
        """Whether it works still."""
        return self.expires_at > time.time()


def share(post_id: str, seconds: int) -> Share:
    """Make a link to a post; raises the 404 where it is gone, the 409 where there are too many links already."""
    shares = _all(post_id)
    _delete([link for link in shares if not link.living])
    if sum(link.living for link in shares) >= limits.MAX_SHARES:
        detail = f"There are {limits.MAX_SHARES} links to this post already. Revoke one first."
        raise Problem(HTTPStatus.CONFLICT, detail)
    made = Share(post_id + secrets.token_urlsafe(_SECRET_BYTES), int(time.time()) + seconds)
    try:
        table.transact_write([_put(made), table.check(post_key(post_id), ConditionExpression="attribute_exists(pk)")])
    except Conflict as error:
        raise no_such_post() from error
    return made


def _put(share: Share) -> Any:  # noqa: ANN401 - one of the client's own
    return table.put({**_key(share.token), "expires_at": share.expires_at})


def shares_of(post_id: str) -> list[Share]:
    """Return the links to a post that work, the last to expire first."""
    return sorted((link for link in _all(post_id) if link.living), key=lambda link: -link.expires_at)


def opened_by(token: str) -> str | None:
    """Return the id of the post that a token opens; None where it never did or does no longer."""
    row = table.get(_key(token)) if re.fullmatch(TOKEN, token) else None
    opened = _share(row) if row else None
    return opened.post_id if opened and opened.living else None


def revoke(token: str) -> None:
    """Let a link work no longer; done again it does no harm."""
    if re.fullmatch(TOKEN, token):
        table.remove(_key(token))


def revoke_all(post_id: str) -> None:
    """Let no link to a post work any longer."""
    while shares := _all(post_id):
        _delete(shares)


def _key(token: str) -> table.Row:
    return table.key(f"POST#{token[:_ID_LENGTH]}", f"{_SHARE}{token[_ID_LENGTH:]}")


def _share(row: table.Row) -> Share:
    post_id, secret = row["pk"].partition("#")[2], row["sk"].partition("#")[2]
    return Share(post_id + secret, row["expires_at"])


def _all(post_id: str) -> list[Share]:
    """Return the links to a post that DynamoDB has: those that work and, since `share` deletes them, few others."""
    rows, _ = table.query(
        KeyConditionExpression="pk = :pk AND begins_with(sk, :share)",
        ExpressionAttributeValues={":pk": f"POST#{post_id}", ":share": _SHARE},
        ConsistentRead=True,
        Limit=10 * limits.MAX_SHARES,
    )
    return [_share(row) for row in rows]


def _delete(shares: list[Share]) -> None:
    table.delete_all(_key(link.token) for link in shares)
