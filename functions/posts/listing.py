"""Lists of posts: everybody's, one person's, those of the people one follows, and the most liked ones."""

from collections.abc import Callable
from functools import partial

from gallery.api.paging import id_in
from gallery.people import people
from gallery.posts import likes, posts
from posts.feed import feed_of
from posts.models import MostLikedAnswer, PostsAnswer
from posts.showing import Shown, present_all, shown_of

_ROUNDS = 5
"""How often a page is topped up where posts may not be seen; more would let a page cost without bound."""

_PAGE_SIZE = 20
"""How many of the most liked posts are looked at in a round, at least."""

Source = Callable[[int, str | None], tuple[list[posts.Post], str | None]]
"""Gives up to so many posts, newest first, that come after an id; and the id to go on from, None at the end."""


def list_posts(author: str | None, limit: int, cursor: str | None, sub: str | None) -> PostsAnswer:
    """Return one page of everybody's posts or one person's; raises the 404 where there is nobody of that name."""
    return _page(partial(posts.page, _partition(author)), limit, cursor, sub)


def list_feed(sub: str, limit: int, cursor: str | None) -> PostsAnswer:
    """Return one page of the posts of those whom somebody follows."""
    return _page(feed_of(sub), limit, cursor, sub)


def list_most_liked(limit: int, sub: str | None) -> MostLikedAnswer:
    """Return the posts that most people like, none that nobody does; of equally liked ones the newest first."""
    page_size = max(limit, _PAGE_SIZE)
    posts_shown: list[Shown] = []
    for page in likes.most_liked(_ROUNDS * page_size, page_size):
        posts_shown += shown_of(page, sub)
        if len(posts_shown) >= limit:
            break
    posts_shown.sort(key=lambda shown: (shown.post.likes, shown.post.id), reverse=True)
    return MostLikedAnswer(posts=present_all(posts_shown[:limit], sub))


def _partition(author: str | None) -> str:
    if author is None:
        return posts.POSTS
    person = people.by_username(author)
    if person is None or not person.active:
        raise people.no_such_person()
    return posts.by_author(person.sub)


def _page(source: Source, limit: int, cursor: str | None, sub: str | None) -> PostsAnswer:
    """Return a page, for which one post more than asked for is read, so that the last one knows that it is the last."""
    shown, after = list[Shown](), id_in(cursor)
    for _ in range(_ROUNDS):
        read, after = source(limit - len(shown) + 1, after)
        shown += shown_of(read, sub)
        if after is None or len(shown) > limit:
            break
    after = shown[limit - 1].post.id if len(shown) > limit else after
    return PostsAnswer(posts=present_all(shown[:limit], sub), next_cursor=after)
