"""How many public pictures show each label: counted when pictures change, and mended by the sweeper."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gallery.aws import table
from gallery.aws.table import Conflict
from gallery.pictures import rows
from gallery.pictures.model import Picture
from gallery.vocabulary.sensitive import names_sensitive

_BATCH = 100


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many public pictures show something, `label` as it was first written."""

    label: str
    count: int


def count(labels: Mapping[str, str], change: int) -> None:
    """Count each label (as it is compared → as it is shown) once more or less."""
    for label, shown in labels.items():
        table.update(
            rows.label_key(label),
            UpdateExpression="SET label = if_not_exists(label, :shown) ADD pictures :change",
            ExpressionAttributeValues={":shown": shown, ":change": change},
        )


def count_missing(labels: Mapping[str, str]) -> int:
    """Count the pictures of labels that have no count yet, as `count` takes them; return how many there were.

    A process killed between the row of the first picture that shows a label and its count leaves one behind.
    """
    there = {row["sk"] for row in table.read(map(rows.label_key, labels), ProjectionExpression="sk")}
    missing = {label: shown for label, shown in labels.items() if label not in there}
    for label, shown in missing.items():
        counted = {"label": shown, "pictures": _listed(label)}
        with suppress(Conflict):
            table.store({**rows.label_key(label), **counted}, ConditionExpression="attribute_not_exists(pk)")
    return len(missing)


def counts(after: str | None = None, most: int | None = None) -> tuple[list[LabelCount], str | None]:
    """Return how many public pictures show each label, going on after the label `after`; and where to go on.

    At once there are no more than `most`, and no more than fit into a megabyte.
    """
    part: dict[str, Any] = {"ExclusiveStartKey": rows.label_key(after)} if after else {}
    if most is not None:
        part["Limit"] = most
    listed, last = table.query(
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": rows.LABELS},
        **part,
    )
    counts_ = [LabelCount(row["label"], row["pictures"]) for row in listed]
    return counts_, last["sk"] if last else None


def beginning(text: str, most: int) -> list[LabelCount]:
    """Return how many public pictures show each label that begins with a text, whatever its case, at most so many."""
    listed, _ = table.query(
        KeyConditionExpression="pk = :pk AND begins_with(sk, :beginning)",
        ExpressionAttributeValues={":pk": rows.LABELS, ":beginning": text.casefold()},
        Limit=most,
    )
    return [LabelCount(each["label"], each["pictures"]) for each in listed]


def among(labels: Iterable[str]) -> list[LabelCount]:
    """Return how many public pictures show each of some labels, without those that none ever showed."""
    return [LabelCount(each["label"], each["pictures"]) for each in table.read(map(rows.label_key, labels))]


def reconcile(label: LabelCount) -> bool:
    """Set a label's count to what its list holds, unless it changes meanwhile; tell whether it was wrong.

    A label that no picture has is forgotten.
    """
    pictures = _listed(label.label)
    if pictures == label.count and pictures:
        return False
    key, unchanged = rows.label_key(label.label), {"ConditionExpression": "pictures = :counted"}
    values = {":counted": label.count, ":pictures": pictures}
    with suppress(Conflict):
        if pictures:
            change = "SET pictures = :pictures"
            table.update(key, UpdateExpression=change, ExpressionAttributeValues=values, **unchanged)
        else:
            table.remove(key, ExpressionAttributeValues={":counted": values[":counted"]}, **unchanged)
    return pictures != label.count


def _listed(label: str) -> int:
    """Return how many pictures a label's list holds that count for it."""
    return table.count(rows.by_label(label)) - (_uncounted(label) if names_sensitive(label) else 0)


def _uncounted(label: str) -> int:
    """Return how many pictures a label's list holds that don't count for it, since no owner wrote it."""
    uncounted, after = 0, None
    while True:
        posted, after = table.newest(rows.by_label(label), _BATCH, after)
        pictures = map(rows.from_row, table.read(rows.image_key(posting["sk"]) for posting in posted))
        uncounted += sum(
            _lists(picture, label) and label.casefold() not in rows.labels(picture) for picture in pictures
        )
        if after is None:
            return uncounted


def _lists(picture: Picture, label: str) -> bool:
    return label.casefold() in map(str.casefold, picture.listed_labels())
