"""The table: reading, listing and changing pictures so that two at once, a repeat or a crash do no harm.

A change writes in an order in which every moment is harmless: record, new postings, row, old postings. The row decides;
a posting whose picture does not belong there is dropped by whoever reads it and swept up later.
"""

import json
import random
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from gallery import rows, storage
from gallery.pictures import Picture, Tile
from gallery.problems import Busy
from gallery.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_ROUNDS = 5
"""How often a page is topped up when postings turn out to be orphans; more would let a page cost without bound."""

_PATIENCE = 8
_FIRST_WAIT = 0.02
"""Tries of an unfinished batch, and the upper bound of the first wait in seconds; it doubles each time."""

_GOT, _WRITTEN = 100, 25
"""Most rows that DynamoDB gets and writes in one batch."""

_AT_ONCE = 8
"""How many requests for a single row are on their way at the same time."""

_SCANNED = 1000
"""How many rows the sweeper looks at in one go."""


_PASSING = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
"""Why DynamoDB calls a transaction off that may succeed a moment later."""


class Conflict(Exception):  # noqa: N818 - a state of affairs, not a fault
    """Somebody else changed the picture first."""


class Throttled(Busy):
    """DynamoDB did not get round to something for longer than we wait; whoever asked has to ask again."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: pictures in order, and the id to go on from, None at the end."""

    pictures: Sequence[Picture]
    next_id: str | None


@dataclass(frozen=True, slots=True)
class Posting:
    """A row that says nothing but that a picture belongs into a list, `at` seconds since the epoch."""

    pk: str
    sk: str
    image_id: str
    at: int


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many public pictures show something, `label` as it was first written."""

    label: str
    count: int


@cache
def client() -> "DynamoDBClient":
    """Return the DynamoDB client of this process; the SDK retries throttling with backoff and jitter."""
    return boto3.client("dynamodb", config=Config(retries={"mode": "standard", "max_attempts": 6}))


def find(image_id: str) -> Picture | None:
    """Return the picture, its ticket or its tombstone as it is at this moment; None where there never was one."""
    answer = client().get_item(TableName=settings().table_name, Key=rows.image_key(image_id), ConsistentRead=True)
    return rows.from_row(answer["Item"]) if "Item" in answer else None


def find_all(ids: Sequence[str]) -> list[Picture]:
    """Return the pictures of some ids in the order asked for, without those that do not exist."""
    unique = list(dict.fromkeys(ids))
    batches = (unique[start : start + _GOT] for start in range(0, len(unique), _GOT))
    found = {picture.id: picture for batch in batches for picture in map(rows.from_row, _batch(batch))}
    return [found[each] for each in unique if each in found]


def _batch(ids: Collection[str], **how: Any) -> Iterator[rows.Row]:  # noqa: ANN401 - BatchGetItem's own options
    table = settings().table_name
    wanted: list[Any] = [rows.image_key(each) for each in ids]
    tries = turns()
    while wanted:
        next(tries)
        request: Any = {"Keys": wanted, **how}
        answer = client().batch_get_item(RequestItems={table: request})
        yield from answer["Responses"].get(table, ())
        rest = answer["UnprocessedKeys"].get(table)
        wanted = list(rest["Keys"]) if rest else []


def page(partition: str, limit: int, after: str | None = None) -> Page:
    """Return up to `limit` pictures of a list, newest first, going on after the id `after`.

    One more than asked for is read, so that the last page knows that it is the last.
    """
    found: list[Picture] = []
    for _ in range(_ROUNDS):
        ids, after = _postings(partition, limit - len(found) + 1, after)
        found += [each for each in find_all(ids) if (partition, each.id) in rows.postings(each)]
        if after is None or len(found) > limit:
            break
    return Page(found[:limit], found[limit - 1].id) if len(found) > limit else Page(found, after)


def _postings(partition: str, limit: int, after: str | None) -> tuple[list[str], str | None]:
    start: dict[str, Any] = {"ExclusiveStartKey": rows.key(partition, after)} if after else {}
    answer = client().query(
        TableName=settings().table_name,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": partition}},
        ScanIndexForward=False,
        Limit=limit,
        **start,
    )
    return [each["sk"]["S"] for each in answer["Items"]], answer.get("LastEvaluatedKey", {}).get("sk", {}).get("S")


def sort_keys(partition: str, limit: int) -> list[str]:
    """Return the sort keys of a list, greatest first, at most `limit`."""
    return _keys("pk = :pk", {":pk": {"S": partition}}, limit, forward=False)


def sort_keys_around(partition: str, sk: str, limit: int) -> list[str]:
    """Return the sort keys of a list next to one of them, at most `limit` on either side."""
    values = {":pk": {"S": partition}, ":sk": {"S": sk}}
    before = _keys("pk = :pk AND sk < :sk", values, limit, forward=False)
    return before + _keys("pk = :pk AND sk >= :sk", values, limit, forward=True)


def _keys(condition: str, values: dict[str, Any], limit: int, *, forward: bool) -> list[str]:
    answer = client().query(
        TableName=settings().table_name,
        KeyConditionExpression=condition,
        ExpressionAttributeValues=values,
        ProjectionExpression="sk",
        ScanIndexForward=forward,
        Limit=limit,
    )
    return [each["sk"]["S"] for each in answer["Items"]]


def same_bytes(sha256: str, scopes: Iterable[str]) -> str | None:
    """Return the id of a picture made of exactly these bytes among `public` or some owners' own, else None."""
    for scope in scopes:
        answer = client().query(
            TableName=settings().table_name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :scope)",
            ExpressionAttributeValues={":pk": {"S": rows.by_hash(sha256)}, ":scope": {"S": f"{scope}#"}},
            Limit=10,
        )
        held = find_all([each["sk"]["S"].rpartition("#")[2] for each in answer["Items"]])
        for each in held:
            if (rows.by_hash(sha256), f"{scope}#{each.id}") in rows.postings(each):
                return each.id
    return None


