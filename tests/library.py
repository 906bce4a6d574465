"""A library of synthetic pictures over fifteen years in a local cloud: `python -m tests.library`, see tests/README.md.

What it holds is what the product would have written, by the product's own functions: rows, postings, tiles, counters,
records, originals and renditions. Two things alone are done at once instead of picture by picture: counts are added up,
and objects are put where the emulator keeps them while it is stopped. So 20,000 pictures take a minute or two.

Every picture has the same id, date and bytes in every run, so that a library is there once however often it is made.
"""

import argparse
import colorsys
import hashlib
import io
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
from infra.local.settings import settings_from
from PIL import Image
from tests.accounts import sign_in
from tests.local_cloud import LocalCloud, entered
from ulid import ULID

from caption.examine import Examination, examine
from caption.sentence import sentence
from gallery.aws import table
from gallery.pictures import catalogue, counters, label_counts, months, rows, storage
from gallery.pictures.model import Content, Label, Picture, Prediction
from gallery.settings import Visibility
from gallery.vocabulary.classes import image_classes

PICTURES = 20_000
FIRST, DAYS = datetime.fromisoformat("2011-12-01"), 15 * 365
"""From when on they were taken, and over how many days: evenly, but for the journey."""
JOURNEY, JOURNEY_DAYS, ON_JOURNEY = datetime.fromisoformat("2017-08-01"), 30, 6
"""When a long journey began and how long it took; one picture in so many was taken on it."""
ADDED = datetime(2025, 1, 1, tzinfo=UTC)
"""When the first was added; the others one each second after it, in no order of their dates."""
STEP = 7919
"""A prime, by which pictures are shuffled."""
HUES, SHAPES = 16, ((480, 320), (480, 360), (320, 480), (640, 320))
CLASSES, LABELLED = 40, 4
"""How many things there are to see in them, and that one picture in so many shows any: a label costs ten postings."""
WRITERS, WRITTEN = 4, 500
"""Threads that write rows, and how many rows each takes at a time."""


@dataclass(frozen=True)
class Look:
    """A file that many pictures share but for a comment, and what the captioner finds in it."""

    file: bytes
    examination: Examination

    def original(self, number: int) -> bytes:
        """Return the file with a comment that no other picture has (JPEG's COM segment, behind its first marker)."""
        comment = f"picture {number}".encode()
        return self.file[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + self.file[2:]


@dataclass(frozen=True)
class Library:
    """So many pictures of one owner's, or of nobody's."""

    count: int
    looks: Sequence[Look]
    owner: str | None = None
    visibility: Visibility = "public"

    def look(self, number: int) -> Look:
        """Return what a picture looks like."""
        return self.looks[number % len(self.looks)]

    def picture(self, number: int) -> Picture:
        """Return a picture by its number, in the order in which they were added."""
        added = ADDED + timedelta(seconds=number)
        at = f"{added:%Y-%m-%dT%H:%M:%S}.000Z"
        return Picture(
            id=f"{str(ULID.from_datetime(added))[:10]}{number:016d}",
            owner=self.owner,
            visibility=self.visibility,
            created_at=at,
            status="captioned",
            version=2,
            filename=f"IMG_{number:05d}.jpg",
            content=self._content(number),
            reading=_reading(number, at),
            taken_at=f"{self.taken(number):%Y-%m-%dT%H:%M:%S}",
            taken_from="exif",
        )

    def taken(self, number: int) -> datetime:
        """Return when a picture was taken; no two were at the same time."""
        place = number * STEP % self.count
        journey = self.count // ON_JOURNEY
        if place < journey:
            return JOURNEY + timedelta(days=JOURNEY_DAYS) * place / journey
        return FIRST + timedelta(days=DAYS) * (place - journey) / (self.count - journey)

    def _content(self, number: int) -> Content:
        original, examination = self.look(number).original(number), self.look(number).examination
        return Content(
            etag=hashlib.md5(original, usedforsecurity=False).hexdigest(),
            media_type=examination.media_type,
            size=len(original),
            sha256=hashlib.sha256(original).hexdigest(),
            width=examination.width,
            height=examination.height,
            color=examination.color,
            placeholder=examination.placeholder,
            rendition=number,
            extension=examination.rendition_extension,
            sizes=examination.sizes,
        )

    def __iter__(self) -> Iterator[Picture]:
        """Yield all of them."""
        return map(self.picture, range(self.count))


def coloured() -> list[Look]:
    """Return files of some colours and shapes, each with a grain, so that a browser takes them for photographs."""
    files = (_coloured(hue / HUES, shape) for hue in range(HUES) for shape in SHAPES)
    return [Look(file, examine(file)) for file in files]


def _coloured(hue: float, shape: tuple[int, int]) -> bytes:
    width, height = shape
    color = np.array(colorsys.hsv_to_rgb(hue, 0.6, 0.8)) * 255
    light = np.linspace(1.2, 0.6, height)[:, None, None]
    grain = np.random.default_rng(0).normal(0, 4, (height, width, 1))
    pixels = np.clip(color * light + grain, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=60)
    return file.getvalue()


def _reading(number: int, at: str) -> Prediction:
    shown = image_classes()[number * STEP % CLASSES]
    labels = (Label(shown.name, shown.wnid, 0.97),) if number % LABELLED == 0 else ()
    return Prediction("ResNet50", labels, sentence(labels), at, 25.0)


def fill(cloud: LocalCloud, library: Library) -> None:
    """Put a library into a local cloud that is running; it is stopped and started again meanwhile."""
    with entered(cloud):
        if catalogue.find(library.picture(library.count - 1).id):
            return
        _write_rows(library)
        _count(library)
    bucket = cloud.outputs["MediaBucketName"]
    cloud.stop()
    for number, picture in enumerate(library):
        _keep(cloud, bucket, picture, library.look(number), number)
    cloud.start()


def _write_rows(library: Library) -> None:
    written = (row for number, picture in enumerate(library) for row in _rows(picture, library.look(number)))
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(table.put_all, iter(lambda: list(islice(written, WRITTEN)), [])))


