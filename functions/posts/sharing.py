"""Links to posts: made and revoked by who answers for the post, followed by anybody."""

from datetime import UTC, datetime
from http import HTTPStatus

from gallery.pictures import catalogue
from gallery.pictures.access import Caller
from gallery.posts import posts, shares
from gallery.problems import Problem
from gallery.settings import settings
from gallery.timestamps import timestamp
from posts.models import ShareLink, SharesAnswer
from posts.publishing import find_own
from posts.showing import Shown, find_shown


def share(post_id: str, seconds: int, caller: Caller) -> ShareLink:
    """Make a link to a post.

    Raises the 403 or 404 for who does not answer for the post, and the 409 where its picture is private or there are
    too many links.
    """
    post = find_own(post_id, caller)
    picture = catalogue.find(post.image_id)
    if picture and picture.visibility == "private" and picture.status != "deleted":
        raise Problem(HTTPStatus.CONFLICT, "This post's picture is private. Make it public before you share it.")
    find_shown(post_id)
    return _link(shares.share(post_id, seconds))


def list_shares(post_id: str, caller: Caller) -> SharesAnswer:
    """Return the links to a post that work."""
    return SharesAnswer(shares=[_link(link) for link in shares.shares_of(find_own(post_id, caller).id)])


def revoke(post_id: str, token: str, caller: Caller) -> None:
    """Let a link to a post work no longer."""
    if token.startswith(find_own(post_id, caller).id):
        shares.revoke(token)


def opened_by(token: str) -> Shown:
    """Return the post that a link opens; raises the 404 once it expired or was revoked, or the post cannot be seen."""
    post_id = shares.opened_by(token)
    if post_id is None:
        raise posts.no_such_post()
    return find_shown(post_id)


def _link(share: shares.Share) -> ShareLink:
    expires_at = timestamp(datetime.fromtimestamp(share.expires_at, UTC))
    return ShareLink(url=f"{settings().site_url}/s/{share.token}", token=share.token, expires_at=expires_at)
