"""When, where and with what pictures were taken: from the ticket and the file to whoever asks."""

import io
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image
from tests.photographs import SHARED, needs_shared
from tests.unit.cameras import CHANGED, MUNICH, TAKEN, exif_of, jpeg, packet
from tests.unit.captioning import SeesAPug
from tests.unit.conftest import Api, Gallery
from tests.unit.identity import Pool

from caption import pipeline
from caption import recaption as again
from caption.examine import examine
from gallery.aws.items import encode
from gallery.captioning.recaptions import RecaptionTask
from gallery.jobs import exports
from gallery.pictures import catalogue, storage
from gallery.pictures.metadata import Camera, Location, Taken
from gallery.pictures.model import Picture
from gallery.timestamps import now
from people.exporting import Job, make
from sweep import rules

CANON = {0x010F: "Canon", 0x0110: "Canon EOS 5D"}
PHOTO = jpeg(exif=exif_of(main={**CANON, 0x0132: CHANGED}, photo={0x9003: TAKEN, 0x9011: "+09:00"}, gps=MUNICH))
SAID = {"taken_at": "2001-02-03T04:05:06", "taken_offset": "+01:00"}
MODIFIED = "2023-05-06T23:30:00-08:00"
DATES = ("taken_at", "taken_offset", "taken_from")


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "classifier", SeesAPug)
    monkeypatch.setattr(again, "classifier_named", SeesAPug)


def announced(api: Api, headers: dict[str, str] | None = None, **said: object) -> str:
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 1000, **said}
    (upload,) = api("POST", "/api/uploads", body={"files": [file]}, headers=headers).json["uploads"]
    return str(upload["image_id"])