def issue(tickets: Sequence[Picture]) -> None:
    """Write the rows of new tickets. Their ids are new, so nothing can be overwritten."""
    _write([{"PutRequest": {"Item": rows.to_row(each)}} for each in tickets])


def adopt(picture: Picture) -> Picture:
    """Write the row of a picture that has none (its original was found in the bucket); return what stands there now."""
    try:
        _put(picture, "attribute_not_exists(pk)")
    except Conflict:
        return find(picture.id) or picture
    return picture


def change(old: Picture, new: Picture, tile: Tile | None = None, *, along: Sequence[Any] = ()) -> Picture:
    """Replace a picture by its next version and move its postings; return it as stored.

    `tile` is what the picture looks like at tile size, where that is new; `along` are writes that succeed or fail with
    the row's. Raises Conflict, leaving the picture alone, when it is no longer the version `old` or one of them fails.
    """
    new = replace(new, version=old.version + 1)
    before, after = rows.postings(old), rows.postings(new)
    uncounted, counted = _labels_only_of(old, new), _labels_only_of(new, old)
    said = new.status != "deleted" and storage.record(old) != storage.record(new)
    if said:
        storage.write_record(new)
    _post(after - before, new.version, _held(old, new, tile))
    # Counted too often, should this be as far as it gets, a label is seen by the sweeper; never counted, it is not.
    _count(counted, 1)
    try:
        _put(new, "version = :version", _at(old), along)
    except Conflict:
        # It may be this very write that the SDK's next try met, where the answer to the first was lost.
        if find(new.id) != new:
            _count(counted, -1)
            if said:
                _restore_record(new.id)
            raise
    if is_public_tile(before - after):
        note_withdrawal()
    _withdraw(before - after, new.version)
    _count(uncounted, -1)
    return new


def _labels_only_of(one: Picture, other: Picture) -> dict[str, str]:
    elsewhere = rows.labels(other)
    return {label: shown for label, shown in rows.labels(one).items() if label not in elsewhere}


def _count(labels: Mapping[str, str], change: int) -> None:
    """Count each label once more or less."""
    for label, shown in labels.items():
        client().update_item(
            TableName=settings().table_name,
            Key=rows.label_key(label),
            UpdateExpression="SET label = if_not_exists(label, :shown) ADD pictures :change",
            ExpressionAttributeValues={":shown": {"S": shown}, ":change": {"N": str(change)}},
        )


