"""Showing posts: with their pictures and authors, and only as long as both may be seen."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gallery.api.image import present
from gallery.people import people
from gallery.people.people import Person
from gallery.pictures import catalogue
from gallery.pictures.access import ANYONE, Caller
from gallery.pictures.model import IMAGE_ID, Picture
from gallery.posts import likes, posts
from posts.models import Post


@dataclass(frozen=True, slots=True)
class Shown:
    """A post with what everybody may see of it."""

    post: posts.Post
    picture: Picture
    author: Person


def find_shown(post_id: str, caller: Caller = ANYONE) -> Shown:
    """Return a post that the caller may see as it is at this moment; raises the 404 that tells nothing else."""
    post = find(post_id)
    picture, author = catalogue.find(post.image_id), people.find(post.author)
    shown = _shown(post, picture, author, caller)
    if shown is None:
        raise posts.no_such_post()
    return shown


def find(post_id: str) -> posts.Post:
    """Return a post even if its picture may not be seen; raises the 404."""
    post = posts.find(post_id) if re.fullmatch(IMAGE_ID, post_id) else None
    if post is None:
        raise posts.no_such_post()
    return post


def shown_of(posts_found: Sequence[posts.Post], sub: str | None = None) -> list[Shown]:
    """Return those of some posts that somebody may see, or anybody, in order."""
    pictures = {picture.id: picture for picture in catalogue.find_all([post.image_id for post in posts_found])}
    authors = people.find_all(post.author for post in posts_found)
    caller = Caller(sub)
    joined = (_shown(post, pictures.get(post.image_id), authors.get(post.author), caller) for post in posts_found)
    return [shown for shown in joined if shown]


def _shown(post: posts.Post, picture: Picture | None, author: Person | None, caller: Caller) -> Shown | None:
    if picture is None or author is None or not author.active:
        return None
    return Shown(post, picture, author) if posts.is_for(post, caller) and posts.is_postable(picture) else None


def present_all(posts_shown: Iterable[Shown], sub: str | None) -> list[Post]:
    """Return posts as the contract shows them to somebody, or to anybody."""
    shown = list(posts_shown)
    liked = likes.among(sub, [shown.post.id for shown in shown]) if sub else set()
    owners = people.find_all(one.picture.owner for one in shown if one.picture.owner)
    return [_present(one, owners.get(one.picture.owner or ""), liked, Caller(sub)) for one in shown]


def present_one(shown: Shown, sub: str | None) -> Post:
    """Return a post as the contract shows it to somebody, or to anybody."""
    return present_all([shown], sub)[0]


def _present(shown: Shown, owner: Person | None, liked: set[str], caller: Caller) -> Post:
    post, author = shown.post, shown.author
    return Post(
        id=post.id,
        image=present(shown.picture, caller, owner),
        text=post.text,
        author=author.username,
        author_name=author.display_name,
        created_at=post.created_at,
        edited_at=post.edited_at,
        likes=post.likes,
        liked_by_me=post.id in liked,
        hidden=post.hidden,
    )
