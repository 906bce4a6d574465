"""Links to albums: who has one needs no account. Their secrets are kept as digests, in the table alone.

| pk | sk | What |
|---|---|---|
| `LINK#{digest}` | `LINK` | a link by the digest of its token: to which album, how it opens it, until when |
| `LINKS#{album}` | `{link_id}` | the digest of a link to an album, by the name that its owner knows it by |

A token is 128 bits from the system's source of randomness, so that a plain SHA-256 of it can't be undone. Passwords are
few bits: those go through scrypt (RFC 7914) with a salt for each. DynamoDB deletes expired rows late, so that every
reader looks at the time; a link to an album that is gone opens nothing.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from http import HTTPStatus
from typing import Any, Literal

from ulid import ULID

from gallery import limits, schema
from gallery.albums import albums
from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.problems import Problem
from gallery.timestamps import now

Mode = Literal["view", "view_and_add", "add_only"]
Downloads = Literal["none", "renditions", "originals"]

SCHEMA = 1
"""Version of the rows of links, see gallery.schema."""

TOKEN_FORM = r"^[A-Za-z0-9_-]{22}$"  # noqa: S105 - a form, and no token

_TOKEN_BYTES = 16
_SALT_BYTES = 16
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""16 MB and about 50 ms a try on a processor of Lambda: what RFC 7914 has in mind for interactive logins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link: `digest` stands for its token, `link_id` is how its owner calls it.

    `expires_at` is in seconds since the epoch, None for one that never ends. Counts are of how often it was `opened`,
    and of the pictures that guests `added` and their bytes, those included whose upload is on its way.
    """

    digest: str
    link_id: str
    album_id: str
    created_at: str
    mode: Mode
    downloads: Downloads
    place: bool
    review: bool
    max_pictures: int
    max_bytes: int
    name: str | None = None
    expires_at: int | None = None
    salt: bytes | None = None
    password: bytes | None = None
    opened: int = 0
    added: int = 0
    added_bytes: int = 0

    @property
    def living(self) -> bool:
        """Whether it works still."""
        return self.expires_at is None or self.expires_at > time.time()

    def with_password(self, password: str | None) -> "Link":
        """Return the link with another password; None for none."""
        salt = secrets.token_bytes(_SALT_BYTES) if password else None
        return replace(self, salt=salt, password=_hash(password, salt) if password and salt else None)

    def opens_with(self, password: str) -> bool:
        """Tell whether a password is the link's; takes about 50 ms whatever it is."""
        return self.salt is not None and hmac.compare_digest(_hash(password, self.salt), self.password or b"")


_STORED = [field_.name for field_ in fields(Link)]


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, maxmem=2**26, **_SCRYPT)


def new_token() -> str:
    """Return the secret of a new link."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_key(digest: str) -> table.Row:
    """Return the key of a link."""
    return table.key(f"LINK#{digest}", "LINK")


def _listing_key(album_id: str, link_id: str) -> table.Row:
    return table.key(f"LINKS#{album_id}", link_id)


def no_such_link() -> Problem:
    """Return the 404 that is the same for a link that never was, has ended, or whose album is gone."""
    return Problem(HTTPStatus.NOT_FOUND, "There is nothing here (any more). Ask whoever sent you the link.")


def create(link: Link) -> None:
    """Store a new link; raises the 409 where the album has too many, and the 404 where it is gone."""
    if len(of_album(link.album_id)) >= limits.MAX_LINKS:
        detail = f"There are {limits.MAX_LINKS} links to this album already. End one first."
        raise Problem(HTTPStatus.CONFLICT, detail)
    listing = {**_listing_key(link.album_id, link.link_id), "digest": link.digest, **_expiry(link)}
    album = table.check(albums.album_key(link.album_id), ConditionExpression="attribute_exists(pk)")
    try:
        table.transact_write([table.put_new(to_row(link)), table.put(listing), album])
    except Conflict as error:
        raise albums.no_such_album() from error


def made(album_id: str, token: str, **chosen: Any) -> Link:  # noqa: ANN401 - attributes of a link
    """Return a link that is not stored yet."""
    return Link(
        digest=digest_of(token),
        link_id=str(ULID()),
        album_id=album_id,
        created_at=now(),
        **chosen,
    )


def find(token: str) -> Link | None:
    """Return the link of a token as it is at this moment; None where there is none, or it has ended."""
    return find_by_digest(digest_of(token)) if re.fullmatch(TOKEN_FORM, token) else None


def find_by_digest(digest: str) -> Link | None:
    """Return a link by what is kept of its token, likewise."""
    row = table.get(link_key(digest))
    link = from_row(row) if row else None
    return link if link and link.living else None


def of_album(album_id: str) -> Sequence[Link]:
    """Return the links to an album that work, the newest first."""
    listed, _ = table.query(
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": f"LINKS#{album_id}"},
        ConsistentRead=True,
        Limit=10 * limits.MAX_LINKS,
    )
    rows = table.read((link_key(row["digest"]) for row in listed), ConsistentRead=True)
    return sorted((link for link in map(from_row, rows) if link.living), key=lambda link: link.link_id, reverse=True)


def find_of_album(album_id: str, link_id: str) -> Link:
    """Return one of an album's links; raises the 404 where there is none."""
    listing = table.get(_listing_key(album_id, link_id))
    row = table.get(link_key(listing["digest"])) if listing else None
    link = from_row(row) if row else None
    if link is None or not link.living:
        raise no_such_link()
    return link


