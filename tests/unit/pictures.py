"""Pictures, their rows and their originals, as tests of single functions need them."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from tests.unit.conftest import Gallery
from ulid import ULID

from gallery.pictures import catalogue, rows, storage
from gallery.pictures.metadata import Camera, Location, Taken
from gallery.pictures.model import Content, Failure, Label, Picture, Prediction, captioned, failed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


CONTENTS = st.builds(
    Content,
    etag=TEXT, media_type=TEXT, size=st.integers(0, 10**8), sha256=TEXT, width=st.integers(1, 10**5),
    height=st.integers(1, 10**5), color=TEXT, placeholder=TEXT, rendition=st.integers(1, 9), extension=TEXT,
)  # fmt: skip


LABELS = st.builds(Label, label=TEXT, wnid=TEXT, probability=st.floats(0, 1).map(lambda p: round(p, 6)))


READINGS = st.builds(
    Prediction,
    model=TEXT, labels=st.lists(LABELS, max_size=10).map(tuple), caption=TEXT, captioned_at=TEXT,
    inference_time_ms=st.floats(0, 1e4).map(lambda t: round(t, 2)),
)  # fmt: skip


NUMBERS = st.none() | st.floats(1e-9, 1e6).map(lambda n: float(f"{n:.6g}"))
CAMERAS = st.builds(
    Camera,
    make=st.none() | TEXT, lens=st.none() | TEXT, exposure_s=NUMBERS, f_number=NUMBERS, flash=st.none() | st.booleans(),
    iso=st.none() | st.integers(1, 10**7), focal_length_mm=NUMBERS,
)  # fmt: skip
DEGREES = st.floats(-90, 90).map(lambda n: round(n, 6))
LOCATIONS = st.builds(Location, latitude=DEGREES, longitude=DEGREES, altitude_m=NUMBERS)
TAKEN = st.builds(Taken, at=TEXT, offset=st.none() | TEXT, source=st.sampled_from(["exif", "xmp", "file"]))
PICTURES = st.builds(
    Picture,
    id=st.just("01KAGVQ2W3M8Y6Z5T4R7N9P0XC"), owner=st.none() | TEXT, created_at=TEXT, filename=st.none() | TEXT,
    title=st.none() | TEXT, attribution=st.none() | TEXT, content=st.none() | CONTENTS, reading=st.none() | READINGS,
    failure=st.none() | st.builds(Failure, code=st.just("truncated"), detail=TEXT, duplicate_of=st.none() | TEXT),
    owner_labels=st.none() | st.lists(TEXT, max_size=3), version=st.integers(1, 10**6),
    expires_at=st.none() | st.integers(1, 2**32), modified_at=st.none() | TEXT, taken_at=st.none() | TEXT,
    taken_offset=st.none() | TEXT, camera=st.none() | CAMERAS, location=st.none() | LOCATIONS,
    found_taken=st.none() | TAKEN,
)  # fmt: skip


CONTENT = Content(
    "e", "image/jpeg", 9, "f" * 64, 4, 3, "#102030", "AAAA", 1, "jpg", {"small": (4, 3), "large": (4, 3)}, b""
)


SEEN = (Label("pug", "n1", 0.6), Label("cat", "n2", 0.1), Label("car", "n3", 0.01))


READING = Prediction("resnet50", SEEN, "A pug", "t", 1)


def ticket(**said: object) -> Picture:
    picture = Picture(id=str(ULID()), visibility="public", created_at="2026-01-01T00:00:00.000Z", filename="a.jpg")
    picture = replace(picture, **said)  # type: ignore[arg-type]
    storage.write_record(picture)
    catalogue.issue([picture])
    return picture


def annas(**said: object) -> Picture:
    picture = ticket(owner="anna", **said)
    picture = catalogue.change(picture, captioned(picture, replace(CONTENT, rendition=1), READING))
    for key in storage.rendition_keys(picture).values():
        storage.write_rendition(key, b"pixels", "image/jpeg")
    return picture


def postings(gallery: Gallery) -> set[str]:
    """The lists in which pictures stand, those of the search index aside."""
    lists = {each["pk"] for each in gallery.rows() if rows.posting_id(each)}
    return {each for each in lists if not each.startswith(("CLASS#", "WORD#"))}


def broken(**said: Any) -> Picture:  # noqa: ANN401
    picture = ticket(**said)
    return catalogue.change(picture, failed(picture, "e", Failure("truncated", "It ends too early.")))