def shown(api: Api, image_id: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    return dict(api("GET", f"/api/images/{image_id}", headers=headers).json)


def captioned(api: Api, gallery: Gallery, body: bytes, **said: object) -> dict[str, Any]:
    image_id = announced(api, None, **said)
    gallery.upload(image_id, body + image_id.encode())
    assert pipeline.caption(image_id)
    return shown(api, image_id)


def dates(image: dict[str, Any]) -> tuple[str, str | None, str]:
    at, offset, source = (image[each] for each in DATES)
    return at, offset, source


def test_until_its_bytes_are_read_a_picture_has_the_date_of_its_file_or_of_its_upload(api: Api) -> None:
    assert dates(shown(api, announced(api, modified_at=MODIFIED))) == ("2023-05-06T23:30:00", "-08:00", "file")
    image = shown(api, announced(api))
    assert dates(image) == (image["created_at"][:19], "+00:00", "upload")


@pytest.mark.parametrize(
    "modified_at", ["1970-01-01T00:00:00+00:00", "1980-01-01T00:00:00+09:00", "2999-01-01T00:00:00+09:00"]
)
def test_a_file_of_no_age_is_dated_by_its_upload_at_its_senders_clock(api: Api, modified_at: str) -> None:
    image = shown(api, announced(api, modified_at=modified_at))
    hours = int(modified_at[-5:-3])
    sent = datetime.fromisoformat(image["created_at"]) + timedelta(hours=hours)
    assert dates(image) == (sent.isoformat()[:19], modified_at[-6:], "upload")


def test_the_strongest_of_all_that_says_when_counts(api: Api, gallery: Gallery) -> None:
    name = "IMG_20220102_030405.jpg"
    only_changed = jpeg(exif=exif_of(main={0x0132: CHANGED}))
    by_xmp = jpeg(xmp=packet('exif:DateTimeOriginal="2020-01-02T03:04:05+05:45"'))
    plain = jpeg()
    found = [
        dates(captioned(api, gallery, body, modified_at=MODIFIED, **said))
        for body, said in [
            (PHOTO, {**SAID, "name": name}),
            (PHOTO, {**SAID, "taken_source": "sidecar"}),
            (PHOTO, {"taken_at": SAID["taken_at"]}),
            (PHOTO, {"name": name}),
            (by_xmp, {"name": name}),
            (only_changed, {"name": name}),
            (plain, {"name": "PXL_20220102_030405123.jpg"}),
            (only_changed, {}),
            (plain, {"name": "IMG-20220102-WA0003.jpg"}),
            (plain, {"name": "DSC_0001.jpg"}),
        ]
    ]
    assert found == [
        ("2001-02-03T04:05:06", "+01:00", "owner"),
        ("2001-02-03T04:05:06", "+01:00", "sidecar"),
        ("2001-02-03T04:05:06", None, "owner"),
        ("2024-07-14T16:20:05", "+09:00", "exif"),
        ("2020-01-02T03:04:05", "+05:45", "xmp"),
        ("2022-01-02T03:04:05", None, "filename"),
        ("2022-01-01T19:04:05", "-08:00", "filename"),
        ("2024-07-20T09:00:00", None, "exif"),
        ("2022-01-02T00:00:00", None, "filename"),
        ("2023-05-06T23:30:00", "-08:00", "file"),
    ]


def test_a_picture_of_late_in_tokyo_stays_on_its_day(api: Api, gallery: Gallery) -> None:
    late = jpeg(exif=exif_of(photo={0x9003: "2019:07:14 23:30:00", 0x9011: "+09:00"}))
    image = captioned(api, gallery, late, modified_at="2019-07-14T16:30:00+02:00")
    assert dates(image) == ("2019-07-14T23:30:00", "+09:00", "exif")


def test_what_a_picture_was_taken_with_is_for_all_and_where_for_nobody_where_nobody_owns_it(
    api: Api, gallery: Gallery, pool: Pool
) -> None:
    image = captioned(api, gallery, PHOTO)
    assert image["camera"] == {
        "make": "Canon", "model": "EOS 5D", "lens": None, "exposure_s": None, "f_number": None, "iso": None,
        "focal_length_mm": None, "focal_length_35mm": None, "flash": None,
    }  # fmt: skip
    assert image["location"] is None
    assert shown(api, image["id"], pool.bearer("eve"))["location"] is None
    told = shown(api, image["id"], pool.bearer("root", groups=["admin"]))
    assert told["location"] == {"latitude": 48.1371, "longitude": 11.5753, "altitude_m": None}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"taken_at": "2024-07-14T16:20:05Z"}, "taken_at"),
        ({"taken_at": "2024-07-14T16:20:05+02:00"}, "taken_at"),
        ({"taken_at": "2024-07-14 16:20:05"}, "taken_at"),
        ({"taken_at": "2024-07-14"}, "taken_at"),
        ({"taken_at": "2023-02-29T12:00:00"}, "taken_at"),
        ({"taken_at": "2024-07-14T25:61:00"}, "taken_at"),
        ({"taken_at": "0000-00-00T00:00:00"}, "taken_at"),
        ({"taken_at": "1700-01-01T00:00:00"}, "taken_at"),
        ({"taken_at": "2999-01-01T00:00:00"}, "taken_at"),
        ({"taken_at": "٢٠٢٤-07-14T16:20:05"}, "taken_at"),
        ({"taken_at": 20240714}, "taken_at"),
        ({"taken_at": ""}, "taken_at"),
        ({**SAID, "taken_offset": "+15:00"}, "taken_offset"),
        ({**SAID, "taken_offset": "Z"}, "taken_offset"),
        ({**SAID, "taken_offset": "+2:00"}, "taken_offset"),
        ({"taken_offset": "+02:00"}, "taken_offset"),
        ({**SAID, "taken_source": "exif"}, "taken_source"),
        ({"taken_source": "sidecar"}, "taken_source"),
        ({"modified_at": "2024-07-14T16:20:05"}, "modified_at"),
        ({"modified_at": "2024-07-14"}, "modified_at"),
        ({"modified_at": "2024-07-14T16:20:05+23:59"}, "modified_at"),
        ({"modified_at": "2024-02-30T16:20:05Z"}, "modified_at"),
        ({"modified_at": "0000-01-01T00:00:00Z"}, "modified_at"),
        ({"modified_at": 1720966805123}, "modified_at"),
    ],
)
def test_a_ticket_says_which_field_makes_no_sense(api: Api, said: dict[str, Any], field: str) -> None:
    answer = api("POST", "/api/uploads", body={"files": [{"name": "a.jpg", "size": 9, **said}]})
    assert (answer.status, [each["field"] for each in answer.json["errors"]]) == (422, [f"files.0.{field}"])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2024-07-14T16:20:05.678+02:00", "2024-07-14T16:20:05+02:00"),
        ("2024-07-14t14:20:05z", "2024-07-14T14:20:05+00:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("9999-12-31T23:59:59.999999999-12:00", "9999-12-31T23:59:59-12:00"),
    ],
)
def test_a_files_time_may_be_written_as_rfc_3339_allows(api: Api, written: str, kept: str) -> None:
    image_id = announced(api, modified_at=written)
    found = catalogue.find(image_id)
    assert found
    assert found.modified_at == kept
    assert shown(api, image_id)["taken_from"] in {"file", "upload"}


