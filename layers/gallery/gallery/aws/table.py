"""The one table that everything but the pictures' bytes is kept in: its client, batches, lists and transactions."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gallery.aws import dynamodb, items, sdk
from gallery.aws.errors import code_of
from gallery.aws.items import Item, decode, encode, encode_list
from gallery.problems import ServiceUnavailable
from gallery.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import QueryOutputTypeDef, ScanOutputTypeDef

RANKING = "ranking"
"""The index of whatever is listed by rank: its partition is the attribute `ranking`, its order the attribute `rank`."""

_MAX_ATTEMPTS = 8
_BASE_DELAY = 0.02
"""Attempts at a batch or a write, and the upper bound of the first wait in seconds; it doubles each time."""

_OF_VALUES = {"ExclusiveStartKey", "ExpressionAttributeValues"}
"""Options of requests that hold values of rows."""

_GOT, _WRITTEN = 100, 25
"""Most rows that DynamoDB gets and writes in one batch."""

_CONDITION_FAILED = {"ConditionalCheckFailed", "ConditionalCheckFailedException"}
_TRANSIENT = {"None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
"""Why DynamoDB refuses a write that may succeed a moment later."""


Row = items.Row

Done = TypeVar("Done")


class Conflict(Exception):
    """Somebody else changed a row first."""


class _Transient(Exception):
    """A write that may succeed a moment later was refused."""


class Throttled(ServiceUnavailable):
    """DynamoDB did not get round to something for longer than we wait; whoever asked has to ask again."""


class Contended(Throttled, Conflict):
    """Other writes were first at each attempt."""


def key(pk: str, sk: str) -> Row:
    """Return the key of a row."""
    return {"pk": pk, "sk": sk}


@cache
def client() -> "DynamoDBClient":
    """Return the DynamoDB client of this process, which retries throttling with backoff and jitter.

    It is our own unless the setting asks for the SDK's, which has hooks and every kind of endpoint.
    """
    if settings().dynamodb_client == "boto3":
        return sdk_client()
    return cast("DynamoDBClient", dynamodb.Client(settings().tries))


def sdk_client() -> "DynamoDBClient":
    """Return a DynamoDB client of the SDK's, for a library that asks for one."""
    return cast("DynamoDBClient", sdk.client("dynamodb"))


def get(key: Row) -> Row | None:
    """Return a row as it is at this moment; None where there is none."""
    item = client().get_item(TableName=settings().table_name, Key=encode(key), ConsistentRead=True).get("Item")
    return decode(item) if item else None


def read(keys: Iterable[Row], **how: Any) -> Iterator[Row]:  # noqa: ANN401 - BatchGetItem's own options
    """Yield the rows of different keys, in no particular order, without those that do not exist."""
    encoded_keys = list(map(encode, keys))
    for start in range(0, len(encoded_keys), _GOT):
        yield from map(decode, _batch(encoded_keys[start : start + _GOT], how))


def read_in_order(keys: Iterable[Row]) -> list[Row]:
    """Return the rows of some keys in the order of these, each once, without those that do not exist."""
    unique = {(key["pk"], key["sk"]): key for key in keys}
    rows = {(row["pk"], row["sk"]): row for row in read(unique.values())}
    return [rows[place] for place in unique if place in rows]


def _batch(keys: Sequence[Item], how: dict[str, Any]) -> list[Item]:
    table, rows = settings().table_name, list[Item]()

    def attempt(keys: Sequence[Any]) -> Sequence[Any]:
        request: Any = {"Keys": keys, **how}
        answer = client().batch_get_item(RequestItems={table: request})
        rows.extend(answer["Responses"].get(table, ()))
        rest = answer["UnprocessedKeys"].get(table)
        return rest["Keys"] if rest else []

    _until_done(keys, attempt)
    return rows


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which sort keys rows are wanted, both included; None where there is no such end."""

    first: str | None = None
    last: str | None = None

    def hold(self, sk: str) -> bool:
        """Tell whether a sort key lies between them."""
        return (self.first is None or self.first <= sk) and (self.last is None or sk <= self.last)


EVERYTHING = Bounds()


def newest(
    partition: str,
    limit: int,
    after: str | None = None,
    bounds: Bounds = EVERYTHING,
    *,
    upwards: bool = False,
) -> tuple[list[Row], str | None]:
    """Return up to `limit` rows of a list, the greatest sort key first, going on below `after`; and where to go on.

    With `upwards` the least comes first, going on above `after`, which has to lie within the bounds (DynamoDB refuses
    any other). One more than asked for is read, so that the last part knows that it is the last.
    """
    start: dict[str, Any] = {"ExclusiveStartKey": key(partition, after)} if after else {}
    condition, values = _within(bounds)
    rows, last = _cut(
        query(
            KeyConditionExpression=f"pk = :pk{condition}",
            ExpressionAttributeValues={":pk": partition, **values},
            ScanIndexForward=upwards,
            Limit=limit + 1,
            **start,
        ),
        limit,
    )
    return rows, last["sk"] if last else None


def _within(bounds: Bounds) -> tuple[str, Row]:
    """Return what a query's condition says of the sort key, and its values."""
    if bounds.first is not None and bounds.last is not None:
        return " AND sk BETWEEN :first AND :last", {":first": bounds.first, ":last": bounds.last}
    if bounds.first is not None:
        return " AND sk >= :first", {":first": bounds.first}
    return (" AND sk <= :last", {":last": bounds.last}) if bounds.last is not None else ("", {})


