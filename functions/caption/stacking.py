"""Grouping near copies: what was just captioned with what its owner has already.

It begins once the row is written, so that of two copies that are captioned at once the later finds the other. Done
again it changes nothing: a process that was killed is followed by the same message, and the picture itself is written
last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from gallery import limits
from gallery.aws import table
from gallery.pictures import catalogue, rows, stacks
from gallery.pictures.model import Picture
from gallery.pictures.signature import likeness

_ALIKE, _ALIKE_UNSEEN, _ALIKE_IN_BURST = 0.87, 0.95, 0.5
"""Likeness of signatures from which pictures are copies: where the model's features point the same way, where there are
none, and in a burst, while which the camera may move. Measured: docs/features.md."""
_SAME_THING = 0.75
"""Cosine of the features of two pictures from which the model sees the same in both."""
_BURST = timedelta(seconds=3)
_BY_CAMERA = {"exif", "xmp"}
"""What says when a picture was taken to the second."""
_CLOSEST = 10
"""Pictures that are looked at more closely."""


def group(picture: Picture) -> None:
    """Put a picture into a stack with its near copies, if there are any; idempotent."""
    current: list[Picture | None] = [picture]

    def attempt() -> None:
        known = current.pop() if current else catalogue.find(picture.id)
        if known is not None and stacks.may_have_copies(known) and (near := _near(known)):
            _unite(known, near)

    table.retry_on_conflict(attempt)


def _near(picture: Picture) -> list[Picture]:
    """Return the near copies of a picture among its owner's."""
    filed = [
        (likeness(stacks.signature_of(picture), values), image_id) for image_id, values in stacks.filed_near(picture)
    ]
    closest = [image_id for score, image_id in sorted(filed, reverse=True)[:_CLOSEST] if score >= _ALIKE]
    ids = dict.fromkeys([*closest, *_taken_beside(picture)])
    found = catalogue.find_all([image_id for image_id in ids if image_id != picture.id])
    return [other for other in found if are_near(picture, other)]


def _taken_beside(picture: Picture) -> list[str]:
    """Return pictures that were taken within the same seconds, by their files' own word."""
    if picture.taken.source not in _BY_CAMERA:
        return []
    at = datetime.fromisoformat(picture.taken.at)
    first, last = ((at + by).isoformat(timespec="seconds") for by in (-_BURST, _BURST))
    keys = table.sort_keys_between(rows.by_taken(picture.visibility, picture.owner), first, f"{last}~", 2 * _CLOSEST)
    return [rows.id_in(sk) for sk in keys]


def are_near(picture: Picture, other: Picture) -> bool:
    """Tell whether two pictures are near copies of each other, and of one owner."""
    if other.owner != picture.owner or not stacks.may_have_copies(other):
        return False
    alike = likeness(stacks.signature_of(picture), stacks.signature_of(other))
    same_thing = _cosine(picture, other)
    if same_thing is None:
        return alike >= _ALIKE_UNSEEN
    return same_thing >= _SAME_THING and alike >= (_ALIKE_IN_BURST if _in_a_burst(picture, other) else _ALIKE)


def _cosine(picture: Picture, other: Picture) -> float | None:
    """Return how far the model's features of two pictures point the same way, 0…1; None where they have none alike."""
    one, two = picture.reading, other.reading
    if one is None or two is None or one.model != two.model or len(one.features) != len(two.features):
        return None
    a, b = (np.frombuffer(each.features, np.int8).astype(np.float32) for each in (one, two))
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / lengths if lengths else None


def _in_a_burst(picture: Picture, other: Picture) -> bool:
    if {picture.taken.source, other.taken.source} - _BY_CAMERA or picture.camera != other.camera:
        return False
    apart = datetime.fromisoformat(picture.taken.at) - datetime.fromisoformat(other.taken.at)
    return abs(apart) <= _BURST


def _unite(picture: Picture, near: Sequence[Picture]) -> None:
    """Give a picture, its copies and all in their stacks one stack, unless there would be too many in it.

    Raises Conflict where one of them was changed meanwhile. The picture comes last: until then it is looked at again.
    """
    owner = picture.owner or ""
    named = {other.stack for other in (*near, picture) if other.stack}
    stack = min(named or {other.id for other in (*near, picture)})
    members = {image_id for name in named for image_id in stacks.ids_in(owner, name)}
    others = {other.id: other for other in (*_read(members - {other.id for other in near}), *near)}
    others.pop(picture.id, None)
    if len(others) < limits.MAX_STACK:
        for other in (*others.values(), picture):
            if other.stack != stack:
                catalogue.change(other, replace(other, stack=stack, uncounted=other.uncounted + 1))


def _read(ids: Iterable[str]) -> list[Picture]:
    return catalogue.find_all(sorted(ids))