def test_tomorrow_is_allowed_where_it_may_have_begun(api: Api) -> None:
    ahead = (datetime.now(UTC) + timedelta(hours=14)).isoformat()[:19]
    assert dates(shown(api, announced(api, taken_at=ahead)))[0] == ahead


def picture_of(image: dict[str, Any]) -> Picture:
    found = catalogue.find(image["id"])
    assert found
    return found


def recaptioned(image: dict[str, Any]) -> Picture:
    assert again.recaption(RecaptionTask("job", image["id"], "resnet50-anew", now())) == "captioned"
    return picture_of(image)


def test_captioning_again_reads_the_file_again_and_leaves_what_people_said(api: Api, gallery: Gallery) -> None:
    said = captioned(api, gallery, PHOTO, **SAID, taken_source="sidecar")
    found = captioned(api, gallery, PHOTO)
    old = replace(picture_of(found), taken_at=None, taken_offset=None, taken_from=None, camera=None, location=None)
    catalogue.change(picture_of(found), old)  # a picture from before anything of it was read
    assert recaptioned(said).taken == Taken("2001-02-03T04:05:06", "+01:00", "sidecar")
    anew = recaptioned(found)
    assert anew.taken == Taken("2024-07-14T16:20:05", "+09:00", "exif")
    assert (anew.camera, anew.location) == (Camera("Canon", "EOS 5D"), Location(48.1371, 11.5753))


def test_a_lost_table_brings_back_what_people_said_and_what_files_say(api: Api, gallery: Gallery, pool: Pool) -> None:
    image_ids = [announced(api, pool.bearer("anna"), modified_at=MODIFIED, **said) for said in ({}, SAID)]
    for each in image_ids:
        gallery.upload(each, PHOTO + each.encode())
        pipeline.caption(each)
    waiting = announced(api, pool.bearer("anna"), modified_at=MODIFIED)
    before = [shown(api, each, pool.bearer("anna")) for each in image_ids]
    for row in gallery.rows():
        gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode({name: row[name] for name in ("pk", "sk")}))
    rules.originals(None)
    for each in image_ids:
        pipeline.caption(each)
    told = [shown(api, each, pool.bearer("anna")) for each in image_ids]
    kept = (*DATES, "camera", "location", "filename")
    assert [{name: each[name] for name in kept} for each in told] == [
        {name: each[name] for name in kept} for each in before
    ]
    assert dates(told[1])[2] == "owner"
    record = storage.read_record(waiting)
    assert record
    assert record.taken == Taken("2023-05-06T23:30:00", "-08:00", "file")


def exported(gallery: Gallery, sub: str) -> dict[str, str]:
    """Return the documents of somebody's export by their names."""
    job = Job(sub, "file")
    exports.begin(job.export)
    assert make(job)
    body = gallery.s3.get_object(Bucket="gallery-test-media", Key=job.export.file)["Body"].read()
    with ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_ones_export_tells_when_where_and_with_what(api: Api, gallery: Gallery, pool: Pool) -> None:
    api("GET", "/api/me", headers=pool.bearer("anna"))
    image_id = announced(api, pool.bearer("anna"))
    gallery.upload(image_id, PHOTO)
    pipeline.caption(image_id)
    (told,) = json.loads(exported(gallery, "anna")["pictures.json"])
    assert dates(told) == ("2024-07-14T16:20:05", "+09:00", "exif")
    assert told["location"] == {"latitude": 48.1371, "longitude": 11.5753, "altitude_m": None}
    assert told["camera"]["model"] == "EOS 5D"


