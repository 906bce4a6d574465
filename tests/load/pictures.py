"""Small pictures by the thousand, each of bytes of its own, and poison among them; the same ones in every run."""

import io
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, islice

from PIL import Image, ImageOps
from tests import photographs

SIDE = 560
"""Pixels of the longer side, which makes JPEGs of 30 to 60 kB of most photographs."""
VIEWS = 2
"""How many different crops there are of each photograph."""


@dataclass(frozen=True)
class Sent:
    """A file to upload, and how it has to end: `captioned`, or the code of a failure."""

    name: str
    content: bytes
    end: str


class Album:
    """Pictures without end; any thread may take some."""

    def __init__(self, seed: int, poison_every: int) -> None:
        self.poison_every = poison_every
        self._views = _views(seed)
        self._numbers = count()

    def take(self, most: int) -> list[Sent]:
        """Return the next so many."""
        return [self._picture(number) for number in islice(self._numbers, most)]

    def _picture(self, number: int) -> Sent:
        turn, place = divmod(number, self.poison_every)
        if place == self.poison_every - 1:
            code, make = POISONS[turn % len(POISONS)]
            return Sent(f"{number}-{code}.jpg", make(self._whole(number), number), code)
        return Sent(f"{number}.jpg", self._whole(number), "captioned")

    def _whole(self, number: int) -> bytes:
        return _numbered(self._views[number % len(self._views)], number)


def _views(seed: int) -> tuple[bytes, ...]:
    lot = random.Random(seed)  # noqa: S311 - reproducible, not secret
    sources = photographs.labelled() if photographs.SHARED else photographs.free()
    return tuple(_crop(each.bytes, lot) for each in sources for _ in range(VIEWS))


def _crop(content: bytes, lot: random.Random) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        width, height = (lot.uniform(0.7, 1.0) * each for each in image.size)
        left, top = lot.uniform(0, image.width - width), lot.uniform(0, image.height - height)
        crop = image.convert("RGB").crop((int(left), int(top), int(left + width), int(top + height)))
    out = io.BytesIO()
    ImageOps.contain(crop, (SIDE, SIDE)).save(out, "JPEG", quality=lot.choice((80, 85, 90)))
    return out.getvalue()


def _numbered(jpeg: bytes, number: int) -> bytes:
    """Put a comment segment with the number behind a JPEG's first marker, so that no two have the same bytes."""
    return jpeg[:2] + b"\xff\xfe\x00\x0a" + number.to_bytes(8) + jpeg[2:]


def _words(_whole: bytes, number: int) -> bytes:
    return f"Dear diary {number}, this is no photograph at all.\n".encode() * 50


def _cut(whole: bytes, _number: int) -> bytes:
    return whole[: len(whole) // 2]


def _bomb(_whole: bytes, number: int) -> bytes:
    """Return a PNG of a few bytes that says it were a gigapixel."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 30_000, 8, 2, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(number.to_bytes(8) * 1000))
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


POISONS: tuple[tuple[str, Callable[[bytes, int], bytes]], ...] = (
    ("not_an_image", _words),
    ("truncated", _cut),
    ("too_large", _bomb),
)
