"""The codec of rows: every value comes back as it was, in DynamoDB's own form, and nobody else writes that form."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer
from hypothesis import given
from hypothesis import strategies as st

from gallery.aws.items import decode, encode

ROOT = Path(__file__).parents[2]
CODEC = ROOT / "layers/gallery/gallery/aws/items.py"
SOURCES = [each for folder in ("functions", "layers") for each in sorted((ROOT / folder).rglob("*.py"))]
TYPES = {"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"}

SIMPLE = st.one_of(
    st.text(), st.integers(-(10**30), 10**30), st.floats(-1e30, 1e30), st.binary(), st.booleans(), st.none()
)
VALUES = st.recursive(SIMPLE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10)
ROWS = st.dictionaries(st.text(), VALUES | st.sets(st.text(), min_size=1))


@given(ROWS)
def test_every_row_comes_back(row: dict[str, Any]) -> None:
    assert decode(encode(row)) == row


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.binary() | st.booleans() | st.none()))
def test_the_form_is_that_of_boto3(row: dict[str, Any]) -> None:
    kept = {name: value for name, value in row.items() if not isinstance(value, int) or abs(value) < 10**38}
    assert encode(kept) == {name: TypeSerializer().serialize(value) for name, value in kept.items()}


@pytest.mark.parametrize("number", [0, -7, 10**20, 0.5, 1e-05, 25.1])
def test_numbers_are_whole_or_not(number: float) -> None:
    found = decode(encode({"number": number}))["number"]
    assert (found, type(found)) == (number, type(number))


def test_no_other_value_is_stored() -> None:
    with pytest.raises(TypeError, match="DynamoDB has no object"):
        encode({"wrong": object()})


def _wire_format(tree: ast.Module) -> Iterator[int]:
    """The lines that write `{"S": …}` or read `["S"]`."""
    for each in ast.walk(tree):
        match each:
            case ast.Dict(keys=[ast.Constant(value=name)]) if name in TYPES:
                yield each.lineno
            case ast.Subscript(slice=ast.Constant(value=name)) if name in TYPES:
                yield each.lineno
            case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=name), *_]) if name in TYPES:
                yield each.lineno


def test_what_is_looked_for_is_found() -> None:
    assert list(_wire_format(ast.parse("""{"S": x}\nrow["N"]\nrow.get("M", {})\nrow["name"]"""))) == [1, 2, 3]


@pytest.mark.parametrize(
    "path", [each for each in SOURCES if each != CODEC], ids=lambda each: str(each.relative_to(ROOT))
)
def test_nothing_else_knows_the_wire_format(path: Path) -> None:
    assert list(_wire_format(ast.parse(path.read_text(encoding="utf-8")))) == []
