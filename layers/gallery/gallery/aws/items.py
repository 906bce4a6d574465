"""The codec between rows of plain Python values and DynamoDB's attribute values, such as `{"N": "7"}`.

boto3's own takes five times as long, since it keeps numbers exact: here whole numbers are `int`, all others `float`.
"""

from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import NoneType
from typing import Any

Row = dict[str, Any]
"""One item as plain values by attribute: str, int, float, bytes, bool, None, lists, sets of str, dicts of the same."""

Item = dict[str, Any]
"""One item as the client takes and gives it: attribute values by attribute."""


def encode(row: Mapping[str, Any]) -> Item:
    """Return a row, a key, or an expression's values as DynamoDB has them; raises TypeError for any other value."""
    return {name: _encoded(value) for name, value in row.items()}


def encode_list(values: Iterable[Any]) -> list[Item]:
    """Return values as the elements of a list of DynamoDB's, such as a vector to search by."""
    return [_encoded(value) for value in values]


def decode(item: Mapping[str, Any]) -> Row:
    """Return an item or a key of DynamoDB's as plain values."""
    return {name: _decoded(value) for name, value in item.items()}


def _encoded(value: Any) -> Item:  # noqa: ANN401 - any value that a row may hold
    for kind, name, form in _FORMS:
        if isinstance(value, kind):
            return {name: form(value)}
    raise TypeError(f"DynamoDB has no {type(value).__name__}")


_FORMS: Sequence[tuple[Any, str, Callable[[Any], Any]]] = (
    (str, "S", str),
    (bool, "BOOL", bool),
    (int, "N", lambda value: str(int(value))),
    (float, "N", lambda value: repr(float(value))),
    (bytes, "B", bytes),
    (Mapping, "M", encode),
    ((list, tuple), "L", encode_list),
    ((set, frozenset), "SS", sorted),
    (NoneType, "NULL", lambda _: True),
)
"""Which values have which name in DynamoDB, the first that fits, and in what form; a bool is an int to Python."""


def _decoded(attribute: Mapping[str, Any]) -> Any:  # noqa: ANN401 - likewise
    ((kind, value),) = attribute.items()
    return _VALUES[kind](value) if kind in _VALUES else value


_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "M": decode,
    "L": lambda values: [_decoded(value) for value in values],
    "N": lambda digits: int(digits) if digits.lstrip("-").isdecimal() else float(digits),
    "SS": set,
    "NULL": lambda _: None,
    "B": lambda value: b64decode(value) if isinstance(value, str) else value,
}
"""How values of a type are read; those of all others are as they are. The SDK's client has decoded bytes already."""
