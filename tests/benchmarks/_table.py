"""The gallery's table as search sees it, in memory: it answers as DynamoDB does, and counts what DynamoDB would bill.

It stands where botocore would send a request, so that all the client's own work is done and measured. What was asked
once is answered from memory, so that the stand-in's own work is not.
"""

import json
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.awsrequest import AWSResponse
from tests.benchmarks._network import answered
from tests.dynamodb import read_units, size

from gallery import rows, table
from gallery.pictures import Picture

POSTED_AT = 1_780_000_000
"""When the postings were put there, seconds since the epoch."""

Asked = dict[str, Any]
"""A request's parameters, in DynamoDB's own JSON."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a request read: its operation, how many rows, how many units."""

    operation: str
    rows: int
    units: float


@dataclass
class Table:
    """Sort keys in order by partition, and pictures by id; `readings` are those of all requests so far."""

    lists: Mapping[str, Sequence[str]]
    picture: Callable[[str], Picture | None]
    readings: list[Reading] = field(default_factory=list)
    answers: dict[bytes, tuple[bytes, Reading]] = field(default_factory=dict)

    def stand_in(self) -> None:
        """Answer, from now on, whatever this process asks of DynamoDB."""
        events: Any = table.client().meta.events  # whose hooks may answer, though the stubs say not
        events.register_first("before-send.dynamodb.*", self.answer)

    def answer(self, request: Any, **_: Any) -> AWSResponse:  # noqa: ANN401 - botocore's hook
        key = request.headers["X-Amz-Target"] + request.body
        if key not in self.answers:
            operation = request.headers["X-Amz-Target"].decode().rpartition(".")[2]
            self.answers[key] = self._answer(operation, json.loads(request.body))
        body, reading = self.answers[key]
        self.readings.append(reading)
        return answered(request.url, body)

    def _answer(self, operation: str, asked: Asked) -> tuple[bytes, Reading]:
        match operation:
            case "Query":
                return self._query(asked)
            case "BatchGetItem":
                return self._batch(asked)
            case "GetItem":
                return self._item(asked)
        raise AssertionError(f"search has no reason for {operation}")

    def _query(self, asked: Asked) -> tuple[bytes, Reading]:
        partition = asked["ExpressionAttributeValues"][":pk"]["S"]
        keys = self._keys(partition, asked)
        taken = (keys if asked.get("ScanIndexForward", True) else keys[::-1])[: asked["Limit"]]
        found = [rows.posting_row((partition, sk), 2, POSTED_AT) for sk in taken]
        more = {"LastEvaluatedKey": rows.key(partition, taken[-1])} if len(taken) < len(keys) else {}
        body = _body(Items=[_projected(row, asked) for row in found], Count=len(found), **more)
        return body, Reading("Query", len(found), read_units(sum(map(size, found))))

    def _keys(self, partition: str, asked: Asked) -> Sequence[str]:
        keys, condition = self.lists.get(partition, ()), asked["KeyConditionExpression"]
        at = bisect_left(keys, asked["ExpressionAttributeValues"].get(":sk", {"S": ""})["S"])
        return keys[:at] if "sk < :sk" in condition else keys[at:]

    def _batch(self, asked: Asked) -> tuple[bytes, Reading]:
        ((table, wanted),) = asked["RequestItems"].items()
        found = [row for key in wanted["Keys"] if (row := self._row(key))]
        body = _body(Responses={table: [_projected(row, wanted) for row in found]}, UnprocessedKeys={})
        return body, Reading("BatchGetItem", len(found), sum(read_units(size(row)) for row in found))

    def _item(self, asked: Asked) -> tuple[bytes, Reading]:
        row = self._row(asked["Key"]) or {}
        units = read_units(size(row), consistent=asked.get("ConsistentRead", False))
        return _body(**({"Item": row} if row else {})), Reading("GetItem", 1, units)

    def _row(self, key: Asked) -> Asked | None:
        found = self.picture(key["pk"]["S"].partition("#")[2])
        return rows.to_row(found) if found else None


def _projected(row: Asked, asked: Asked) -> Asked:
    if "ProjectionExpression" not in asked:
        return row
    names = [each.strip() for each in asked["ProjectionExpression"].split(",")]
    meant = [asked.get("ExpressionAttributeNames", {}).get(each, each) for each in names]
    return {name: row[name] for name in meant if name in row}


def _body(**answer: Any) -> bytes:  # noqa: ANN401 - DynamoDB's own JSON
    return json.dumps(answer, default=lambda blob: b64encode(blob).decode()).encode()
