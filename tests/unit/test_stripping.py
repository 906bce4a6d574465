"""What others download tells nothing of people and places; exiftool, which reads more than anything else, judges."""

import json
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence
from tests.unit.exif import FORMATS, KEPT, SECRET, painted, plain, with_makers_notes

from images.stripping import stripped

pillow_heif.register_heif_opener()

EXIFTOOL = shutil.which("exiftool") or ""
needs_exiftool = pytest.mark.skipif(not EXIFTOOL, reason="exiftool is not installed")

KEPT_OF_XMP = {
    "XMP-dc:Creator": "Ada Lovelace",
    "XMP-dc:Rights": "CC BY Ada",
    "XMP-xmp:CreateDate": "2024:07:14 16:20:05",
}
LOST = {
    "GPSLatitude": "48.1371",
    "GPSLatitudeRef": "N",
    "GPSLongitude": "11.5753",
    "GPSLongitudeRef": "E",
    "SerialNumber": SECRET,
    "LensSerialNumber": SECRET,
    "OwnerName": SECRET,
    "Make": SECRET,
    "Model": SECRET,
    "Software": SECRET,
    "ImageDescription": SECRET,
    "UserComment": SECRET,
    "ImageUniqueID": SECRET,
    "XMP-aux:SerialNumber": SECRET,
    "XMP-exif:GPSLatitude": "48.1371",
    "XMP-xmpMM:DocumentID": SECRET,
    "XMP-xmpMM:HistorySoftwareAgent": SECRET,
    "XMP-iptcExt:PersonInImage": SECRET,
    "XMP-mwg-rs:RegionName": SECRET,
    "XMP-dc:Subject": SECRET,
}
LOST_OF_IPTC = {"IPTC:City": SECRET, "IPTC:Keywords": SECRET}
HARMLESS = {
    "SourceFile", "ExifTool", "System", "File", "JFIF", "PNG", "PNG-pHYs", "RIFF", "Composite", "ICC_Profile",
    "ICC-header", "ICC-view", "ICC-chrm", "ICC-meas", "Meta", "HEIC", "Adobe", "AVIF", "Track1", "QuickTime",
}  # fmt: skip
"""Groups of what is told of the file and its pixels, not of how it came about."""
ALLOWED = {
    *KEPT, "XResolution", "YResolution", "ResolutionUnit", "ColorSpace", "Creator", "Rights", "DateCreated", "By-line",
    "CopyrightNotice", "CodedCharacterSet", "ImageWidth", "ImageHeight", "BitsPerSample", "Compression",
    "PhotometricInterpretation", "StripOffsets", "SamplesPerPixel", "RowsPerStrip", "StripByteCounts",
    "PlanarConfiguration", "XMPToolkit",
}  # fmt: skip


@cache
def told(media_type: str) -> bytes:
    """A picture that tells all there is to tell, written by exiftool."""
    said = KEPT | KEPT_OF_XMP | LOST | ({} if "heic" in media_type or "avif" in media_type else LOST_OF_IPTC)
    body = plain(media_type)
    with TemporaryDirectory() as folder:
        file = Path(folder, f"told.{FORMATS[media_type][1]}")
        file.write_bytes(with_makers_notes(body) if media_type == "image/jpeg" else body)
        words = [f"-{name}={value}" for name, value in said.items()]
        if media_type == "image/jpeg":
            Path(folder, "small.jpg").write_bytes(body)
            words += [f"-ThumbnailImage<={folder}/small.jpg", f"-Comment={SECRET}"]
        command = [EXIFTOOL, "-q", "-q", "-m", "-n", "-overwrite_original", *words, str(file)]
        subprocess.run(command, check=True)
        return file.read_bytes()


def read(body: bytes, media_type: str) -> dict[str, Any]:
    """What exiftool finds, unknown and embedded things included: `Group:Tag` → value."""
    with TemporaryDirectory() as folder:
        file = Path(folder, f"x.{FORMATS[media_type][1]}")
        file.write_bytes(body)
        command = [EXIFTOOL, "-a", "-G1", "-s", "-ee", "-U", "-j", "-n", str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout)[0])