LEADS_TO_IT: list[str] = [
    "/api/images/{id}",
    "/api/images",
    "/api/images?owner=anna",
    "/api/images?ids={id}",
    "/api/images?label=pug",
    "/api/images?status=captioned",
    "/api/images/{lookalike}/similar",
    "/api/search?query=pug",
    "/api/posts",
    "/api/posts/{post}",
    "/api/posts/most-liked",
    "/api/feed",
    "/api/shared/{token}",
    "/s/{token}",
]


@pytest.mark.usefixtures("words_alone")
def test_no_answer_to_others_says_where_a_picture_was_taken(api: Api, gallery: Gallery, pool: Pool) -> None:
    picture, lookalike = (announced(api, pool.bearer("anna")) for _ in range(2))
    for each in (picture, lookalike):
        gallery.upload(each, PHOTO + each.encode())
        pipeline.caption(each)
    eve, anna, root = pool.bearer("eve"), pool.bearer("anna"), pool.bearer("root", groups=["admin"])
    (username,) = (api("GET", "/api/me", headers=each).json["username"] for each in [anna])
    assert api("PUT", f"/api/users/{username}/follow", headers=eve).status == 204
    post = api("POST", "/api/posts", body={"image_id": picture, "text": "here"}, headers=anna).json["id"]
    assert api("PUT", f"/api/posts/{post}/like", headers=eve).status == 204
    token = api("POST", f"/api/posts/{post}/share", body={}, headers=anna).json["token"]
    names = {"id": picture, "lookalike": lookalike, "post": post, "token": token}
    for path in LEADS_TO_IT:
        address, _, query = path.format(**names).partition("?")
        pairs = dict(each.split("=") for each in query.split("&")) if query else {}
        for headers in (eve, None):
            answer = api("GET", address, query=pairs, headers=headers)
            assert answer.status == 200 or (headers is None and answer.status == 401), path
            assert picture in answer.text or answer.status == 401, f"{path} should lead to it"
            assert "48.1" not in answer.text, path
            assert "11.57" not in answer.text, path
    assert "48.1" not in "".join(exported(gallery, "eve").values())
    for headers in (anna, root):
        assert shown(api, picture, headers)["location"]["latitude"] == 48.1371


def test_renditions_carry_nothing_of_it(tmp_path: Path) -> None:
    found = examine(PHOTO)
    assert found.metadata.location
    for name, body in {"small": found.small, "large": found.large, "tile": found.tile.image}.items():
        image = Image.open(io.BytesIO(body))
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}, name
        assert not image.getexif()
        segments = {body[at + 1] for at in marks(body)}
        assert segments <= {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xC2, 0xD9}, name
        if exiftool := shutil.which("exiftool"):
            path = tmp_path / f"{name}.jpg"
            path.write_bytes(body)
            told = json.loads(subprocess.check_output([exiftool, "-j", "-G1", str(path)]))[0]
            assert {each.partition(":")[0] for each in told} <= {
                "SourceFile", "ExifTool", "System", "File", "JFIF", "Composite"
            }  # fmt: skip


def marks(body: bytes) -> list[int]:
    """Return where the segments of a JPEG begin, up to its first scan."""
    found, at = [0], 2
    while body[at + 1] != 0xDA:
        found.append(at)
        at += 2 + int.from_bytes(body[at + 2 : at + 4])
    return [*found, at]


@needs_shared
def test_files_of_public_bug_reports_are_read_as_their_makers_meant() -> None:
    assert SHARED
    formats = SHARED / "data" / "formats"
    late = examine((formats / "d_taken2019.jpg").read_bytes()).metadata
    assert late.taken == Taken("2019-07-14T23:30:00", "+09:00", "exif")
    assert examine((formats / "d_gps.jpg").read_bytes()).metadata.location
