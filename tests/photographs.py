"""Photographs for tests: the labelled ones of the shared test data where there are any, else freely licensed ones."""

import io
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import skimage
from PIL import Image

SHARED = Path(os.environ["GALLERY_SHARED"]) if os.environ.get("GALLERY_SHARED") else None
MODEL = Path(__file__).parents[1] / "functions" / "caption" / "model" / "manifest.json"

FREE = (
    "chelsea.png",
    "coffee.png",
    "rocket.jpg",
    "astronaut.png",
    "hubble_deep_field.jpg",
    "camera.png",
    "coins.png",
    "retina.jpg",
)
"""Pictures in the public domain or under CC0 that scikit-image ships; docs/screenshots/NOTICE.md says whose."""

needs_shared = pytest.mark.skipif(SHARED is None, reason="needs the shared test data: set GALLERY_SHARED to its folder")
needs_model = pytest.mark.skipif(not MODEL.exists(), reason="needs a compiled model: run `make model`")


@dataclass(frozen=True)
class Photograph:
    """A picture file and, where it is known, which ImageNet class it shows."""

    path: Path
    class_index: int | None = None

    @property
    def name(self) -> str:
        """Its file name."""
        return self.path.name

    @property
    def bytes(self) -> bytes:
        """Its content."""
        return self.path.read_bytes()


@cache
def labelled() -> tuple[Photograph, ...]:
    """The 100 labelled photographs of the shared test data."""
    assert SHARED, "guard the test with needs_shared"
    folder = SHARED / "data" / "photos"
    entries = json.loads((folder / "labels.json").read_text())
    return tuple(Photograph(folder / each["file"], each["class_index"]) for each in entries)


@cache
def free() -> tuple[Photograph, ...]:
    """Freely licensed pictures, which are always there."""
    folder = Path(skimage.__file__).parent / "data"
    return tuple(Photograph(folder / name) for name in FREE)


def some(count: int) -> list[tuple[str, bytes]]:
    """Return names and contents of `count` JPEG pictures, no two of the same bytes, however often one asks."""
    sources = labelled() if SHARED else free()
    return [(f"{turn}-{Path(each.name).stem}.jpg", _unique(each.bytes)) for turn, each in _turns(sources, count)]


def _turns(sources: tuple[Photograph, ...], count: int) -> list[tuple[int, Photograph]]:
    return [(turn, sources[turn % len(sources)]) for turn in range(count)]


def _unique(content: bytes) -> bytes:
    """Return the picture as a JPEG that differs from every other in its pixel density, which all may know."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        image.convert("RGB").save(out, "JPEG", quality=90, comment=b"", dpi=(_density(), _density()))
    return out.getvalue()


def _density() -> int:
    return 1 + secrets.randbelow(2**16 - 1)


def variants(photograph: Photograph) -> dict[str, bytes]:
    """Return a photograph resized, recompressed, and cropped by 5 % on each side."""
    with Image.open(photograph.path) as image:
        width, height = image.size
        cropped = image.crop((width // 20, height // 20, width - width // 20, height - height // 20))
        return {
            "resized": _jpeg(image.resize((width * 2 // 3, height * 2 // 3)), 90),
            "recompressed": _jpeg(image, 50),
            "cropped": _jpeg(cropped, 90),
        }


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()
