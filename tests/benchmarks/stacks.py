"""Near copies: how many of each kind are found, how many different photographs are taken for copies, and what is read.

Each labelled photograph is resized to half, recompressed at quality 60, and cropped by 5 % of each side, and compared
with the original as the captioner does; then every two of the photographs are compared. `python -m
tests.benchmarks.stacks` prints it.
"""

import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean

from PIL import Image, ImageOps
from tests.benchmarks._size import sized
from tests.photographs import MODEL, SHARED, labelled

from caption.classifier import as_int8, classifier, labels_of
from caption.examine import examine
from caption.stacking import are_near
from gallery import limits
from gallery.pictures import signature, stacks
from gallery.pictures.model import Content, Picture, Prediction, captioned

PICTURES = sized(100)
OWNED = 100_000
KINDS = ("resized to half", "recompressed at quality 60", "cropped by 5 % of each side")


@dataclass(frozen=True)
class Measures:
    """Of each kind which part is found, and how many of the pairs of different photographs are taken for copies.

    `near` is how many pictures of an owner of 100 000 stand under the keys that are read for one.
    """

    found: dict[str, float]
    confused: int
    pairs: int
    near: float


def measure(files: Sequence[bytes]) -> Measures:
    """Compare photographs with their copies and with each other; only where there is a model."""
    originals = [_looked_at(file) for file in files]
    copies = [[_looked_at(copy) for copy in _copies(file)] for file in files]
    found = {
        kind: mean(_finds(every[place], original) for original, every in zip(originals, copies, strict=True))
        for place, kind in enumerate(KINDS)
    }
    pairs = list(combinations(originals, 2))
    confused = sum(_finds(one, other) or _finds(other, one) for one, other in pairs)
    near = mean(_is_read(one, other) for one, other in pairs)
    return Measures(found, confused, len(pairs), OWNED * near)


def _looked_at(file: bytes) -> Picture:
    """Return a picture as it is after it was captioned."""
    model = classifier()
    if model is None:
        raise RuntimeError("copies are told apart with a compiled model")
    examination = examine(file, model.input_size)
    output = model.classify(examination.tensor)
    reading = Prediction(model.name, labels_of(output), None, "", 0, as_int8(output.features))
    content = Content(
        "", "", 0, "", examination.width, examination.height, "", "", 1, "jpg", signature=examination.signature
    )
    ticket = Picture(
        id="01KAGVQ2W3M8Y6Z5T4R7N9P0XC", owner="anna", visibility="private", created_at="2026-01-01T00:00:00.000Z"
    )
    return captioned(ticket, content, reading)


def _copies(file: bytes) -> Sequence[bytes]:
    with Image.open(io.BytesIO(file)) as opened:
        image = ImageOps.exif_transpose(opened).convert("RGB")
    width, height = image.size
    left, top = round(0.05 * width), round(0.05 * height)
    cropped = image.crop((left, top, width - left, height - top))
    return [_saved(image.resize((width // 2, height // 2)), 95), _saved(image, 60), _saved(cropped, 95)]


def _saved(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def _finds(picture: Picture, other: Picture) -> bool:
    return _is_read(picture, other) and are_near(picture, other)


def _is_read(picture: Picture, other: Picture) -> bool:
    filed = signature.key(stacks.signature_of(other))
    return any(first <= filed <= last for first, last in stacks.spans(picture))


def main() -> None:
    """Print the measures."""
    if SHARED is None or not MODEL.exists():
        sys.stdout.write("skipped: needs the shared test data (GALLERY_SHARED) and a compiled model (make model)\n")
        return
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    measures = measure([photograph.bytes for photograph in labelled()[:PICTURES]])
    for kind, part in measures.found.items():
        sys.stdout.write(f"{kind:<32}{part:.0%} found\n")
    sys.stdout.write(f"{measures.confused} of {measures.pairs} pairs of different photographs taken for copies\n")
    sys.stdout.write(
        f"of an owner's {OWNED} pictures {measures.near:.0f} stand under the keys that are read for one;"
        f" at most {limits.NEAR_QUERIES * limits.NEAR_READ} are read\n"
    )


if __name__ == "__main__":
    main()
