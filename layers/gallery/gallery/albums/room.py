"""How much guests may add by a link: room is taken by a ticket, and given back where it is not used within an hour.

The count in the link's row and the row of each ticket (`TICKET#{at}#{id}`) change in one transaction, so that none is
given back twice. Tickets whose pictures have come are forgotten when anybody asks for room.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus

from gallery import limits
from gallery.albums.links import Link, link_key
from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.pictures import catalogue, rows
from gallery.problems import Problem

_TICKET = "TICKET#"
_LOOKED_AT = 100
_KEPT_SECONDS = 30 * 24 * 3600


def take(link: Link, sizes: Mapping[str, int]) -> None:
    """Take room for pictures of so many bytes, each by its id; raises the 409 where the link has not enough."""
    reclaim(link)
    at = int(time.time())
    tickets = [
        table.put({**table.key(link_key(link.digest)["pk"], f"{_TICKET}{at:012}#{image_id}"), "size": size,
                   "expires_at": at + _KEPT_SECONDS})
        for image_id, size in sizes.items()
    ]  # fmt: skip
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


def reclaim(link: Link) -> None:
    """Give back the room of tickets that were not used within an hour, of some of the oldest."""
    partition = link_key(link.digest)["pk"]
    before = f"{_TICKET}{int(time.time()) - limits.UPLOAD_SECONDS:012}"
    old = table.sort_keys_between(partition, _TICKET, before, _LOOKED_AT)
    pictures = {picture.id: picture for picture in catalogue.find_all([rows.id_in(sk) for sk in old])}
    for sk in old:
        picture = pictures.get(rows.id_in(sk))
        _forget(link, sk, unused=picture is None or picture.status == "awaiting")


def give_back(link: Link, sizes: Sequence[int]) -> None:
    """Give back the room of pictures that a guest has taken back."""
    with suppress(Conflict):
        table.transact_write([_less(link, len(sizes), sum(sizes))])


def _forget(link: Link, sk: str, *, unused: bool) -> None:
    key = table.key(link_key(link.digest)["pk"], sk)
    row = table.get(key)
    if row is None:
        return
    with suppress(Conflict):
        table.transact_write([table.delete_existing(key), *([_less(link, 1, row["size"])] if unused else [])])


def _less(link: Link, pictures: int, size: int) -> object:
    return table.change(
        link_key(link.digest),
        UpdateExpression="ADD added :pictures, added_bytes :bytes",
        ConditionExpression="added >= :least",
        ExpressionAttributeValues={":pictures": -pictures, ":bytes": -size, ":least": pictures},
    )
