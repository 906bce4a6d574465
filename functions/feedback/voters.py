"""Who votes, known only as far as it takes to count each person once.

Nobody's account or address is kept: a vote carries a keyed digest of it together with the query and the picture, so
that the same person's votes are the same when cast again and cannot be told from others' otherwise.
"""

import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from gallery import rows
from gallery.catalogue import client
from gallery.settings import settings

_MARK_BYTES = 16
_KEY = rows.key("FEEDBACK", "KEY")


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody, by what tells them from others: an account, or the network they come from."""

    identity: str

    def mark(self, *about: str) -> str:
        """Return what stands for this voter where it is about a query, or about a query and a picture."""
        message = "\0".join((self.identity, *about)).encode()
        return hmac.digest(secret(), message, "sha256")[:_MARK_BYTES].hex()


@cache
def secret() -> bytes:
    """Return this gallery's key for digests, made by whoever needs it first."""
    table = settings().table_name
    with suppress(client().exceptions.ConditionalCheckFailedException):
        client().put_item(
            TableName=table,
            Item={**_KEY, "key": {"B": secrets.token_bytes(32)}},
            ConditionExpression="attribute_not_exists(pk)",
        )
    return bytes(client().get_item(TableName=table, Key=_KEY, ConsistentRead=True)["Item"]["key"]["B"])
