"""Posts: a public picture that somebody shows to others, with a few words of their own.

| pk | sk | What |
|---|---|---|
| `POST#{id}` | `POST` | a post; its `rank` is how many like it, see gallery.posts.likes |
| `POST#{id}` | `SHARE#{secret}` | a link that opens it for anybody, see gallery.posts.shares |
| `POSTS` | `{id}` | posting: newest posts of all, each with its author |
| `AUTHOR#{sub}` | `{id}` | posting: newest posts of one person |
| `POSTED#{image_id}` | `{id}` | posting: posts of one picture |
| `RETRACTIONS` | `{id}` | a post that is gone, though its likes and links may not all be, see lifecycle.retraction |

A post, its three postings and its author's count of posts appear and disappear in one transaction each, so that none of
them is ever an orphan. Of a picture that is private for the time being, posts are kept but shown to nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from gallery import schema
from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.people import people
from gallery.pictures import catalogue, rows, withholding
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.problems import Problem
from gallery.timestamps import now

POSTS = "POSTS"

SCHEMA = 1
"""Version of the rows of posts, see gallery.schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What somebody posted; `author` is their `sub`, `created_at` and `edited_at` are RFC 3339.

    A `hidden` one an admin took away from all but its author and admins.
    """

    id: str
    image_id: str
    author: str
    text: str
    created_at: str
    edited_at: str | None = None
    likes: int = 0
    hidden: bool = False


def post_key(post_id: str) -> table.Row:
    """Return the key of a post."""
    return table.key(f"POST#{post_id}", "POST")


def by_author(sub: str) -> str:
    """Return the partition of one person's posts."""
    return f"AUTHOR#{sub}"


def by_picture(image_id: str) -> str:
    """Return the partition of the posts of one picture."""
    return f"POSTED#{image_id}"


def find(post_id: str) -> Post | None:
    """Return a post as it is at this moment, whether or not its picture may be seen; None where there is none."""
    row = table.get(post_key(post_id))
    return from_row(row) if row else None


def find_all(ids: Iterable[str]) -> list[Post]:
    """Return the posts of some ids in the order asked for, without those that do not exist."""
    return list(map(from_row, table.read_in_order(map(post_key, ids))))


def page(partition: str, limit: int, after: str | None = None) -> tuple[list[Post], str | None]:
    """Return up to `limit` posts of a list, newest first, going on after the id `after`; and where to go on."""
    posted, after = table.newest(partition, limit, after)
    return find_all(row["sk"] for row in posted), after


def no_such_post() -> Problem:
    """Return the 404 that is the same for a post that never was, is gone, or whose picture may not be seen."""
    return Problem(HTTPStatus.NOT_FOUND, "There is no such post.")


def is_postable(picture: Picture) -> bool:
    """Tell whether anybody may see a picture, and there is something to see."""
    return picture.visibility == "public" and picture.content is not None


def is_for(post: Post, caller: Caller) -> bool:
    """Tell whether a post exists for somebody, apart from its picture: a hidden one does for its author and admins."""
    return not post.hidden or caller.admin or post.author == caller.sub


def create(post: Post) -> None:
    """Post a picture; raises Conflict where it may not be posted at this moment, or its author is not active."""
    picture = catalogue.find(post.image_id)
    if picture is None or picture.content is None:
        raise Conflict(post.image_id)
    sha256 = picture.content.sha256
    puts = [table.put(key | {"author": post.author}) for key in postings(post)]
    visible = table.check(
        rows.image_key(post.image_id),
        ConditionExpression="visibility = :public AND content.sha256 = :bytes",
        ExpressionAttributeValues={":public": "public", ":bytes": sha256},
    )
    counted = people.counted(post.author, "posts", 1)
    unhidden = withholding.required_for_posting(sha256)
    table.transact_write([table.put_new(to_row(post)), *puts, counted, visible, *unhidden])


def edit(post_id: str, text: str) -> Post:
    """Give a post another text; return it as it is now. Raises the 404 where it is gone."""
    return _change(
        post_id,
        UpdateExpression="SET #text = :text, edited_at = :now",
        ExpressionAttributeNames={"#text": "text"},
        ExpressionAttributeValues={":text": text, ":now": now()},
    )


def hide(post_id: str, *, hidden: bool) -> Post:
    """Take a post away from all but its author and admins, or give it back; likewise.

    What it shows is withheld from posting before the post is hidden, and released after it is back, so that a process
    killed in between can be followed by another try.
    """
    if hidden:
        _withhold(post_id)
    changed = _change(
        post_id,
        UpdateExpression="SET #hidden = :hidden",
        ExpressionAttributeNames={"#hidden": "hidden"},
        ExpressionAttributeValues={":hidden": hidden},
    )
    if not hidden:
        withholding.release_post(post_id)
    return changed


def _withhold(post_id: str) -> None:
    post = find(post_id)
    picture = catalogue.find(post.image_id) if post else None
    if picture and picture.content:
        withholding.withhold_post(post_id, picture.content.sha256)


def _change(post_id: str, **change: Any) -> Post:  # noqa: ANN401 - UpdateItem's own options
    try:
        return from_row(table.update(post_key(post_id), ConditionExpression="attribute_exists(pk)", **change))
    except Conflict as error:
        raise no_such_post() from error


def postings(post: Post) -> Sequence[table.Row]:
    """Return the keys of the lists' rows in which a post stands."""
    return [table.key(pk, post.id) for pk in (POSTS, by_author(post.author), by_picture(post.image_id))]


def to_row(post: Post) -> table.Row:
    """Return the row of a post that nobody likes yet."""
    texts = {name: getattr(post, name) for name in ("id", "image_id", "author", "text", "created_at", "edited_at")}
    attributes = {name: text for name, text in texts.items() if text is not None}
    return {**post_key(post.id), **schema.stamp(SCHEMA), **attributes}


def from_row(row: table.Row) -> Post:
    """Return the post that a row tells of; raises schema.Newer for one that a later version wrote."""
    schema.require_known(schema.of_row(row), SCHEMA, row["pk"])
    return Post(
        id=row["id"],
        image_id=row["image_id"],
        author=row["author"],
        text=row["text"],
        created_at=row["created_at"],
        edited_at=row.get("edited_at"),
        likes=row.get("rank", 0),
        hidden=row.get("hidden", False),
    )
