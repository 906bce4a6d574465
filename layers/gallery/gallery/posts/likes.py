"""Who likes which post: each like is a row on either side and part of the post's count, all in one transaction.

| pk | sk | What |
|---|---|---|
| `LIKES#{post}` | `{sub}` | somebody who likes a post |
| `LIKED#{sub}` | `{post}` | the same, as somebody's own list |

The count is the attribute `rank` of the post's row, under which the index `ranking` lists the posts that were ever
liked. A hot post's likers get in each other's way; whoever does waits for a moment and tries again (gallery.aws.table).
"""

from collections.abc import Collection, Iterator
from typing import Any

from gallery.aws import table
from gallery.aws.table import RANKING, Conflict
from gallery.people import people
from gallery.posts.posts import Post, from_row, no_such_post, post_key

_MOST_LIKED = "MOSTLIKED"


def likes_of(post_id: str) -> str:
    """Return the partition of the people who like a post."""
    return f"LIKES#{post_id}"


def liked_by(sub: str) -> str:
    """Return the partition of the posts that somebody likes."""
    return f"LIKED#{sub}"


def like(post_id: str, sub: str) -> None:
    """Count somebody's like once, however often it is said.

    Raises the 404 where the post is gone, the 401 or 403 where the person is no longer active, and table.Throttled
    when others keep being first.
    """
    changes = [*map(table.put_new, _edges(post_id, sub)), _counted(post_id, 1), people.active(sub)]

    def attempt() -> None:
        if _done(changes) or among(sub, [post_id]):
            return
        if table.get(post_key(post_id)) is None:
            raise no_such_post()
        if person := people.find(sub):
            people.require_active(person)
        raise Conflict(post_id)

    table.retry_on_conflict(attempt)


def unlike(post_id: str, sub: str) -> None:
    """Take somebody's like back, once however often it is said, even where the post is gone already.

    Raises table.Throttled when others keep being first.
    """
    changes = [*map(table.delete_existing, _edges(post_id, sub)), _counted(post_id, -1)]

    def attempt() -> None:
        if _done(changes) or not among(sub, [post_id]):
            return
        if table.get(post_key(post_id)):
            raise Conflict(post_id)
        forget(post_id, [sub])

    table.retry_on_conflict(attempt)


def among(sub: str, post_ids: Collection[str]) -> set[str]:
    """Return which of some posts a person likes."""
    keys = [table.key(liked_by(sub), post_id) for post_id in dict.fromkeys(post_ids)]
    return {row["sk"] for row in table.read(keys, ConsistentRead=True)}


def most_liked(most: int, page_size: int) -> Iterator[list[Post]]:
    """Yield posts that anybody likes, the most liked first, some `at_once` and at most `most` in all."""
    pages = table.pages(
        most=most,
        IndexName=RANKING,
        KeyConditionExpression="ranking = :posts AND #rank > :none",
        ExpressionAttributeNames={"#rank": "rank"},
        ExpressionAttributeValues={":posts": _MOST_LIKED, ":none": 0},
        ScanIndexForward=False,
        Limit=page_size,
    )
    for page in pages:
        yield [from_row(row) for row in page]


def some_of(post_id: str, most: int) -> list[str]:
    """Return some of the people who like a post, or did so when it went, as of this moment."""
    rows, _ = table.query(
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": likes_of(post_id)},
        ConsistentRead=True,
        Limit=most,
    )
    return [row["sk"] for row in rows]


def forget(post_id: str, subs: Collection[str]) -> None:
    """Delete some people's likes of a post that is gone; `LIKES#` last, since by that the rest is found again."""
    for side in (1, 0):
        table.delete_all(_edges(post_id, sub)[side] for sub in subs)


def _edges(post_id: str, sub: str) -> tuple[table.Row, table.Row]:
    return table.key(likes_of(post_id), sub), table.key(liked_by(sub), post_id)


def _counted(post_id: str, by: int) -> Any:  # noqa: ANN401 - one of the client's own
    return table.change(
        post_key(post_id),
        UpdateExpression="SET ranking = :posts ADD #rank :by",
        ConditionExpression="attribute_exists(pk)",
        ExpressionAttributeNames={"#rank": "rank"},
        ExpressionAttributeValues={":by": by, ":posts": _MOST_LIKED},
    )


def _done(changes: list[Any]) -> bool:
    try:
        table.transact_write(changes)
    except Conflict:
        return False
    return True