def _rows(picture: Picture, look: Look) -> Iterable[table.Row]:
    """Yield what catalogue.change writes of a new picture, postings first."""
    tile = rows.tile_posting(picture)
    for posting in rows.postings(picture):
        row = rows.posting_row(posting, picture.version, int(ADDED.timestamp()))
        yield row | (rows.tile_row(look.examination.tile) if posting == tile else {})
    yield rows.to_row(picture)


def _count(library: Library) -> None:
    """Add the pictures to all counts that there are of them."""
    by_month: dict[months.Month, Counter[str]] = defaultdict(Counter)
    by_label, by_bucket = Counter[tuple[str, str]](), defaultdict[str, list[str]](list)
    for picture in library:
        for month, weight in months.weights(picture).items():
            by_month[month].update(weight)
        by_label.update(rows.labels(picture).items())
        by_bucket[counters.bucket_of(picture.id)].append(picture.id)
    for month, weight in by_month.items():
        months.add(month, weight)
    for (label, shown), number in by_label.items():
        label_counts.count({label: shown}, number)
    for bucket, ids in by_bucket.items():
        counters.reconcile(bucket, ids, counters.changes_in(bucket))


def _keep(cloud: LocalCloud, bucket: str, picture: Picture, look: Look, number: int) -> None:
    """Put a picture's original, record and renditions where the emulator finds them."""
    examination = look.examination
    cloud.keep(bucket, storage.original_key(picture.id), look.original(number), examination.media_type)
    record = json.dumps(storage.record(picture), ensure_ascii=False).encode()
    cloud.keep(bucket, storage.record_key(picture.id), record, "application/json")
    keys = storage.rendition_keys(picture)
    for size, body in examination.renditions.items():
        cloud.keep(bucket, keys[size], body, examination.rendition_type, storage.caching(keys[size]))


def _sub(cloud: LocalCloud, email: str) -> str:
    """Return the account of somebody whom the local gallery has made ready."""
    passwords = json.loads(settings_from(cloud.environment).people.read_text())
    token = sign_in(cloud, email, passwords[email])["AccessToken"]
    user = cloud.client("cognito-idp").get_user(AccessToken=token)
    return next(str(attribute["Value"]) for attribute in user["UserAttributes"] if attribute["Name"] == "sub")


def main() -> None:
    """Fill the local gallery that DATA names, which must not be running; what is there stays."""
    parser = argparse.ArgumentParser(prog="python -m tests.library", description=main.__doc__)
    parser.add_argument("--pictures", type=int, default=PICTURES)
    parser.add_argument("--owner", metavar="EMAIL", help="whose they are; nobody's without")
    parser.add_argument("--visibility", choices=("public", "private"), default="public")
    chosen = parser.parse_args()
    local = settings_from()
    cloud = LocalCloud(Path(local.data), local.port, local.cloud_port)
    cloud.start()
    owner = _sub(cloud, chosen.owner) if chosen.owner else None
    fill(cloud, Library(chosen.pictures, coloured(), owner, chosen.visibility))
    cloud.stop()
    sys.stdout.write(f"{chosen.pictures} pictures are in {local.data}; `make dev` shows them.\n")


if __name__ == "__main__":
    main()
