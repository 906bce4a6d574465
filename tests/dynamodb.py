"""The gallery's table as engines are given it, and what DynamoDB counts: bytes of a row and units of a read."""

from math import ceil
from typing import Any

ATTRIBUTES: list[Any] = [
    *({"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "ranking")),
    {"AttributeName": "rank", "AttributeType": "N"},
]
TABLE: dict[str, Any] = {
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "AttributeDefinitions": ATTRIBUTES,
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "ranking",
            "KeySchema": [
                {"AttributeName": "ranking", "KeyType": "HASH"},
                {"AttributeName": "rank", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
"""What CreateTable makes the table of, but its name and its vector index."""

ROW_OVERHEAD = 100
"""Bytes that AWS adds to each row when it bills storage."""


def size(value: Any) -> int:  # noqa: ANN401 - a row or any part of it
    """Bytes of a row by DynamoDB's rules, numbers and containers rounded up."""
    match value:
        case {"S": str(text)} | {"N": str(text)} if len(value) == 1:
            return len(text.encode())
        case {"B": bytes(blob)}:
            return len(blob)
        case dict():
            return sum(len(name.encode()) + 1 + size(each) for name, each in value.items())
        case list():
            return sum(1 + size(each) for each in value)
        case bool():
            return 1
    raise TypeError(f"DynamoDB has no {type(value).__name__}")


def write_units(row: dict[str, Any]) -> int:
    """Units of writing a row: one for each kilobyte begun."""
    return ceil(size(row) / 1024)


PAGE_BYTES = 1024 * 1024
"""Bytes after which DynamoDB ends a page of a query."""


def read_units(size: int, *, consistent: bool = False) -> float:
    """Units of reading so many bytes in one go: a half for each 4 kilobytes begun, a whole one if consistently."""
    return max(1, ceil(size / 4096)) * (1 if consistent else 0.5)