def merged(
    partitions: Sequence[str],
    limit: int,
    after: str | None = None,
    bounds: Bounds = EVERYTHING,
    *,
    upwards: bool = False,
) -> tuple[list[tuple[str, str]], str | None]:
    """Return up to `limit` keys (pk, sk) of lists without a sort key in common, in the order of one; as `newest`."""
    parts = [newest(partition, limit, after, bounds, upwards=upwards) for partition in partitions]
    listed = merge(
        *([(row["pk"], row["sk"]) for row in part] for part, _ in parts),
        key=lambda posting: posting[1],
        reverse=not upwards,
    )
    keys = list(islice(listed, limit))
    more = sum(len(part) for part, _ in parts) > len(keys) or any(last for _, last in parts)
    return keys, keys[-1][1] if more else None


def ranked(ranking: str, limit: int, after: Row | None = None) -> tuple[list[Row], Row | None]:
    """Return up to `limit` rows of a list by rank, the highest first, going on below `after`; and where to go on.

    `after` is the key of a row (`pk`, `sk` and `rank`). One more is read here, too.
    """
    start: dict[str, Any] = {"ExclusiveStartKey": {**after, "ranking": ranking}} if after else {}
    return _cut(
        query(
            IndexName=RANKING,
            KeyConditionExpression="ranking = :ranking",
            ExpressionAttributeValues={":ranking": ranking},
            ScanIndexForward=False,
            Limit=limit + 1,
            **start,
        ),
        limit,
    )


def _cut(answer: tuple[list[Row], Row | None], limit: int) -> tuple[list[Row], Row | None]:
    """Return a part of a list of which one row more was asked for, and the last of its rows if there are any more."""
    rows, last = answer
    return (rows[:limit], rows[limit - 1]) if len(rows) > limit else (rows, last)


def query(**how: Any) -> tuple[list[Row], Row | None]:  # noqa: ANN401 - Query's own options, values as in rows
    """Return the rows that a query finds, at most a megabyte of them, and the key to go on after; None at the end."""
    return _page(client().query(TableName=settings().table_name, **_encoded(how)))


def nearest(index: str, vector: Sequence[float], hash_part: Row, most: int) -> list[tuple[Row, float]]:
    """Return the rows of a vector index nearest to a vector, each with its distance, the nearest first.

    `hash_part` is the one attribute that the index is divided by, and its value; `most` is 1 to 100.
    """
    ((name, value),) = hash_part.items()
    answer = client().search_vectors(
        TableName=settings().table_name,
        IndexName=index,
        SearchVector=encode_list(vector),
        SearchConditionExpression=f"{name} = :{name}",
        ExpressionAttributeValues=encode({f":{name}": value}),
        TopK=most,
    )
    return [(decode(result["Item"]), float(result["Score"])) for result in answer["SearchResults"]]


def scan(**how: Any) -> tuple[list[Row], Row | None]:  # noqa: ANN401 - Scan's own options
    """Return rows of the whole table, likewise."""
    return _page(client().scan(TableName=settings().table_name, **_encoded(how)))


def pages(*, most: int | None = None, **how: Any) -> Iterator[list[Row]]:  # noqa: ANN401 - Query's own options
    """Yield the rows that a query finds, a page at a time: all, or the first `most`."""
    left, after = most, None
    while True:
        rows, after = query(**how, **({"ExclusiveStartKey": after} if after else {}))
        yield rows[:left]
        left = None if left is None else left - len(rows)
        if after is None or (left is not None and left <= 0):
            return


