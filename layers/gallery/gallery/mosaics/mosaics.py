"""Mosaics of pictures: what was asked for, how far it is, and where it lies.

| pk | sk | What |
|---|---|---|
| `MOSAICS#{id}` | `{name}` | a mosaic of a picture, by the name of its design: in the making, made, or why it is not |
| `MOSAICS` | `WITHDRAWN` | when a picture last ceased to be a tile |
| `MOSAICS` | `LEASE#{number}` | which job is one of as many as may be at work, see gallery.jobs.leases |

Whoever asks first begins a job, and the row knows it: a job that another one has taken over, or whose picture was
hidden or deleted, can't change the row any more and takes its object back. Rows go first, then objects; an object
that no row tells of is the sweeper's. A job without a sign of life for two timeouts of its function is dead.
"""

import json
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Literal

from gallery import limits
from gallery.aws import table
from gallery.aws.table import get
from gallery.jobs import leases
from gallery.jobs.leases import Lease
from gallery.jobs.superseded import JobSuperseded
from gallery.mosaics import tiles
from gallery.pictures import storage, withdrawals
from gallery.pictures.model import Picture
from gallery.settings import settings

TileSet = Literal["gallery", "cifar10"]

DEAD_MS = leases.ALIVE_MS
_UNFINISHED_SECONDS = 24 * 3600
_KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Design:
    """How a mosaic shall be: of which tiles, their side in pixels, how far they take on the picture's colours, 0…1.

    `width` is in pixels; a mosaic is narrower where it would be too high or of too many tiles.
    """

    tiles: TileSet
    tile_size: int
    blend: float
    width: int

    @property
    def name(self) -> str:
        """A name of this design alone."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Job:
    """The making of a mosaic: of which picture, how, and where it will lie; `token` is the job's alone.

    `lease` is the number of its lease, None where any number of mosaics may be made at once.
    """

    image_id: str
    design: Design
    token: str
    key: str
    lease: int | None = None

    @property
    def held(self) -> Lease | None:
        """The lease that it holds while it is at work."""
        return None if self.lease is None else Lease(self.lease, self.token)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished mosaic: how many tiles lie beside and below each other, and how many different ones they are.

    No picture whose tile was taken away before `tiles_at` (milliseconds since the epoch) is in it.
    """

    columns: int
    rows: int
    tiles_used: int
    tiles_at: int


@dataclass(frozen=True, slots=True)
class Mosaic:
    """What the table tells of a mosaic; times are in milliseconds since the epoch."""

    name: str
    tiles: TileSet
    token: str
    key: str
    status: Literal["pending", "ready", "failed"]
    alive_at: int
    sketch: bytes
    progress: float = 0
    detail: str = ""
    made: Made | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether its job may be expected to finish it."""
        return self.status == "pending" and self.alive_at > _now() - DEAD_MS


def find(image_id: str, design: Design) -> Mosaic | None:
    """Return the mosaic of a picture in a design, or None where nobody asked for it."""
    row = get(table.key(_of(image_id), design.name))
    return _mosaic(row) if row else None


def find_all(image_id: str) -> list[Mosaic]:
    """Return every mosaic of a picture, of which there are few."""
    rows, _ = table.query(
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": _of(image_id)},
        ConsistentRead=True,
    )
    return [_mosaic(row) for row in rows]


def may_show(mosaic: Mosaic, picture: Picture) -> Made | None:
    """Return what was made if it is of the picture as it is, and of tiles that all are still public."""
    made = mosaic.made
    if mosaic.status != "ready" or made is None or not _is_key_of(mosaic.key, picture):
        return None
    return made if mosaic.tiles != "gallery" or made.tiles_at > withdrawals.last() else None


def sketch(design: Design) -> bytes:
    """Return what tells whether a design's tiles have much changed, see tiles.alike."""
    return tiles.sketch() if design.tiles == "gallery" else bytes.fromhex(settings().cifar10_tiles)


def begin(picture: Picture, design: Design, of_tiles: bytes, current: Mosaic | None) -> Job | None:
    """Take on the making of a mosaic in place of the one seen; return None when another request was first.

    Raises leases.NoneLeft where as many are being made as may be.
    """
    token = secrets.token_hex(8)
    lease = leases.take(token)
    key = f"{_beginning(picture)}{design.name}-{token}.jpg"
    job = Job(picture.id, design, token, key, lease.number if lease else None)
    row = {
        **table.key(_of(picture.id), design.name),
        "tiles": design.tiles,
        "token": token,
        "key": job.key,
        "status": "pending",
        "alive_at": _now(),
        "sketch": of_tiles,
        "expires_at": int(time.time()) + _UNFINISHED_SECONDS,
    }
    try:
        _put(row, current)
    except table.Conflict:
        leases.release(lease)
        return None
    return job


