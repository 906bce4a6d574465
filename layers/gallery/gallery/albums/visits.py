"""Visits of guests: what somebody adds by a link is theirs to take back for a day, by a secret that they are given.

| pk | sk | What |
|---|---|---|
| `VISIT#{digest}` | `VISIT` | the digest of a visit's secret, by which link it is, and when it ends |

A secret is 128 bits from the system's source of randomness, like a link's token.
"""

import re
import time

from gallery import limits
from gallery.albums import links
from gallery.albums.links import Link
from gallery.aws import table


def begin(link: Link) -> str:
    """Begin a visit by a link; return its secret."""
    secret = links.new_token()
    until = {"expires_at": int(time.time()) + limits.VISIT_SECONDS}
    table.store({**_key(links.digest_of(secret)), "link": link.digest, **until})
    return secret


def digest_of(secret: str | None, link: Link) -> str | None:
    """Return the digest of a visit by a link that is not over; None for any other secret."""
    if secret is None or not re.fullmatch(links.TOKEN_FORM, secret):
        return None
    digest = links.digest_of(secret)
    row = table.get(_key(digest))
    return digest if row and row["link"] == link.digest and row["expires_at"] > time.time() else None


def link_of(digest: str) -> Link | None:
    """Return the link of a visit; None where either is over."""
    row = table.get(_key(digest))
    return links.find_by_digest(row["link"]) if row else None


def _key(digest: str) -> table.Row:
    return table.key(f"VISIT#{digest}", "VISIT")
