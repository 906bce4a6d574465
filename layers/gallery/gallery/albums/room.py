"""How much guests may add by a link: room is taken by a ticket, and given back where that is in vain.

| pk | sk | What |
|---|---|---|
| `ROOM#{album}` | `TICKET#{id}` | room that a guest's upload takes: by which link, since when, how many bytes |
| `ROOM#{album}` | `USED#{id}` | the same of a picture that is there |

The count in the link's row and these rows change in one transaction, so that no room is given back twice: that of a
ticket which is not used within an hour, when anybody asks for room; that of a picture which its guest takes back or the
album's owner rejects, together with the picture. The rows go with the album.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from gallery import limits
from gallery.albums.links import Link, link_key
from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.pictures import catalogue, rows
from gallery.problems import Problem

_TICKET, _USED = "TICKET#", "USED#"
_LOOKED_AT, _FORGOTTEN = 100, 1000
_IN_VAIN = {"awaiting", "failed", "deleted"}


def take(link: Link, sizes: Mapping[str, int]) -> None:
    """Take room for pictures of so many bytes, each by its id; raises the 409 where the link has not enough."""
    reclaim(link.album_id)
    held = {"digest": link.digest, "at": int(time.time())}
    tickets = [
        table.put({**_key(link.album_id, f"{_TICKET}{image_id}"), **held, "size": size})
        for image_id, size in sizes.items()
    ]
    counted = table.change(
        link_key(link.digest),
        UpdateExpression="ADD added :pictures, added_bytes :bytes",
        ConditionExpression="added <= :most AND added_bytes <= :most_bytes",
        ExpressionAttributeValues={
            ":pictures": len(sizes),
            ":bytes": sum(sizes.values()),
            ":most": link.max_pictures - len(sizes),
            ":most_bytes": link.max_bytes - sum(sizes.values()),
        },
    )
    try:
        table.transact_write([counted, *tickets])
    except Conflict as error:
        raise Problem(HTTPStatus.CONFLICT, "This link takes no more pictures. Ask whoever sent it to you.") from error


def reclaim(album_id: str) -> None:
    """Give back the room of tickets that were not used within an hour, of some of the oldest."""
    due = int(time.time()) - limits.UPLOAD_SECONDS
    tickets = [row for row in _oldest_tickets(album_id) if row["at"] < due]
    pictures = {picture.id: picture for picture in catalogue.find_all([rows.id_in(row["sk"]) for row in tickets])}
    for row in tickets:
        picture = pictures.get(rows.id_in(row["sk"]))
        in_vain = picture is None or picture.status in _IN_VAIN
        with suppress(Conflict):
            table.transact_write(_given_back(row) if in_vain else _kept(row))


def _oldest_tickets(album_id: str) -> Sequence[table.Row]:
    """Return the rows of the oldest tickets, as their ids are in the order of time."""
    tickets, _ = table.query(
        KeyConditionExpression="pk = :pk AND begins_with(sk, :ticket)",
        ExpressionAttributeValues={":pk": _partition(album_id), ":ticket": _TICKET},
        ConsistentRead=True,
        Limit=_LOOKED_AT,
    )
    return tickets


def given_back(album_id: str, image_id: str) -> list[Any]:
    """Return the writes which give back the room that a guest's picture takes, none where it takes none (any more)."""
    keys = [_key(album_id, f"{state}{image_id}") for state in (_TICKET, _USED)]
    return [write for row in table.read(keys, ConsistentRead=True) for write in _given_back(row)]


def forget(album_id: str) -> None:
    """Forget what room was taken in an album that is gone."""
    while held := table.sort_keys(_partition(album_id), _FORGOTTEN, consistent=True):
        table.delete_all(_key(album_id, sk) for sk in held)


def _given_back(row: table.Row) -> list[Any]:
    """Return the writes which take a row away and its picture from the count of its link, unless that has ended."""
    gone = table.delete_existing(_key_of(row))
    if table.get(link_key(row["digest"])) is None:
        return [gone]
    less = table.change(
        link_key(row["digest"]),
        UpdateExpression="ADD added :less, added_bytes :bytes",
        ConditionExpression="added >= :one",
        ExpressionAttributeValues={":less": -1, ":bytes": -row["size"], ":one": 1},
    )
    return [gone, less]


def _kept(row: table.Row) -> list[Any]:
    used = {**row, "sk": f"{_USED}{rows.id_in(row['sk'])}"}
    return [table.delete_existing(_key_of(row)), table.put(used)]


def _partition(album_id: str) -> str:
    return f"ROOM#{album_id}"


def _key(album_id: str, sk: str) -> table.Row:
    return table.key(_partition(album_id), sk)


def _key_of(row: table.Row) -> table.Row:
    return table.key(row["pk"], row["sk"])