def label_counts(after: str | None = None, most: int | None = None) -> tuple[list[LabelCount], str | None]:
    """Return how many public pictures show each label, going on after the label `after`; and where to go on.

    At once there are no more than `most`, and no more than fit into a megabyte.
    """
    part: dict[str, Any] = {"ExclusiveStartKey": rows.label_key(after)} if after else {}
    if most is not None:
        part["Limit"] = most
    answer = client().query(
        TableName=settings().table_name,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": rows.LABELS}},
        **part,
    )
    counts = [LabelCount(each["label"]["S"], int(each["pictures"]["N"])) for each in answer["Items"]]
    return counts, answer.get("LastEvaluatedKey", {}).get("sk", {}).get("S")


def recount(label: LabelCount) -> bool:
    """Set a label's count to what its list holds, unless it changes meanwhile; tell whether it was wrong.

    A label that no picture has is forgotten.
    """
    pictures = _listed(label.label)
    if pictures == label.count and pictures:
        return False
    counted: dict[str, Any] = {
        "TableName": settings().table_name,
        "Key": rows.label_key(label.label),
        "ConditionExpression": "pictures = :counted",
    }
    values = {":counted": {"N": str(label.count)}, ":pictures": {"N": str(pictures)}}
    with suppress(client().exceptions.ConditionalCheckFailedException):
        if pictures:
            client().update_item(
                **counted, UpdateExpression="SET pictures = :pictures", ExpressionAttributeValues=values
            )
        else:
            client().delete_item(**counted, ExpressionAttributeValues={":counted": values[":counted"]})
    return pictures != label.count


def _listed(label: str) -> int:
    """Return how many pictures a label's list holds."""
    pages = (
        client()
        .get_paginator("query")
        .paginate(
            TableName=settings().table_name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": rows.by_label(label)}},
            Select="COUNT",
        )
    )
    return sum(page["Count"] for page in pages)


def _post(
    postings: Iterable[tuple[str, str]], version: int, held: Mapping[tuple[str, str], rows.Row] | None = None
) -> None:
    """Write postings, with what some of them hold besides."""
    at, held = int(time.time()), held or {}
    items = [rows.posting_row(each, version, at) | held.get(each, {}) for each in sorted({*postings, *held})]
    _write([{"PutRequest": {"Item": each}} for each in items])


def _held(old: Picture, new: Picture, tile: Tile | None) -> dict[tuple[str, str], rows.Row]:
    """Return what the posting of a tile holds: the tile if it is new, or where it moves what it held elsewhere."""
    former, place = rows.tile_posting(old), rows.tile_posting(new)
    if place is None:
        return {}
    if tile is None and former not in {None, place}:
        tile = _tile_at(*former)
    return {place: rows.tile_row(tile)} if tile else {}


def _tile_at(pk: str, sk: str) -> Tile | None:
    answer = client().get_item(TableName=settings().table_name, Key=rows.key(pk, sk), ConsistentRead=True)
    return rows.tile_of(answer.get("Item", {}))


def is_public_tile(postings: Iterable[tuple[str, str]]) -> bool:
    """Tell whether one of the postings is of a tile that anybody's mosaics may be made of."""
    return any(pk == rows.by_tile("public") for pk, _ in postings)


def note_withdrawal() -> None:
    """Note that a picture is no tile any more, so that no mosaic made until now is shown any longer."""
    at = {"N": str(int(time.time() * 1000))}
    client().put_item(TableName=settings().table_name, Item={**rows.withdrawal_key(), "at_ms": at})


def withdrawn_at() -> int:
    """Return when a picture last ceased to be a tile, in milliseconds since the epoch."""
    answer = client().get_item(TableName=settings().table_name, Key=rows.withdrawal_key(), ConsistentRead=True)
    return int(answer.get("Item", {}).get("at_ms", {"N": "0"})["N"])


def public_among(ids: Sequence[str]) -> set[str]:
    """Return which of some pictures anybody may see at this moment."""
    batches = [ids[start : start + _GOT] for start in range(0, len(ids), _GOT)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return {each for found in pool.map(_public, batches) for each in found}


def _public(ids: Collection[str]) -> list[str]:
    found = _batch(ids, ConsistentRead=True, ProjectionExpression="id, visibility, content.etag")
    return [row["id"]["S"] for row in found if row["visibility"]["S"] == "public" and "content" in row]


def _withdraw(postings: Iterable[tuple[str, str]], version: int) -> None:
    """Remove postings, except those that a later version of the picture has put there again."""
    values = {":version": {"N": str(version)}}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda each: remove_posting(each, "version <= :version", values), sorted(postings)))


