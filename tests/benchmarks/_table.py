"""The gallery's table in memory: it answers reading requests as DynamoDB does, and counts what DynamoDB would bill.

It stands where the client would send a request, so that all the client's own work is done and measured. What was asked
once is answered from memory, so that the stand-in's own work is not. What it holds may be reckoned when it is looked
at, so that a table of a million pictures takes no room.
"""

import json
import re
from base64 import b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any, Protocol

from tests.benchmarks._network import stand_in
from tests.dynamodb import PAGE_BYTES, read_units, size

from gallery.aws import table
from gallery.aws.items import Item, encode
from gallery.pictures import rows
from gallery.pictures.model import Picture

POSTED_AT = 1_780_000_000
"""When the postings were put there, seconds since the epoch."""
MOST_KEYS = 100
"""What DynamoDB takes in one batch."""
LAST = "\U0010ffff"

Asked = dict[str, Any]
"""A request's parameters, in DynamoDB's own JSON."""
Ranked = tuple[int, str, str]
"""The rank of a row in the index, and its key."""


class Contents(Protocol):
    """What a table holds; sequences are in the order of their sort keys."""

    def keys(self, partition: str) -> Sequence[str]:
        """Return the sort keys of a partition."""

    def ranking(self, name: str) -> Sequence[Ranked]:
        """Return what stands in a partition of the index of ranks."""

    def row(self, pk: str, sk: str) -> table.Row | None:
        """Return a row; None where there is none."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a request read: its operation, how many rows, how many units."""

    operation: str
    rows: int
    units: float


@dataclass
class Table:
    """A table with some contents; `readings` are those of all requests so far, which may take `most` units together."""

    contents: Contents
    most: float = inf
    readings: list[Read] = field(default_factory=list)
    answers: dict[bytes, tuple[bytes, Read]] = field(default_factory=dict)
    _end: Callable[[], None] = field(default=lambda: None)

    @property
    def units(self) -> float:
        """Read units of all requests so far."""
        return sum(each.units for each in self.readings)

    def stand_in(self) -> None:
        """Answer, from now on, whatever this process asks of DynamoDB."""
        self._end = stand_in(self.answer)

    def stand_aside(self) -> None:
        """Answer no longer."""
        self._end()

    def answer(self, request: bytes) -> bytes:
        """Return the body of the answer to a request, which is its target and its body."""
        if request not in self.answers:
            target, _, asked = request.partition(b"{")
            operation = target.decode().rpartition(".")[2]
            self.answers[request] = self._answer(operation, json.loads(b"{" + asked))
        body, reading = self.answers[request]
        self.readings.append(reading)
        if self.units > self.most:
            raise AssertionError(f"more than {self.most} units were read")
        return body

    def _answer(self, operation: str, asked: Asked) -> tuple[bytes, Read]:
        if unknown := asked.keys() & {"FilterExpression", "QueryFilter", "Select"}:
            raise AssertionError(f"nobody counts {', '.join(unknown)}")
        match operation:
            case "Query":
                return self._query(asked)
            case "BatchGetItem":
                return self._batch(asked)
            case "GetItem":
                return self._item(asked)
        raise AssertionError(f"no page has a reason for {operation}")

    def _query(self, asked: Asked) -> tuple[bytes, Read]:
        listed = _listed(self.contents, asked)
        taken = listed.within(asked)
        found, bytes_read, complete = list[table.Row](), 0, True
        for place in taken:
            row = self._existing(*listed.key(place))
            if len(found) == asked.get("Limit") or bytes_read + size(row) > PAGE_BYTES:
                complete = False
                break
            found.append(row)
            bytes_read += size(row)
        more = {} if complete else {"LastEvaluatedKey": listed.position(found[-1])}
        body = _body(Items=[_projected(row, asked) for row in found], Count=len(found), **more)
        units = read_units(bytes_read, consistent=asked.get("ConsistentRead", False))
        return body, Read("Query", len(found), units)

    def _row(self, pk: str, sk: str) -> Item | None:
        row = self.contents.row(pk, sk)
        return None if row is None else encode(row)

    def _existing(self, pk: str, sk: str) -> table.Row:
        row = self._row(pk, sk)
        if row is None:
            raise AssertionError(f"{pk}, {sk} is listed, but not there")
        return row

    def _batch(self, asked: Asked) -> tuple[bytes, Read]:
        ((name, wanted),) = asked["RequestItems"].items()
        if len(wanted["Keys"]) > MOST_KEYS:
            raise AssertionError("DynamoDB takes no such batch")
        found = [self._row(key["pk"]["S"], key["sk"]["S"]) for key in wanted["Keys"]]
        there = [_projected(row, wanted) for row in found if row]
        consistent = wanted.get("ConsistentRead", False)
        units = sum(read_units(size(row or {}), consistent=consistent) for row in found)
        return _body(Responses={name: there}, UnprocessedKeys={}), Read("BatchGetItem", len(there), units)

    def _item(self, asked: Asked) -> tuple[bytes, Read]:
        row = self._row(asked["Key"]["pk"]["S"], asked["Key"]["sk"]["S"]) or {}
        units = read_units(size(row), consistent=asked.get("ConsistentRead", False))
        return _body(**({"Item": row} if row else {})), Read("GetItem", 1, units)


