"""Posting, changing and removing a post at its author's wish."""

from http import HTTPStatus

from ulid import ULID

from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.lifecycle import retraction
from gallery.people import people
from gallery.people.people import Person
from gallery.pictures import withholding
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.pictures.viewing import find_image
from gallery.posts import posts
from gallery.problems import Problem
from gallery.timestamps import now
from posts.models import Post
from posts.showing import Shown, find, find_shown, present_one


def publish(image_id: str, text: str, author: Person, caller: Caller) -> Post:
    """Post a picture.

    Raises the 404 where the caller sees no such picture, and the 409 where not everybody does, or an admin hid it, a
    post of it, or the same bytes.
    """
    post = posts.Post(id=str(ULID()), image_id=image_id, author=author.sub, text=text, created_at=now())

    def attempt() -> Picture:
        picture = find_image(image_id, caller)
        _require_postable(picture)
        try:
            posts.create(post)
        except Conflict:
            people.require_active(people.find(author.sub) or author)
            raise
        return picture

    return present_one(Shown(post, table.retry_on_conflict(attempt), author), sub=None)


def _require_postable(picture: Picture) -> None:
    if picture.visibility == "private":
        raise Problem(HTTPStatus.CONFLICT, "This picture is private. Make it public before you show it to others.")
    if picture.content is None:
        raise Problem(HTTPStatus.CONFLICT, "There is nothing to see of this picture yet, or it could not be read.")
    if withholding.keeps_from_posting(picture.content.sha256):
        raise Problem(HTTPStatus.CONFLICT, "An admin has hidden this picture or a post of it, so it can't be posted.")


def change(post_id: str, text: str, caller: Caller) -> Post:
    """Give a post another text; raises the 404, and the 403 for who is not its author."""
    shown = find_shown(post_id, caller)
    require_author(shown.post, caller)
    changed = posts.edit(post_id, text)
    return present_one(Shown(changed, shown.picture, shown.author), caller.sub)


def remove(post_id: str, caller: Caller) -> None:
    """Remove a post; raises the 404, and the 403 for who is neither its author nor an admin."""
    retraction.retract(find_own(post_id, caller))


def find_own(post_id: str, caller: Caller) -> posts.Post:
    """Return a post that the caller answers for, as its author or an admin, even if its picture may not be seen.

    Raises the 403 for others, and the 404 where they may not even know of it.
    """
    post = find(post_id)
    if not caller.admin and post.author != caller.sub:
        require_author(find_shown(post_id).post, caller)
    return post


def require_author(post: posts.Post, caller: Caller) -> None:
    """Raise the 403 for anybody but a post's author."""
    if post.author != caller.sub:
        raise Problem(HTTPStatus.FORBIDDEN, "Only its author may do that to this post.")