def _put(row: table.Row, current: Mosaic | None) -> None:
    condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
    if current is not None:
        condition = {
            "ConditionExpression": "attribute_not_exists(pk) OR #token = :seen",
            "ExpressionAttributeNames": {"#token": "token"},
            "ExpressionAttributeValues": {":seen": current.token},
        }
    table.store(row, **condition)


def make_room(job: Job, current: Mosaic | None) -> None:
    """Delete the object of the mosaic that a job replaces, and the oldest of too many."""
    others = [other for other in find_all(job.image_id) if other.token != job.token]
    by_age = sorted(others, key=lambda other: other.alive_at)
    _drop(job.image_id, by_age[: max(0, len(others) + 1 - limits.MAX_MOSAICS)])
    if current is not None:
        storage.delete([current.key])


def note_progress(job: Job, progress: float) -> None:
    """Tell how much of a mosaic is done, 0…1, which is the job's heartbeat as well.

    Raises JobSuperseded when it is not this job's any more, or the lease went to another after the job had been silent.
    """
    if job.held:
        try:
            leases.renew(job.held)
        except leases.Lost as error:
            raise JobSuperseded(job.token) from error
    values = {":pending": "pending", ":progress": round(progress, 2), ":now": _now()}
    _change(job, "SET #status = :pending, progress = :progress, alive_at = :now", values)


def finish(job: Job, made: Made) -> None:
    """Say that a mosaic lies where its job said; raises JobSuperseded when it is not this job's any more."""
    values = {
        ":ready": "ready",
        ":made": asdict(made),
        ":now": _now(),
        ":expiry": int(time.time()) + _KEPT_SECONDS,
    }
    _change(job, "SET #status = :ready, made = :made, alive_at = :now, expires_at = :expiry", values)


def fail(job: Job, detail: str) -> None:
    """Say why a mosaic could not be made, unless another job has taken it over."""
    values = {":failed": "failed", ":detail": detail}
    with suppress(JobSuperseded):
        _change(job, "SET #status = :failed, detail = :detail", values)


def _change(job: Job, change: str, values: table.Row) -> None:
    try:
        table.update(
            table.key(_of(job.image_id), job.design.name),
            UpdateExpression=change,
            # A finished one stays finished, should its job be called once more.
            ConditionExpression="#token = :token AND #status <> :done",
            ExpressionAttributeNames={"#status": "status", "#token": "token"},
            ExpressionAttributeValues={**values, ":token": job.token, ":done": "ready"},
        )
    except table.Conflict as error:
        raise JobSuperseded(job.token) from error


def forget(image_id: str) -> None:
    """Delete every mosaic of a picture, also those in the making."""
    _drop(image_id, find_all(image_id))


def _drop(image_id: str, mosaics: Iterable[Mosaic]) -> None:
    gone = list(mosaics)
    for mosaic in gone:
        table.remove(table.key(_of(image_id), mosaic.name))
    storage.delete(mosaic.key for mosaic in gone)


def shown_keys(picture: Picture) -> set[str]:
    """Return where the mosaics of a picture lie that may be shown, or are in the making."""
    mosaics = find_all(picture.id)
    return {mosaic.key for mosaic in mosaics if mosaic.is_at_work or may_show(mosaic, picture)}


def is_of(job: Job, picture: Picture) -> bool:
    """Tell whether a job still makes a mosaic of the picture as it is and may be seen."""
    return _is_key_of(job.key, picture)


def _is_key_of(key: str, picture: Picture) -> bool:
    return picture.content is not None and key.startswith(_beginning(picture))


def is_mosaic(key: str) -> bool:
    """Tell whether an object of the bucket is a mosaic."""
    return "-mosaic-" in key


def _of(image_id: str) -> str:
    return f"MOSAICS#{image_id}"


def _beginning(picture: Picture) -> str:
    """Return how the keys begin of what is made of a picture as it is and may be seen now."""
    if picture.content is None:
        raise ValueError("a picture without content has no mosaics")
    return storage.mosaic_prefix(picture.id, picture.visibility, picture.content.rendition)


def _mosaic(row: table.Row) -> Mosaic:
    made = row.get("made")
    return Mosaic(
        name=row["sk"],
        tiles=row["tiles"],
        token=row["token"],
        key=row["key"],
        status=row["status"],
        alive_at=row["alive_at"],
        sketch=bytes(row["sketch"]),
        progress=row.get("progress", 0),
        detail=row.get("detail", ""),
        made=Made(**made) if made else None,
    )


def _now() -> int:
    return int(time.time() * 1000)
