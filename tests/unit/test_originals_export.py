"""Originals in ZIP files: whole, readable, of bounded length, gone on with wherever their making stopped."""

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zipfile import ZipFile

import httpx
import pytest
from moto.s3 import models as moto_s3
from moto.s3.exceptions import NoSuchUpload
from tests.engines.running import running_engine
from tests.unit.captioning import PHOTO
from tests.unit.conftest import ENVIRONMENT, Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write, some_deaths
from tests.unit.identity import Pool
from tests.unit.lives import album_of, current
from tests.unit.pictures import CONTENT, annas, ticket

from gallery import limits
from gallery.albums import albums, membership
from gallery.aws import table
from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.trash import put_into_trash
from gallery.people import people
from gallery.pictures import catalogue, multipart
from gallery.pictures.access import Caller
from gallery.pictures.metadata import Location
from gallery.pictures.model import Picture
from gallery.timestamps import now
from people import export, originals, sidecars
from people.erasing import resume
from people.originals import Job

pytestmark = pytest.mark.usefixtures("no_waiting")

_CONTEXT = ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id")
NEVER_LATE = 900_000


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of an upload a thousand times smaller than S3's."""
    monkeypatch.setattr(moto_s3, "S3_UPLOAD_PART_MIN_SIZE", 5000)
    monkeypatch.setattr(multipart, "LEAST_BYTES", 5000)
    monkeypatch.setattr(multipart, "PART_BYTES", 8000)
    upload_part = moto_s3.S3Backend.upload_part

    def upload_part_as_s3_does(backend: Any, bucket: str, upload_id: str, part: int, value: bytes) -> Any:  # noqa: ANN401
        if upload_id not in backend.get_bucket(bucket).multiparts:  # moto answers with a KeyError
            raise NoSuchUpload(upload_id=upload_id)
        return upload_part(backend, bucket, upload_id, part, value)

    monkeypatch.setattr(moto_s3.S3Backend, "upload_part", upload_part_as_s3_does)