def change(link: Link, chosen: Mapping[str, Any]) -> Link:
    """Give some attributes of a link other values, None for none; return it. Raises the 404 where it has ended."""
    new = replace(link, **chosen)
    try:
        table.transact_write([_update(link, new, chosen), _update_listing(new)])
    except Conflict as error:
        raise no_such_link() from error
    return new


def _update(old: Link, new: Link, chosen: Iterable[str]) -> Any:  # noqa: ANN401 - one of the client's own
    """Return the write of what changes alone, since counts may change at the same time."""
    values = {name: getattr(new, name) for name in chosen}
    sets = [f"#{name} = :{name}" for name, value in values.items() if value is not None]
    removed = [f"#{name}" for name, value in values.items() if value is None]
    parts = [f"SET {', '.join(sets)}"] if sets else []
    parts += [f"REMOVE {', '.join(removed)}"] if removed else []
    return table.change(
        link_key(old.digest),
        UpdateExpression=" ".join(parts),
        ConditionExpression="attribute_exists(pk)",
        ExpressionAttributeNames={f"#{name}": name for name in values},
        **(
            {"ExpressionAttributeValues": {f":{name}": value for name, value in values.items() if value is not None}}
            if sets
            else {}
        ),
    )


def _update_listing(link: Link) -> Any:  # noqa: ANN401 - one of the client's own
    listing = {**_listing_key(link.album_id, link.link_id), "digest": link.digest, **_expiry(link)}
    return table.put(listing, ConditionExpression="attribute_exists(pk)")


def _expiry(link: Link) -> table.Row:
    return {} if link.expires_at is None else {"expires_at": link.expires_at}


def end(album_id: str, link_id: str) -> None:
    """Let a link open nothing any more; done again it does no harm."""
    listing = table.get(_listing_key(album_id, link_id))
    if listing:
        table.transact_write([table.delete(link_key(listing["digest"])), table.delete(_listing_key(album_id, link_id))])


def end_all(album_id: str) -> None:
    """Let no link to an album open anything any more."""
    while listed := table.sort_keys(f"LINKS#{album_id}", 25, consistent=True):
        for link_id in listed:
            end(album_id, link_id)


def count_opened(link: Link) -> None:
    """Count that somebody opened a link; one that ends meanwhile is not counted."""
    _add(link, "opened", 1)


def _add(link: Link, counter: str, amount: int) -> None:
    try:
        table.update(
            link_key(link.digest),
            UpdateExpression="ADD #counter :amount",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={"#counter": counter},
            ExpressionAttributeValues={":amount": amount},
        )
    except Conflict:
        return


def to_row(link: Link) -> table.Row:
    """Return the row of a link; what is None is left out."""
    attributes = {name: value for name, value in asdict(link).items() if value is not None}
    return {**link_key(link.digest), **schema.stamp(SCHEMA), **attributes}


def from_row(row: table.Row) -> Link:
    """Return the link that a row tells of; raises schema.Newer for one that a later version wrote."""
    schema.require_known(schema.of_row(row), SCHEMA, "LINK")
    stored: dict[str, Any] = {name: row[name] for name in _STORED if name in row}
    stored |= {name: bytes(stored[name]) for name in ("salt", "password") if name in stored}
    return Link(**stored)
