"""Favourites: which pictures somebody likes to find again, of their own and of others', for nobody else to know.

| pk | sk | What |
|---|---|---|
| `FAVOURITES#{sub}` | `{moment}#{id}` | posting: their own pictures, which their rows and records tell as well |
| `MARKED#{sub}#ids` | `{id}` | somebody else's picture, or nobody's, and the moment (`at`) |
| `MARKED#{sub}#moments` | `{moment}#{id}` | the same, in the order of moments |

The last two are written and deleted in one transaction, and go with whoever marked the picture. The picture may be gone
before: whoever meets such rows deletes them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.people import people
from gallery.pictures import catalogue, rows
from gallery.pictures.access import Caller, owns
from gallery.pictures.catalogue import Page
from gallery.pictures.model import Picture
from gallery.timestamps import now

_ROUNDS = 5
"""How often a page is topped up when pictures turn out to be gone."""


def marked_by(sub: str) -> str:
    """Return the partition of the pictures that somebody marked and that are not theirs."""
    return f"MARKED#{sub}#ids"


def by_moment(sub: str) -> str:
    """Return the partition of the same pictures in the order in which they were marked."""
    return f"MARKED#{sub}#moments"


def mark(picture: Picture, sub: str) -> None:
    """Make a picture a favourite of somebody's; done again it changes nothing.

    Raises Conflict where the picture was changed meanwhile, and the 401 or 403 where the person is no longer active.
    """
    if owns(Caller(sub), picture):
        if picture.favourite_at is None:
            _note(picture, now())
        return
    at = now()
    both = [table.put_new(table.key(marked_by(sub), picture.id) | {"at": at}), table.put(_listed(sub, at, picture.id))]
    try:
        table.transact_write([*both, people.active(sub)])
    except Conflict:
        if person := people.find(sub):
            people.require_active(person)
        if not _marked_at(sub, picture.id):
            raise


def unmark(picture: Picture, sub: str) -> None:
    """Make a picture no favourite of somebody's any more; likewise."""
    if owns(Caller(sub), picture):
        if picture.favourite_at is not None:
            _note(picture, None)
    else:
        forget(sub, picture.id)


def _note(picture: Picture, at: str | None) -> None:
    """Store whether a picture is its owner's favourite: a change that is nobody else's business, so not a version."""
    catalogue.change(picture, replace(picture, favourite_at=at, uncounted=picture.uncounted + 1))


def forget(sub: str, image_id: str) -> None:
    """Delete the rows that say that somebody marked a picture of others; raises Conflict where that just changed."""
    if at := _marked_at(sub, image_id):
        unchanged = {"ConditionExpression": "#at = :at", "ExpressionAttributeNames": {"#at": "at"}}
        marked = table.delete(table.key(marked_by(sub), image_id), **unchanged, ExpressionAttributeValues={":at": at})
        table.transact_write([marked, table.delete(_listed(sub, at, image_id))])


def mark_keys(pictures: Iterable[Picture], caller: Caller) -> Sequence[table.Row]:
    """Return the keys of the rows that are there of those of others' pictures that the caller marked.

    What is their own says so itself; of others' failed pictures none is asked about.
    """
    if caller.sub is None:
        return []
    others = (picture for picture in pictures if not owns(caller, picture) and picture.status != "failed")
    return [table.key(marked_by(caller.sub), picture.id) for picture in others]


def among(pictures: Iterable[Picture], caller: Caller) -> set[str]:
    """Return the ids of those of some pictures that are the caller's favourites."""
    pictures = list(pictures)
    own = {picture.id for picture in pictures if owns(caller, picture) and picture.favourite_at is not None}
    return own | {row["sk"] for row in table.read(mark_keys(pictures, caller), ProjectionExpression="sk")}


def page(sub: str, limit: int, after: str | None = None, *, upwards: bool = False, tidy: bool = True) -> Page:
    """Return up to `limit` favourites of somebody, the last one first, going on below the sort key `after`.

    With `upwards` the first one comes first, going on above it. Those of others may have become invisible to them; the
    caller has to look. Rows of deleted pictures are deleted, unless it is not `tidy`, for who may not.
    """
    pictures: list[Picture] = []
    lists = (rows.by_favourite(sub), by_moment(sub))
    for _ in range(_ROUNDS):
        keys, after = table.merged(lists, limit - len(pictures), after, upwards=upwards)
        pictures += _belonging(sub, keys, tidy=tidy)
        if after is None or len(pictures) == limit:
            break
    return Page(pictures, after)


def sort_key(picture: Picture, sub: str) -> str | None:
    """Return the sort key at which a picture stands among somebody's favourites; None where it does not."""
    at = picture.favourite_at if owns(Caller(sub), picture) else _marked_at(sub, picture.id)
    return f"{at}#{picture.id}" if at and not picture.archived else None


def _belonging(sub: str, keys: Sequence[tuple[str, str]], *, tidy: bool) -> Iterator[Picture]:
    pictures = {picture.id: picture for picture in catalogue.find_all([rows.id_in(sk) for _, sk in keys])}
    for partition, sk in keys:
        picture = pictures.get(rows.id_in(sk))
        if partition == by_moment(sub) and (picture is None or picture.status == "deleted"):
            if not tidy:
                continue
            table.delete_all([table.key(marked_by(sub), rows.id_in(sk)), table.key(partition, sk)])
        elif picture and (partition == by_moment(sub) or (partition, sk) in rows.postings(picture)):
            yield picture


def _marked_at(sub: str, image_id: str) -> str | None:
    row = table.get(table.key(marked_by(sub), image_id))
    return row["at"] if row else None


def _listed(sub: str, at: str, image_id: str) -> table.Row:
    return table.key(by_moment(sub), f"{at}#{image_id}")