def count(partition: str) -> int:
    """Return how many rows a list has."""
    request: dict[str, Any] = {
        "TableName": settings().table_name,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": encode({":pk": partition}),
        "Select": "COUNT",
    }
    number = 0
    while True:
        answer = client().query(**request)
        number += answer["Count"]
        if not answer.get("LastEvaluatedKey"):
            return number
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _page(answer: "QueryOutputTypeDef | ScanOutputTypeDef") -> tuple[list[Row], Row | None]:
    last = answer.get("LastEvaluatedKey")
    return [decode(row) for row in answer["Items"]], decode(last) if last else None


def _encoded(how: dict[str, Any]) -> dict[str, Any]:
    """Return options of a request with the values in them as DynamoDB has them."""
    return {name: encode(value) if name in _OF_VALUES else value for name, value in how.items()}


def sort_keys(partition: str, limit: int, *, consistent: bool = False) -> list[str]:
    """Return the sort keys of a list, greatest first, at most `limit`; with `consistent` as of this very moment."""
    return _sort_keys("pk = :pk", {":pk": partition}, limit, forward=False, consistent=consistent)


def sort_keys_around(partition: str, sk: str, limit: int) -> list[str]:
    """Return the sort keys of a list next to one of them, at most `limit` on either side."""
    values = {":pk": partition, ":sk": sk}
    before = _sort_keys("pk = :pk AND sk < :sk", values, limit, forward=False)
    return before + _sort_keys("pk = :pk AND sk >= :sk", values, limit, forward=True)


def sort_keys_beginning(partition: str, beginning: str, limit: int) -> list[str]:
    """Return the sort keys of a list that begin alike, least first, at most `limit`."""
    condition, values = "pk = :pk AND begins_with(sk, :beginning)", {":beginning": beginning}
    return _sort_keys(condition, {":pk": partition, **values}, limit, forward=True)


def sort_keys_between(partition: str, after: str, before: str, limit: int) -> list[str]:
    """Return the sort keys of a list that lie between two texts, of which neither is one of them, least first."""
    values = {":pk": partition, ":after": f"{after}\0", ":before": before}
    keys = _sort_keys("pk = :pk AND sk BETWEEN :after AND :before", values, limit, forward=True)
    return [sk for sk in keys if sk != before]


def _sort_keys(
    condition: str, values: dict[str, Any], limit: int, *, forward: bool, consistent: bool = False
) -> list[str]:
    rows, _ = query(
        KeyConditionExpression=condition,
        ExpressionAttributeValues=values,
        ProjectionExpression="sk",
        ScanIndexForward=forward,
        ConsistentRead=consistent,
        Limit=limit,
    )
    return [row["sk"] for row in rows]


def put_all(rows: Iterable[Row]) -> None:
    """Put any number of rows, each for itself."""
    _write([{"PutRequest": {"Item": encode(row)}} for row in rows])


def delete_all(keys: Iterable[Row]) -> None:
    """Delete any number of rows, those that there are, each for itself."""
    _write([{"DeleteRequest": {"Key": encode(key_)}} for key_ in keys])


def _write(requests: Sequence[Any]) -> None:
    table = settings().table_name

    def attempt(requests: Sequence[Any]) -> Sequence[Any]:
        return client().batch_write_item(RequestItems={table: requests})["UnprocessedItems"].get(table, [])

    for start in range(0, len(requests), _WRITTEN):
        _until_done(requests[start : start + _WRITTEN], attempt)


def _until_done(rest: Sequence[Any], attempt: Callable[[Sequence[Any]], Sequence[Any]]) -> None:
    """Do a batch again as long as something of it is left; whenever something was done, its attempts begin anew.

    DynamoDB answers a batch it could do only a part of without an error, so the SDK does not retry the rest.
    """
    until = _deadline()
    attempts = _attempts(until)
    while rest:
        if next(attempts, None) is None:
            raise Throttled("a batch is unfinished after all attempts")
        left = attempt(rest)
        if len(left) < len(rest):
            attempts = _attempts(until, first=1)
        rest = left


def update(key: Row, **change: Any) -> Row:  # noqa: ANN401 - UpdateItem's own options
    """Change a row; return it as it is then.

    Raises Conflict where the condition doesn't hold, as the next two do; all three wait for transactions at the row.
    """
    request = {"Key": encode(key), **_encoded(change)}
    answer = _conditional(
        lambda: client().update_item(TableName=settings().table_name, ReturnValues="ALL_NEW", **request)
    )
    return decode(answer["Attributes"])


