"""How many pictures were taken in each month, of all public ones and of each owner's.

| pk | sk | What |
|---|---|---|
| `MONTHS` | `{2024-07}` | how many public pictures were taken in that month (`public`) |
| `MONTHS#{sub}` | `{2024-07}` | how many of an owner's: `public`, `private`, `archived`, `favourites`; their `bytes` |

The months are those of the lists by date, see `rows.taken_lists`; `changes` is how often a row was counted up or down.
A picture is counted once its row is written, as in gallery.pictures.counters. A process that is killed in between
leaves a count wrong: the sweeper counts the pictures of the month anew.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

from gallery.aws import table
from gallery.aws.table import Bounds, Conflict, get
from gallery.pictures import rows
from gallery.pictures.model import Picture
from gallery.pictures.rows import DateList

VERSION = 1
"""Of the lists by date and their counts; the sweeper enters pictures again that were in older ones, or in none."""

MONTHS = "MONTHS"
_MONTH = len("2024-07")
_READ = 100
_NAMES = (*get_args(DateList), "bytes")
_DISJOINT: tuple[DateList, ...] = ("public", "private", "archived")
"""Lists of which a picture stands in one alone, so that all of them together hold each once."""


class Month(NamedTuple):
    """A month (`2024-07`) of one owner's pictures, or of all public ones (`sub` is None)."""

    sub: str | None
    month: str

    @property
    def key(self) -> table.Row:
        """The key of its row."""
        return table.key(by_owner(self.sub), self.month)


@dataclass(frozen=True, slots=True)
class Owned:
    """How many pictures somebody has that are neither failed nor in the trash, and the bytes of their originals."""

    pictures: int
    bytes: int


def by_owner(sub: str | None) -> str:
    """Return the partition of an owner's months, or of those of all public pictures."""
    return MONTHS if sub is None else f"{MONTHS}#{sub}"


def month_at(pk: str, sk: str) -> Month | None:
    """Return the month whose row has a key, or which is counted by the posting with it; None for any other key."""
    match pk.split("#"):
        case ["MONTHS"] | ["TAKEN", _]:
            return Month(None, sk[:_MONTH])
        case ["MONTHS", sub] | ["TAKEN", sub, _]:
            return Month(sub, sk[:_MONTH])
    return None


def months_of(picture: Picture) -> Collection[Month]:
    """Return the months in which a picture is counted."""
    return weights(picture).keys()


def weights(picture: Picture) -> Mapping[Month, Counter[str]]:
    """Return what a picture adds to each of the months in which it is counted."""
    weights: dict[Month, Counter[str]] = {}
    for sub, name in rows.taken_lists(picture):
        size = picture.content.size if picture.content and sub is not None else 0
        weights.setdefault(Month(sub, picture.taken.at[:_MONTH]), Counter(bytes=size))[name] = 1
    return weights


def count(old: Picture, new: Picture) -> None:
    """Count what a change has made of a picture."""
    before, after = weights(old), weights(new)
    for month in before.keys() | after.keys():
        change = Counter(after.get(month, {}))
        change.subtract(before.get(month, {}))
        if any(change.values()):
            add(month, {name: amount for name, amount in change.items() if amount})


def add(month: Month, change: Mapping[str, int]) -> None:
    """Add to a month's counts; a month that counts nothing then is forgotten, since it may say whose it was."""
    amounts = {**change, "changes": 1}
    row = table.update(
        month.key,
        UpdateExpression="ADD " + ", ".join(f"#{name} :{name}" for name in amounts),
        ExpressionAttributeNames={f"#{name}": name for name in amounts},
        ExpressionAttributeValues={f":{name}": amount for name, amount in amounts.items()},
    )
    if not any(row.get(name) for name in _NAMES):
        with suppress(Conflict):
            _remove(month, row)


def _remove(month: Month, row: table.Row | None) -> None:
    """Delete a month's row; raises Conflict where something was counted since it was as given."""
    table.remove(month.key, **_unchanged(row))


def _unchanged(row: table.Row | None) -> dict[str, Any]:
    """Return the condition that nothing was counted since a month's row was as given, None where there was none."""
    if row and "changes" in row:
        return {"ConditionExpression": "changes = :changes", "ExpressionAttributeValues": {":changes": row["changes"]}}
    return {"ConditionExpression": "attribute_not_exists(changes)"}


def months(sub: str | None, names: Collection[DateList]) -> list[tuple[str, int]]:
    """Return the months in which pictures of some lists were taken, newest first, each with how many."""
    counted = ((row["sk"], sum(int(row.get(name, 0)) for name in names)) for row in _rows(sub))
    return [(month, number) for month, number in counted if number > 0]


def owned(sub: str) -> Owned:
    """Return how much somebody has."""
    listed = list(_rows(sub))
    pictures = sum(int(row.get(name, 0)) for row in listed for name in _DISJOINT)
    return Owned(max(0, pictures), max(0, sum(int(row.get("bytes", 0)) for row in listed)))


def _rows(sub: str | None) -> Iterator[table.Row]:
    """Yield the rows of the months, newest first; since the first photograph there can be no more than 2500."""
    for part in table.pages(
        KeyConditionExpression="pk = :pk", ExpressionAttributeValues={":pk": by_owner(sub)}, ScanIndexForward=False
    ):
        yield from part


def missing(counted: Collection[Month]) -> Collection[Month]:
    """Return those of some months that have no row."""
    uncounted = {tuple(month.key.values()): month for month in counted}
    there = {
        (row["pk"], row["sk"]) for row in table.read((month.key for month in counted), ProjectionExpression="pk, sk")
    }
    return [month for key, month in uncounted.items() if key not in there]


def reconcile(month: Month) -> bool:
    """Set a month's counts to what the rows of its pictures say; tell whether they were wrong.

    They stay as they are where anything was counted meanwhile. A month without any picture is forgotten.
    """
    row = get(month.key)
    true = _counted(month)
    if row and any(true.values()) and all(int(row.get(name, 0)) == true[name] for name in _NAMES):
        return False
    with suppress(Conflict):
        if any(true.values()):
            _set(month, true, _unchanged(row))
        else:
            _remove(month, row)
    return True


def _set(month: Month, true: Counter[str], unchanged: dict[str, Any]) -> None:
    values = unchanged.pop("ExpressionAttributeValues", {})
    table.update(
        month.key,
        UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in _NAMES),
        ExpressionAttributeNames={f"#{name}": name for name in _NAMES},
        ExpressionAttributeValues={f":{name}": true[name] for name in _NAMES} | values,
        **unchanged,
    )


def _counted(month: Month) -> Counter[str]:
    true = Counter[str]()
    partitions = [rows.by_taken(name, month.sub) for name in (_DISJOINT if month.sub else ("public",))]
    for ids in _ids(partitions, month.month):
        for row in table.read(map(rows.image_key, ids), ConsistentRead=True):
            true.update(weights(rows.from_row(row)).get(month, {}))
    return true


def _ids(partitions: Collection[str], month: str) -> Iterator[list[str]]:
    """Yield the ids of what stands in a month of some lists, a batch at a time."""
    for partition in partitions:
        after: str | None = None
        while True:
            posted, after = table.newest(partition, _READ, after, Bounds(month, f"{month}~"))
            yield [rows.id_in(row["sk"]) for row in posted]
            if after is None:
                break