def pixels(body: bytes) -> list[tuple[str, bytes]]:
    with Image.open(BytesIO(body)) as image:
        return [(each.mode, each.tobytes()) for each in ImageSequence.Iterator(image)]


APPENDED: dict[str, Callable[[bytes], bytes]] = {
    "alone": bytes,
    "with a film": lambda body: body + b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + SECRET.encode() * 9,
}


@needs_exiftool
@pytest.mark.parametrize("appended", APPENDED)
@pytest.mark.parametrize("media_type", FORMATS)
def test_what_others_download_tells_nothing_of_people_and_places(media_type: str, appended: str) -> None:
    body = APPENDED[appended](told(media_type))
    assert SECRET.encode() in body
    clean = stripped(body, media_type)
    assert clean is not None
    assert SECRET.encode() not in clean
    found = read(clean, media_type)
    strange = {name for name in found if not HARMLESS & {name.partition(":")[0]}}
    assert {name for name in strange if name.partition(":")[2] not in ALLOWED} == set()
    assert not [name for name in found if "GPS" in name or "Serial" in name or "Thumbnail" in name]
    assert "ExifTool:Warning" not in found


@needs_exiftool
@pytest.mark.parametrize("media_type", FORMATS)
def test_what_others_download_looks_the_same_and_names_its_author(media_type: str) -> None:
    body = told(media_type)
    clean = stripped(body, media_type)
    assert clean is not None
    assert pixels(clean) == pixels(body)
    before, after = read(body, media_type), read(clean, media_type)
    of_interest = [*ALLOWED - {"XMPToolkit", "StripOffsets"}, "ProfileDescription", "PixelsPerUnitX"]
    kept = {name for name in before if name.partition(":")[2] in of_interest and not name.startswith("IFD1:")}
    lost = {name for name in kept if before[name] != after.get(name)}
    assert lost == set()


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_file_that_holds_nothing_else_is_given_byte_for_byte(media_type: str) -> None:
    body = plain(media_type)
    assert stripped(body, media_type) == body


@needs_exiftool
@pytest.mark.parametrize("media_type", FORMATS)
def test_what_was_cleaned_is_clean(media_type: str) -> None:
    clean = stripped(told(media_type), media_type)
    assert clean is not None
    assert stripped(clean, media_type) == clean


def test_what_is_of_no_known_format_or_odd_is_not_given_away() -> None:
    assert stripped(b"GIF89a", "image/gif") is None
    assert [stripped(b"", each) for each in FORMATS] == [None] * len(FORMATS)
    assert stripped(plain("image/jpeg")[:-2], "image/jpeg") is None
    assert stripped(plain("image/png")[:-4], "image/png") is None


def test_further_pictures_in_a_file_are_dropped() -> None:
    out = BytesIO()
    painted().save(out, "MPO", save_all=True, append_images=[painted(1)])
    clean = stripped(out.getvalue(), "image/jpeg")
    assert clean is not None
    assert clean.count(b"\xff\xd8\xff") == 1
    assert b"MPF\0" not in clean
    with Image.open(BytesIO(clean)) as image:
        assert image.format == "JPEG"
        assert image.convert("RGB").size == (96, 64)


@given(data=st.data(), media_type=st.sampled_from(sorted(FORMATS)))
def test_no_file_is_too_odd(data: st.DataObject, media_type: str) -> None:
    body = bytearray(with_makers_notes(plain(media_type)) if media_type == "image/jpeg" else plain(media_type))
    for _ in range(data.draw(st.integers(0, 8))):
        body[data.draw(st.integers(0, min(len(body), 2000) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(body)), st.integers(0, len(body))))
    clean = stripped(bytes(body[:end]), media_type)
    assert clean is None or isinstance(clean, bytes)