def store(item: Row, **how: Any) -> None:  # noqa: ANN401 - PutItem's own options
    """Put a row."""
    request = {"Item": encode(item), **_encoded(how)}
    _conditional(lambda: client().put_item(TableName=settings().table_name, **request))


def remove(key: Row, **how: Any) -> None:  # noqa: ANN401 - DeleteItem's own options
    """Delete a row, if there is one."""
    request = {"Key": encode(key), **_encoded(how)}
    _conditional(lambda: client().delete_item(TableName=settings().table_name, **request))


def put(item: Row, **how: Any) -> Any:  # noqa: ANN401 - the client's own, as all actions
    """Return the action that puts a row; `how` are TransactWriteItems' own options of it, as in the actions below."""
    return {"Put": {"TableName": settings().table_name, "Item": encode(item), **_encoded(how)}}


def put_new(item: Row) -> Any:  # noqa: ANN401
    """Return the action that puts a row and fails where there is one."""
    return put(item, ConditionExpression="attribute_not_exists(pk)")


def change(key: Row, **how: Any) -> Any:  # noqa: ANN401
    """Return the action that changes a row."""
    return {"Update": {"TableName": settings().table_name, "Key": encode(key), **_encoded(how)}}


def delete(key: Row, **how: Any) -> Any:  # noqa: ANN401
    """Return the action that deletes a row, if there is one."""
    return {"Delete": {"TableName": settings().table_name, "Key": encode(key), **_encoded(how)}}


def delete_existing(key: Row) -> Any:  # noqa: ANN401
    """Return the action that deletes a row and fails where there is none."""
    existing = {"ConditionExpression": "attribute_exists(pk)"}
    return {"Delete": {"TableName": settings().table_name, "Key": encode(key), **existing}}


def check(key: Row, **how: Any) -> Any:  # noqa: ANN401
    """Return the action that only fails where a row is not as its condition says."""
    return {"ConditionCheck": {"TableName": settings().table_name, "Key": encode(key), **_encoded(how)}}


def transact_write(actions: Sequence[Any]) -> None:
    """Do all of some actions or nothing; raises Conflict where a condition doesn't hold."""
    _conditional(lambda: client().transact_write_items(TransactItems=actions))


def retry_on_conflict(attempt: Callable[[], Done]) -> Done:
    """Read, change and write, and again with what is there then, as long as a write raises Conflict.

    `attempt` reads anew each time. Waits with exponential backoff and jitter; raises Contended where others were first
    each time.
    """
    for _ in _attempts(_deadline()):
        with suppress(Conflict):
            return attempt()
    raise Contended("others were first at all attempts")


def _conditional(write: Callable[[], Done]) -> Done:
    """Do a write, again where another transaction is at the same rows; raises Conflict where a condition fails."""

    def attempt() -> Done:
        try:
            return write()
        except Exception as error:
            reasons = _reasons(error)
            if reasons & _CONDITION_FAILED:
                raise Conflict(str(error)) from error
            if reasons <= _TRANSIENT:
                raise _Transient from error
            raise

    for _ in _attempts(_deadline()):
        with suppress(_Transient):
            return attempt()
    raise Throttled("unfinished after all attempts")


def _reasons(error: Exception) -> set[str]:
    """Return why a transaction was called off: the codes of its actions, or that of an error which is about all."""
    match code_of(error):
        case "TransactionCanceledException":
            reasons: Any = getattr(error, "response", {}).get("CancellationReasons", ())
            return {reason.get("Code", "None") for reason in reasons}
        case "TransactionConflictException":
            return {"TransactionConflict"}
        case other:
            return {other}


def _attempts(until: float, first: int = 0) -> Iterator[int]:
    """Yield the number of each attempt, after exponential backoff with full jitter; ends with the last that may be.

    None is begun after `until` (by time.monotonic), at the latest as long from now as the SDK would wait.
    """
    for attempt in range(first, _MAX_ATTEMPTS):
        if attempt:
            wait = random.uniform(0, _BASE_DELAY * 2**attempt)  # noqa: S311 - jitter
            if time.monotonic() + wait > until:
                return
            time.sleep(wait)
        yield attempt


def _deadline() -> float:
    return time.monotonic() + settings().longest_wait
