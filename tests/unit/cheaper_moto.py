"""Moto in a fraction of the time, doing the same: two places of it take most of the time of tests that use the table.

| What moto does | What is done here |
|---|---|
| copies the whole table once for each action of a transaction | a shallow snapshot, copies of the rows it touches |
| looks for each of an attribute's ten possible types under five names | only the type that is there is looked for |
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from moto.core.model import Shape
from moto.core.serialize import ResponseSerializer
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

copying_tables = DynamoDBBackend.transact_write_items
looking_for_all = ResponseSerializer._serialize_structure_member
"""Moto's own."""


@contextmanager
def cheaper_moto() -> Iterator[None]:
    """Have moto take less time for as long as the block lasts."""
    with pytest.MonkeyPatch.context() as patch:
        # What moto copies to put it back is the table itself, so that it puts nothing back.
        patch.setattr(Table, "__deepcopy__", lambda table, _: table, raising=False)
        patch.setattr(DynamoDBBackend, "transact_write_items", _transact_write_items)
        patch.setattr(ResponseSerializer, "_serialize_structure_member", _serialize_structure_member)
        yield


def _serialize_structure_member(
    serializer: ResponseSerializer, serialized: dict[str, Any], value: dict[str, Any], shape: Shape, key: str
) -> None:
    """Serialize a member of a structure, such as the one type of an attribute that it has."""
    if shape.parent.name == "AttributeValue" and key not in value:  # type: ignore[attr-defined] # set by moto
        return
    looking_for_all(serializer, serialized, value, shape, key)


def _transact_write_items(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    """Do all of the actions or nothing: where moto raises an error, put back the rows as they were."""
    before = _snapshots(backend, [action for each in transact_items for action in each.values()])
    try:
        copying_tables(backend, transact_items)
    except Exception:
        for table, items in before:
            table.items = items
        raise


def _snapshots(backend: DynamoDBBackend, actions: Sequence[dict[str, Any]]) -> list[tuple[Table, Any]]:
    """Return each table that is touched and its rows."""
    names = {name for each in actions if (name := each.get("TableName")) in backend.tables}
    return [
        (backend.tables[name], _snapshot(backend.tables[name], [each for each in actions if each["TableName"] == name]))
        for name in names
    ]


def _snapshot(table: Table, actions: Sequence[dict[str, Any]]) -> Any:  # noqa: ANN401 - moto's mapping of mappings
    """Return the rows of a table: copies of those that the actions touch, the others as they are."""
    rows = type(table.items)(table.items.default_factory, {pk: dict(items) for pk, items in table.items.items()})
    names = table.hash_key_attr, table.range_key_attr
    for each in actions:
        pk, sk = (DynamoType((each.get("Key") or each["Item"])[name]) for name in names)
        if sk in rows.get(pk, {}):
            rows[pk][sk] = deepcopy(rows[pk][sk])
    return rows
