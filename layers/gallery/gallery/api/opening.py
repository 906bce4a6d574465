"""Opening a link to an album: who may, what they see of it, and how often they may guess its password."""

import time
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from urllib.parse import unquote

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery import limits
from gallery.albums import albums, links, visits
from gallery.albums.albums import Album
from gallery.albums.links import Link
from gallery.api.album import cover_of
from gallery.api.client_identity import digest, identity, key_at
from gallery.api.quotas import granted_to
from gallery.people import people
from gallery.pictures.access import ANYONE, Caller
from gallery.pictures.album_lists import Audience
from gallery.pictures.model import Picture
from gallery.problems import Problem


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that somebody has opened, its album, and who they are to it, whatever account they have."""

    token: str
    link: Link
    album: Album
    caller: Caller

    @property
    def audience(self) -> Audience | None:
        """Which pictures of the album it shows; None where it shows those alone that its guest added."""
        return audience_of(self.link)


def audience_of(link: Link) -> Audience | None:
    """Return which pictures of its album a link shows; None where it shows none but what each guest added."""
    return None if link.mode == "add_only" else "all"


def previewed(link: Link, album: Album) -> Picture | None:
    """Return the picture that stands for an album where its link is previewed; None where it tells nothing before."""
    audience = audience_of(link)
    return cover_of(album, audience) if audience and link.salt is None else None


def open_link(token: str, request: APIGatewayProxyEventV2) -> Opened:
    """Return what a link opens for who sent a request.

    Raises the 404 once it is over, the 401 where it needs a password, and the 429 for too many wrong ones.
    """
    link, album = living(token)
    if link.salt is not None and not _is_access(request.headers.get("x-link-access"), link):
        _require_password(request.headers.get("x-link-password"), link, request)
    visit = visits.digest_of(request.headers.get("x-visit"), link)
    guest = Caller(visit=visit, places_of=album.owner if link.place else None)
    return Opened(token, link, album, guest if link.mode == "add_only" else albums.seen_through(album, guest))


def living(token: str) -> tuple[Link, Album]:
    """Return a link and its album, whether or not a password is needed; raises the 404 once it is over."""
    link = links.find(token)
    album = albums.find(link.album_id) if link else None
    owner = people.find(album.owner) if album else None
    if link is None or album is None or owner is None or not owner.active:
        raise links.no_such_link()
    return link, album


def access_to(link: Link) -> str | None:
    """Return what spares who gave a link's password from giving it again for 12 hours; None where it has none.

    It is signed together with the password's salt, so that it ends with either.
    """
    if link.salt is None:
        return None
    until = str(int(time.time()) + limits.LINK_ACCESS_SECONDS)
    return f"{until}.{_signature(link, until)}"


def _is_access(given: str | None, link: Link) -> bool:
    until, _, signature = (given or "").partition(".")
    if not (until.isascii() and until.isdigit() and len(until) <= 12 and int(until) > time.time()):
        return False
    return compare_digest(_signature(link, until).encode(), signature.encode())


def _signature(link: Link, until: str) -> str:
    return digest(key_at("LINKS#", "KEY"), link.digest, (link.salt or b"").hex(), until)


def _require_password(given: str | None, link: Link, request: APIGatewayProxyEventV2) -> None:
    """Raise the 401 for a password that is not the link's, or none, and the 429 beyond ten wrong ones an hour.

    A try is counted before it is made and given back where it was right, so that many at once are no more than ten.
    """
    if given is None:
        raise _password_required("This link needs a password.")
    with granted_to(identity(ANYONE, request), "passwords", 1, limits.PASSWORDS_PER_HOUR) as grant:
        if grant.amount == 0:
            raise grant.too_many()
        if link.opens_with(_decoded(given)):
            grant.give_back()
            return
    with granted_to(f"link {link.digest}", "passwords", 1, limits.PASSWORDS_OF_LINK_PER_HOUR) as grant:
        if grant.amount == 0:
            raise grant.too_many()
    raise _password_required("This is not the link's password.")


def _decoded(given: str) -> str:
    """Return a password, which is sent as percent-encoded UTF-8; what is none is no password."""
    try:
        return unquote(given, errors="strict")[: limits.MAX_PASSWORD + 1]
    except UnicodeDecodeError:
        return ""


def _password_required(detail: str) -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, detail, members={"password_required": True})
