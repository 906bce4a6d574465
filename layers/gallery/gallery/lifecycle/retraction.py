"""Taking a post back so that nothing of it is left.

The first transaction takes it out of every list and off its author's count, and notes in `RETRACTIONS` that likes and
links of it may be left. Those nobody can see any more; they go a part at a time, and whoever dies in between leaves the
rest to the sweeper.
"""

from typing import Any

from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.people import people
from gallery.posts import likes, posts, shares
from gallery.posts.posts import Post
from gallery.timestamps import now

RETRACTIONS = "RETRACTIONS"

_ROUNDS, _LIKES = 5, 100
"""How many likes are forgotten in one call, so that no request takes long: these times those."""


def retract(post: Post) -> None:
    """Remove a post; of its likes, should there be very many, the rest a while later. Done again it does no harm."""

    def attempt() -> None:
        try:
            table.transact_write(_retraction(post))
        except Conflict:
            if posts.find(post.id):
                raise

    table.retry_on_conflict(attempt)
    clear_up(post.id)


def retract_all_of(image_id: str, most: int = 25) -> bool:
    """Remove the posts of a picture, at most so many; tell whether there were none."""
    listed, _ = posts.page(posts.by_picture(image_id), most)
    for post in listed:
        retract(post)
    return not listed


def clear_up(post_id: str) -> bool:
    """Go on with what is left of a post that is gone; tell whether nothing is."""
    for _ in range(_ROUNDS):
        left = likes.some_of(post_id, _LIKES)
        likes.forget(post_id, left)
        if len(left) < _LIKES:
            shares.revoke_all(post_id)
            table.delete_all([table.key(RETRACTIONS, post_id)])
            return True
    return False


def unfinished(most: int) -> list[str]:
    """Return some of the posts that are gone, though something of them may be left."""
    return table.sort_keys(RETRACTIONS, most)


def _retraction(post: Post) -> list[Any]:
    deletions = [table.delete_existing(posts.post_key(post.id)), *map(table.delete, posts.postings(post))]
    note = {**table.key(RETRACTIONS, post.id), "begun_at": now()}
    author = people.find(post.author)
    counted = [people.counted(post.author, "posts", -1)] if author and author.state != "erased" else []
    return [*deletions, *counted, table.put(note)]