def original(gallery: Gallery, name: str = "a.jpg", length: int = 3000, **fields: Any) -> tuple[Picture, bytes]:  # noqa: ANN401
    picture = ticket(owner="anna", filename=name, **fields)
    picture = catalogue.change(picture, replace(picture, status="pending", content=CONTENT))
    body = (picture.id.encode() * (length // 26 + 1))[:length]
    gallery.put_original(picture.id, body)
    return picture, body


def happen(called: list[dict[str, Any]], milliseconds: int = NEVER_LATE) -> list[str]:
    """Have the function do what it was called for until it calls no more; return how each call ended."""
    context: Any = SimpleNamespace(**dict.fromkeys(_CONTEXT, "x"), get_remaining_time_in_millis=lambda: milliseconds)
    ended = []
    while called:
        event = json.loads(json.dumps(called.pop(0)))
        ended.append(export.handler(event, cast("Any", context))["progress"])
    return ended


def asked(api: Api, pool: Pool, **more: Any) -> Any:  # noqa: ANN401
    return api("POST", "/api/me/export", body={"originals": True, **more}, headers=pool.bearer("anna"))


def saved(answer: Any, gallery: Gallery) -> dict[str, bytes]:  # noqa: ANN401
    """Return what is in the files of an answer, each file valid for itself, no name twice."""
    assert answer.status == 200, answer.text
    files: dict[str, bytes] = {}
    for part in answer.json["parts"]:
        key = httpx.URL(part["url"]).path.removeprefix("/")
        body = gallery.s3.get_object(Bucket="gallery-test-media", Key=key)["Body"].read()
        assert len(body) == part["bytes"] <= limits.EXPORT_BYTES
        with ZipFile(io.BytesIO(body)) as archive:
            assert archive.testzip() is None
            assert not set(archive.namelist()) & files.keys()
            files |= {name: archive.read(name) for name in archive.namelist()}
    return files


def originals_in(files: dict[str, bytes]) -> list[bytes]:
    return sorted(body for name, body in files.items() if name.startswith("pictures/") and name.endswith(".jpg"))


def test_originals_come_under_their_names_with_what_is_known(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    place = Location(latitude=-33.9249, longitude=18.4241, altitude_m=12.5)
    picture, body = original(
        gallery, "Über <den> See.jpg", title="Sea", owner_description="Blue", visibility="private",
        taken_at="2024-07-14T16:20:05", taken_offset="+02:00", taken_from="owner", location=place,
        located_by_people=True, owner_labels=["Otto"],
    )  # fmt: skip
    twins = [original(gallery, name)[1] for name in ("a.jpg", "A.JPG")]
    binned = annas(filename="c.jpg")
    gallery.put_original(binned.id, PHOTO)
    put_into_trash(binned)
    album = album_of("anna", description="At the", order="manual", cover=picture.id)
    membership.add(current(picture.id), album, "anna", originals=None, since=now())
    first = asked(api, pool)
    assert (first.status, first.json) == (202, {"status": "pending", "done": 0, "of": 3})
    assert happen(called) == ["done"]
    answer = asked(api, pool)
    files = saved(answer, gallery)
    folder = "pictures/2024/07/Über _den_ See.jpg"
    assert files[folder] == body
    document = json.loads(files[f"{folder}.json"])
    assert (document["neural_gallery"], document["albums"]) == (1, ["Sea"])
    expected = {"title": "Sea", "description": "Blue", "taken_at": "2024-07-14T16:20:05", "visibility": "private"}
    assert expected.items() <= document["image"].items()
    assert document["image"]["location"]["latitude"] == -33.9249
    assert b"<exif:GPSLatitude>33,55.49400000S</exif:GPSLatitude>" in files[f"{folder}.xmp"]
    namesakes = [body for name, body in files.items() if name.lower().startswith("pictures/2026/01/a")]
    assert sorted(body for body in namesakes if body in twins) == sorted(twins)
    (kept,) = (json.loads(body) for name, body in files.items() if name.startswith("albums/"))
    assert (
        kept["album"] | {"title": "Sea", "order": "manual", "pictures": [picture.id], "cover": picture.id}
        == kept["album"]
    )
    assert json.loads(files["pictures/2026/01/c.jpg.json"])["image"]["trashed_at"]
    assert "README.txt" in files
    assert all(int(httpx.URL(part["url"]).params["X-Amz-Expires"]) == 3600 for part in answer.json["parts"])


def test_no_file_is_longer_than_it_may_be_and_none_is_missing(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPORT_BYTES", 40_000)
    bodies = [original(gallery, f"{number}.jpg", 9000)[1] for number in range(12)]
    asked(api, pool)
    happen(called)
    answer = asked(api, pool)
    assert len(answer.json["parts"]) > 3
    assert originals_in(saved(answer, gallery)) == sorted(bodies)
    monkeypatch.setattr(limits, "EXPORT_PICTURES", 5)
    table.delete_all([people.originals_key("anna")])
    asked(api, pool)
    happen(called)
    assert originals_in(saved(asked(api, pool), gallery)) == sorted(bodies)


def test_a_short_call_is_followed_by_others_until_all_is_there(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    bodies = [original(gallery, f"{number}.jpg")[1] for number in range(9)]
    asked(api, pool)
    for done in (3, 6):
        times = iter([NEVER_LATE] * 2 + [0] * 9)
        job = Job(**called.pop()["originals"])
        assert originals.make(job, lambda times=times: next(times)) == "more"  # type: ignore[misc]
        assert asked(api, pool).json == {"status": "pending", "done": done, "of": 9}
    assert happen(called) == ["done"]
    assert originals_in(saved(asked(api, pool), gallery)) == sorted(bodies)
    left = {key for key in gallery.objects() if key.startswith("parts/")}
    assert {key.rpartition(".")[2] for key in left} == {"zip", "json"}


@pytest.mark.fault("an export of originals is killed before any of its writes", "whoever goes on makes the same files")
@some_deaths
def test_an_export_killed_anywhere_is_finished_by_the_next(
    gallery: Gallery, api: Api, pool: Pool, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    monkeypatch.setattr(limits, "EXPORT_BYTES", 16_000)
    monkeypatch.setattr("gallery.jobs.exports._DEAD_SECONDS", -1)
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        bodies = [original(gallery, f"{number}.jpg", 5000)[1] for number in range(3)]
        asked(api, pool)
        events = list(called)
        with killed_before_write(death) as deaths:
            happen(called)
        called[:] = [*events, *called]
        happen(called)
        asked(api, pool)  # whoever waits for the files has a dead job gone on with
        happen(called)
        assert originals_in(saved(asked(api, pool), gallery)) == sorted(bodies)
        if len(deaths.writes) <= death:
            break
    assert death >= 20


@pytest.mark.fault("an event calls for the same export twice", "one process makes it, the other stops")
def test_one_export_is_made_at_a_time(api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]) -> None:
    _, body = original(gallery)
    asked(api, pool)
    asked(api, pool)
    assert len(called) == 1
    called *= 2
    assert happen(called) == ["done", "over"]
    assert originals_in(saved(asked(api, pool), gallery)) == [body]


@pytest.mark.fault("the unfinished upload of an export is gone", "its ZIP file is begun anew")
def test_a_file_whose_upload_was_given_up_is_begun_anew(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    bodies = [original(gallery, f"{number}.jpg")[1] for number in range(9)]
    asked(api, pool)
    times = iter([NEVER_LATE] * 5 + [0] * 9)
    originals.make(Job(**called.pop()["originals"]), lambda: next(times))
    for upload in gallery.s3.list_multipart_uploads(Bucket="gallery-test-media")["Uploads"]:
        gallery.s3.abort_multipart_upload(Bucket="gallery-test-media", Key=upload["Key"], UploadId=upload["UploadId"])
    assert happen(called) == ["done"]
    assert originals_in(saved(asked(api, pool), gallery)) == sorted(bodies)


def test_what_is_deleted_meanwhile_is_left_out(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    gone, lost, kept = (original(gallery, f"{number}.jpg") for number in range(3))
    asked(api, pool)
    originals.make(Job(**called.pop()["originals"]), lambda: 0)
    soft_delete(current(gone[0].id))
    gallery.s3.delete_object(Bucket="gallery-test-media", Key=f"originals/{lost[0].id}")
    happen(called)
    assert originals_in(saved(asked(api, pool), gallery)) == [kept[1]]


def test_files_are_handed_out_for_a_week_and_made_anew_on_request_after_a_day(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    original(gallery)
    asked(api, pool)
    happen(called)
    original(gallery, "b.jpg")
    assert [asked(api, pool).status, asked(api, pool, anew=True).status] == [200, 200]
    monkeypatch.setattr(limits, "EXPORT_AGAIN_SECONDS", -1)
    assert len(originals_in(saved(asked(api, pool), gallery))) == 1
    assert asked(api, pool, anew=True).status == 202
    happen(called)
    assert len(originals_in(saved(asked(api, pool), gallery))) == 2
    assert len([key for key in gallery.objects() if key.endswith(".zip")]) == 1


def test_an_export_is_one_s_own_alone(api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]) -> None:
    mine, body = original(gallery)
    people.get_or_create_person(Caller("ben"))
    bens = ticket(owner="ben", filename="ben.jpg")
    catalogue.change(bens, replace(bens, status="pending", content=CONTENT))
    gallery.put_original(bens.id, PHOTO)
    album = album_of("anna", people={"ben": "contributor"})
    for picture, sub in ((mine, "anna"), (bens, "ben")):
        membership.add(current(picture.id), album, sub, originals=None, since=now())
    assert api("POST", "/api/me/export", body={"originals": True}).status == 401
    assert api("POST", "/api/me/export", body={"all": True}, headers=pool.bearer("anna")).status == 422
    asked(api, pool)
    happen(called)
    files = saved(asked(api, pool), gallery)
    assert originals_in(files) == [body]
    assert not any(bens.id.encode() in content for content in files.values())


@pytest.mark.fault("an account is deleted while its originals are gathered", "no file, no part and no row is left")
def test_nothing_is_left_of_an_export_whose_person_leaves(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("block", "delete"):
        monkeypatch.setattr(f"gallery.aws.accounts.{name}", lambda _sub: None)
    for number in range(6):
        original(gallery, f"{number}.jpg")
    asked(api, pool)
    times = iter([NEVER_LATE] * 4 + [0] * 9)
    originals.make(Job(**called.pop()["originals"]), lambda: next(times))
    people.begin_erasure(people.get_or_create_person(Caller("anna")))
    assert resume("anna", lambda: NEVER_LATE) == "done"
    assert happen([event for event in called if "originals" in event]) == ["over"]
    assert not any(key.startswith("parts/") for key in gallery.objects())
    assert "Uploads" not in gallery.s3.list_multipart_uploads(Bucket="gallery-test-media")
    assert table.get(people.originals_key("anna")) is None


def test_who_has_nothing_gets_a_file_all_the_same(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    assert asked(api, pool).json == {"status": "pending", "done": 0, "of": 0}
    happen(called)
    assert list(saved(asked(api, pool), gallery)) == ["README.txt"]


def test_other_programs_open_the_files_and_read_the_sidecars(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]], tmp_path: Path
) -> None:
    original(gallery, "Über.jpg", title="Anna & <Ben>", owner_labels=["Otto"], taken_at="2024-07-14T16:20:05",
             taken_from="owner")  # fmt: skip
    asked(api, pool)
    happen(called)
    key = httpx.URL(asked(api, pool).json["parts"][0]["url"]).path.removeprefix("/")
    archive = tmp_path / "gallery.zip"
    archive.write_bytes(gallery.s3.get_object(Bucket="gallery-test-media", Key=key)["Body"].read())
    subprocess.run(["unzip", "-q", str(archive), "-d", str(tmp_path)], check=True)
    picture = tmp_path / "pictures/2024/07/Über.jpg"
    assert picture.stat().st_mode & 0o777 == 0o644
    read = subprocess.run(["exiftool", "-j", f"{picture}.xmp"], check=True, capture_output=True)
    (tags,) = json.loads(read.stdout)
    expected = {"Title": "Anna & <Ben>", "Subject": "Otto", "DateTimeOriginal": "2024:07:14 16:20:05"}
    assert expected.items() <= tags.items()


def test_more_originals_than_memory_holds_go_through_it_without_a_disk() -> None:
    with running_engine("ministack") as endpoint:
        cloud = {"AWS_ENDPOINT_URL": endpoint, "EXPORT_FUNCTION": "none", "PYTHONPATH": os.pathsep.join(sys.path)}
        ran = subprocess.run(
            [sys.executable, "-m", "tests.unit.exporting_much"],
            env=os.environ | ENVIRONMENT | cloud,
            capture_output=True,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr.decode()
    document = json.loads(ran.stdout)
    assert (document["originals"], document["ended"]) == (120_000_000, "done")
    assert [length > 20_000_000 for length in document["parts"]] == [True, True, True]
    assert document["grown"] < 60_000_000


@pytest.mark.parametrize("name", ["full", "plain", "place"])
def test_a_sidecar_is_what_the_command_line_writes_of_a_picture(name: str) -> None:
    examples = Path(__file__).parents[2] / "frontend/cli/export/examples"
    assert sidecars.xmp(json.loads((examples / f"{name}.json").read_text())) == (examples / f"{name}.xmp").read_bytes()


def test_an_album_with_an_order_by_hand_keeps_it(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    album = album_of("anna", order="manual")
    shown = [original(gallery, f"{number}.jpg")[0].id for number in range(5)]
    for image_id, rank in zip(shown, ("c", "e", "a", "d", "b"), strict=True):
        membership.add(current(image_id), album, "anna", originals=None, since=now())
        membership.rank(current(image_id), album.id, rank)
    assert albums.find(album.id)
    asked(api, pool)
    happen(called)
    files = saved(asked(api, pool), gallery)
    document = json.loads(files[f"albums/{album.id}.json"])["album"]["pictures"]
    assert document == [shown[1], shown[3], shown[0], shown[4], shown[2]]
