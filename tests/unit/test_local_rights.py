"""The local cloud tells IAM which partitions a request names, as DynamoDB does."""

from typing import Any

import pytest
from infra.local.rights import leading_keys


def row(pk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": "1"}}


TRANSACTION = {
    "TransactItems": [
        {"Put": {"TableName": "t", "Item": row("LIMIT#a")}},
        {"Put": {"TableName": "t", "Item": row("LIMIT#b")}},
        {"ConditionCheck": {"TableName": "t", "Key": row("IMAGE#c")}},
    ]
}


@pytest.mark.parametrize(
    ("request_", "action", "keys"),
    [
        ({"TableName": "t", "Item": row("LIMIT#a")}, "PutItem", ["LIMIT#a"]),
        ({"TableName": "t", "Key": row("LIMIT#a")}, "UpdateItem", ["LIMIT#a"]),
        ({"RequestItems": {"t": {"Keys": [row("A"), row("B")]}}}, "BatchGetItem", ["A", "B"]),
        (
            {"RequestItems": {"t": [{"PutRequest": {"Item": row("A")}}, {"DeleteRequest": {"Key": row("B")}}]}},
            "BatchWriteItem",
            ["A", "B"],
        ),
        (TRANSACTION, "PutItem", ["LIMIT#a", "LIMIT#b"]),
        (TRANSACTION, "ConditionCheckItem", ["IMAGE#c"]),
        ({"TableName": "t", "KeyConditionExpression": "pk = :pk"}, "Query", None),
        ({"TableName": "t"}, "Scan", None),
    ],
)
def test_iam_is_told_the_partitions_that_an_action_names(
    request_: dict[str, Any], action: str, keys: list[str] | None
) -> None:
    assert leading_keys(request_, f"dynamodb:{action}") == keys