def remove_posting(posting: tuple[str, str], condition: str, values: dict[str, Any]) -> None:
    """Remove a posting (pk, sk) if it still is as the condition says."""
    with suppress(client().exceptions.ConditionalCheckFailedException):
        client().delete_item(
            TableName=settings().table_name,
            Key=rows.key(*posting),
            ConditionExpression=f"attribute_not_exists(pk) OR {condition}",
            ExpressionAttributeValues=values,
        )


def let_expire(tombstone: Picture, expires_at: int) -> None:
    """Have DynamoDB remove a tombstone after `expires_at` (seconds since the epoch)."""
    _put(replace(tombstone, expires_at=expires_at), "version = :version", _at(tombstone))


def bookmark(rule: str) -> str | None:
    """Return the key behind which the sweeper has to go on with a rule, None to begin anew."""
    answer = client().get_item(TableName=settings().table_name, Key=rows.bookmark_key(rule))
    return answer.get("Item", {}).get("after", {}).get("S")


def keep_bookmark(rule: str, after: str | None) -> None:
    """Remember behind which key the sweeper has to go on with a rule."""
    place: dict[str, Any] = {"after": {"S": after}} if after else {}
    client().put_item(TableName=settings().table_name, Item={**rows.bookmark_key(rule), **place})


def scan_postings(after: str | None) -> tuple[list[Posting], str | None]:
    """Return some of the table's postings, and where to go on, None at the end."""
    start: dict[str, Any] = {"ExclusiveStartKey": json.loads(after)} if after else {}
    answer = client().scan(
        TableName=settings().table_name, ProjectionExpression="pk, sk, posted_at", Limit=_SCANNED, **start
    )
    found = [
        Posting(row["pk"]["S"], row["sk"]["S"], image_id, int(row.get("posted_at", {"N": "0"})["N"]))
        for row in answer["Items"]
        if (image_id := rows.posting_id(row)) is not None
    ]
    last = answer.get("LastEvaluatedKey")
    return found, json.dumps(last) if last else None


def _restore_record(image_id: str) -> None:
    """Make the record tell the story of whoever was first."""
    winner = find(image_id)
    if winner is not None and winner.status != "deleted":
        storage.write_record(winner)


def _at(picture: Picture) -> dict[str, Any]:
    return {":version": {"N": str(picture.version)}}


def _put(picture: Picture, condition: str, values: dict[str, Any] | None = None, along: Sequence[Any] = ()) -> None:
    put: dict[str, Any] = {
        "TableName": settings().table_name,
        "Item": rows.to_row(picture),
        "ConditionExpression": condition,
        **({"ExpressionAttributeValues": values} if values else {}),
    }
    errors = client().exceptions
    try:
        if along:
            _together([{"Put": put}, *along])
        else:
            client().put_item(**put)
    except (errors.ConditionalCheckFailedException, errors.TransactionConflictException) as error:
        raise Conflict(picture.id) from error


def _together(actions: Sequence[Any]) -> None:
    """Do all of it or nothing; raises Conflict where a condition doesn't hold."""
    for _ in turns():
        try:
            client().transact_write_items(TransactItems=actions)
        except client().exceptions.TransactionCanceledException as error:
            reasons = {each.get("Code", "None") for each in error.response.get("CancellationReasons", ())}
            if "ConditionalCheckFailed" in reasons:
                raise Conflict(str(error)) from error
            if not reasons <= _PASSING:
                raise
        else:
            return


def _write(requests: Sequence[Any]) -> None:
    table = settings().table_name
    for start in range(0, len(requests), _WRITTEN):
        rest: Any = {table: requests[start : start + _WRITTEN]}
        tries = turns()
        while rest:
            next(tries)
            rest = client().batch_write_item(RequestItems=rest)["UnprocessedItems"]


def turns() -> Iterator[None]:
    """Yield for each try at something, after ever longer waits of random length; raise Throttled after the last.

    DynamoDB answers a batch it could do only a part of without an error, so the SDK does not retry the rest.
    """
    yield
    for attempt in range(1, _PATIENCE):
        time.sleep(random.uniform(0, _FIRST_WAIT * 2**attempt))  # noqa: S311 - jitter
        yield
    raise Throttled(f"unfinished after {_PATIENCE} tries")
