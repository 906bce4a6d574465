"""The feed: put together when it is read, in the cheaper of two ways (docs/posts.md has the numbers).

Of few people's posts, each one's newest are merged. Where somebody follows many, everybody's posts are gone through,
and it is asked of each part's authors which of them the reader follows.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from heapq import merge
from itertools import islice

from gallery.aws import table
from gallery.people import follows
from gallery.posts import posts
from gallery.posts.posts import Post

MERGED = 100
"""Of how many people at the most the newest posts are merged."""
GONE_THROUGH = 250
"""How many of everybody's posts are gone through in one round."""

_MAX_WORKERS = 8
"""How many lists are read at the same time."""


def feed_of(sub: str) -> Callable[[int, str | None], tuple[list[Post], str | None]]:
    """Return what gives the newest posts of those whom somebody follows, so many after an id; and where to go on."""
    followed = table.sort_keys(follows.followed_by(sub), MERGED + 1)
    return partial(_merged, followed) if len(followed) <= MERGED else partial(_gone_through, sub)


def _merged(authors: Sequence[str], limit: int, after: str | None) -> tuple[list[Post], str | None]:
    with ThreadPoolExecutor(_MAX_WORKERS) as pool:
        lists = pool.map(lambda author: _ids(posts.by_author(author), limit, after), authors)
        ids = list(islice(merge(*lists, reverse=True), limit))
    return posts.find_all(ids), ids[-1] if len(ids) == limit else None


def _ids(partition: str, limit: int, after: str | None) -> list[str]:
    posted, _ = table.newest(partition, limit, after)
    return [row["sk"] for row in posted]


def _gone_through(sub: str, limit: int, after: str | None) -> tuple[list[Post], str | None]:
    posted, after = table.newest(posts.POSTS, GONE_THROUGH, after)
    authors = {row["sk"]: row["author"] for row in posted}
    followed = follows.followed_among(sub, authors.values())
    ids = [author_id for author_id, author in authors.items() if author in followed]
    return posts.find_all(ids[:limit]), ids[limit - 1] if len(ids) > limit else after