def _listed(contents: Contents, asked: Asked) -> "_Partition | _Index":
    partition = _value(asked, asked["KeyConditionExpression"].partition(" AND ")[0].rpartition(" ")[2])
    if "IndexName" in asked:
        return _Index(partition, contents.ranking(partition))
    return _Partition(partition, contents.keys(partition))


@dataclass(frozen=True)
class _Partition:
    """A partition of the table itself."""

    name: str
    keys: Sequence[str]

    def key(self, place: int) -> tuple[str, str]:
        return self.name, self.keys[place]

    def position(self, row: table.Row) -> table.Row:
        return {name: row[name] for name in ("pk", "sk")}

    def within(self, asked: Asked) -> range:
        """Return the places of what a query is about, in its order."""
        low, high = self._bounds(asked)
        after = asked.get("ExclusiveStartKey", {}).get("sk", {}).get("S")
        return _in_order(asked, self.keys, range(low, high), after)

    def _bounds(self, asked: Asked) -> tuple[int, int]:
        condition = asked["KeyConditionExpression"].partition(" AND ")[2]
        match re.findall(r"[#:\w]+|<=|<|>=", condition):
            case []:
                return 0, len(self.keys)
            case ["sk", "<", name]:
                return 0, bisect_left(self.keys, _value(asked, name))
            case ["sk", "<=", name]:
                return 0, bisect_right(self.keys, _value(asked, name))
            case ["sk", ">=", name]:
                return bisect_left(self.keys, _value(asked, name)), len(self.keys)
            case ["begins_with", "sk", name]:
                beginning = _value(asked, name)
                return bisect_left(self.keys, beginning), bisect_left(self.keys, beginning + LAST)
            case ["sk", "BETWEEN", first, "AND", last]:
                return bisect_left(self.keys, _value(asked, first)), bisect_right(self.keys, _value(asked, last))
        raise AssertionError(f"nobody knows what {condition} means")


@dataclass(frozen=True)
class _Index:
    """A partition of the index of ranks, in which nothing ranks lower than one."""

    name: str
    ranked: Sequence[Ranked]

    def key(self, place: int) -> tuple[str, str]:
        return self.ranked[place][1:]

    def position(self, row: table.Row) -> table.Row:
        return {name: row[name] for name in ("pk", "sk", "ranking", "rank")}

    def within(self, asked: Asked) -> range:
        """Return the places of what a query is about, in its order."""
        start = asked.get("ExclusiveStartKey")
        after = (int(start["rank"]["N"]), start["pk"]["S"], start["sk"]["S"]) if start else None
        return _in_order(asked, self.ranked, range(len(self.ranked)), after)


def _in_order(asked: Asked, entries: Sequence[Any], places: range, after: Any) -> range:  # noqa: ANN401 - an entry
    if asked.get("ScanIndexForward", True):
        return places if after is None else range(max(places.start, bisect_right(entries, after)), places.stop)
    stop = places.stop if after is None else min(places.stop, bisect_left(entries, after))
    return range(places.start, stop)[::-1]


def _value(asked: Asked, name: str) -> str:
    return str(asked["ExpressionAttributeValues"][name]["S"])


def _projected(row: Asked, asked: Asked) -> Asked:
    if "ProjectionExpression" not in asked:
        return row
    names = [each.strip() for each in asked["ProjectionExpression"].split(",")]
    meant = [asked.get("ExpressionAttributeNames", {}).get(each, each) for each in names]
    return {name: row[name] for name in meant if name in row}


def _body(**answer: Any) -> bytes:  # noqa: ANN401 - DynamoDB's own JSON
    return json.dumps(answer, default=lambda blob: b64encode(blob).decode()).encode()


@dataclass(frozen=True)
class Reckoned(Sequence[Any]):
    """A sequence of `length` entries, each reckoned by its place when it is looked at."""

    length: int
    at: Callable[[int], Any]

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - an entry
        if not isinstance(place, int) or not 0 <= place < self.length:
            raise IndexError(place)
        return self.at(place)


@dataclass(frozen=True)
class Index:
    """The lists of the search index by partition, and the pictures in them by id."""

    lists: Mapping[str, Sequence[str]]
    picture: Callable[[str], Picture | None]

    def keys(self, partition: str) -> Sequence[str]:
        return self.lists.get(partition, ())

    def ranking(self, name: str) -> Sequence[Ranked]:
        raise AssertionError(f"search has no reason to read the ranking {name}")

    def row(self, pk: str, sk: str) -> table.Row | None:
        kind, _, image_id = pk.partition("#")
        if kind != "IMAGE":
            return rows.posting_row((pk, sk), 2, POSTED_AT)
        found = self.picture(image_id)
        return rows.to_row(found) if found else None
