"""What the unit tests change about moto leaves it as it is but for the time, and is still needed."""

from typing import Any

import pytest
from moto.core.serialize import AttributePicker, ResponseSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table
from tests.unit import cheaper_moto
from tests.unit.conftest import Gallery

from gallery.aws import table
from gallery.aws.items import encode
from gallery.aws.table import Conflict

pytestmark = pytest.mark.moto_only("it is about moto")


def row(sk: str, **attributes: Any) -> dict[str, Any]:  # noqa: ANN401 - DynamoDB's own
    return {**table.key("P", sk), **attributes}


def counted_up(sk: str) -> Any:  # noqa: ANN401 - an action
    return table.change(
        table.key("P", sk),
        UpdateExpression="SET tags.seen = :one ADD n :one",
        ExpressionAttributeValues={":one": 1},
    )


def test_a_cancelled_transaction_leaves_the_table_as_it_was(gallery: Gallery) -> None:
    for sk in "abc":
        table.store(row(sk, n=1, tags={"seen": 0}))
    before = gallery.rows()
    actions = [
        counted_up("a"),
        table.delete(table.key("P", "b")),
        table.put(row("d")),
        table.put(table.key("Q", "e")),
        table.put(row("c", n=7)),
    ]
    with pytest.raises(Conflict):
        table.transact_write([*actions, table.delete_existing(table.key("P", "z"))])
    assert gallery.rows() == before
    table.transact_write(actions)
    assert [each["sk"] for each in gallery.rows()] == ["a", "c", "d", "e"]
    assert gallery.rows()[0]["n"] == 2


def test_a_refused_transaction_leaves_the_table_as_it_was(gallery: Gallery) -> None:
    table.store(row("a", n=1, tags={}))
    before = gallery.rows()
    with pytest.raises(gallery.dynamodb.exceptions.ClientError, match="multiple operations on one item"):
        gallery.dynamodb.transact_write_items(TransactItems=[counted_up("a"), table.put(row("b")), counted_up("a")])
    assert gallery.rows() == before


@pytest.mark.usefixtures("gallery")
def test_moto_still_copies_the_table_for_each_action(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it no longer does, that part of cheaper_moto can go; where it copies elsewhere, cheaper_moto follows."""
    copies: list[str] = []

    def copied(table: Table, _: object) -> Table:
        copies.append(table.name)
        return table

    monkeypatch.setattr(Table, "__deepcopy__", copied)
    monkeypatch.setattr(DynamoDBBackend, "transact_write_items", cheaper_moto.copying_tables)
    table.transact_write([table.put(row(sk)) for sk in "abc"])
    assert copies == 3 * ["gallery-test"]


KINDS: list[Any] = [
    {"S": "a"}, {"N": "1"}, {"B": b"b"}, {"SS": ["a", "b"]}, {"NS": ["1", "2"]}, {"BS": [b"a", b"b"]}, {"BOOL": False},
    {"NULL": True}, {"L": [{"S": ""}, {"L": []}]}, {"M": {"S": {"N": "0"}, "m": {"M": {}}}},
]  # fmt: skip
"""A value of each type of DynamoDB's."""


def test_attributes_of_every_type_come_back(gallery: Gallery) -> None:
    key = encode(table.key("P", "a"))
    kept = key | {next(iter(each)).lower(): each for each in KINDS}
    gallery.dynamodb.put_item(TableName="gallery-test", Item=kept)
    assert gallery.dynamodb.get_item(TableName="gallery-test", Key=key)["Item"] == kept
    assert gallery.dynamodb.scan(TableName="gallery-test")["Items"] == [kept]


@pytest.mark.usefixtures("gallery")
def test_moto_still_looks_for_what_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[str] = []
    pick = AttributePicker.__call__

    def picked(picker: AttributePicker, context: Any) -> Any:  # noqa: ANN401 - moto's own
        looked_for.append(context.key)
        return pick(picker, context)

    table.store(row("a"))
    monkeypatch.setattr(AttributePicker, "__call__", picked)
    table.get(table.key("P", "a"))
    assert "BOOL" not in looked_for
    monkeypatch.setattr(ResponseSerializer, "_serialize_structure_member", cheaper_moto.looking_for_all)
    table.get(table.key("P", "a"))
    assert "BOOL" in looked_for
