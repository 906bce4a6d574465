"""Who saves what of a picture, from where, under which name, and until when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import md5
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.exif import exif_put_into, plain, with_makers_notes
from tests.unit.identity import Pool
from tests.unit.pictures import annas

from gallery.aws import signing
from gallery.lifecycle import removal, revision
from gallery.pictures import catalogue, storage, takedowns
from gallery.pictures.filenames import saved_as
from gallery.pictures.model import Picture
from sweep.rules import RULES

ULID = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"


def stored(gallery: Gallery, body: bytes, media_type: str = "image/jpeg", **said: Any) -> Picture:  # noqa: ANN401
    """A picture of Anna's whose original is there."""
    picture = annas(**said)
    assert picture.content is not None
    etag = md5(body, usedforsecurity=False).hexdigest()
    gallery.put_original(picture.id, body)
    gallery.s3.put_object(Bucket="gallery-test-media", Key=f"media/{picture.id}/1-large.jpg", Body=b"large")
    content = replace(picture.content, etag=etag, media_type=media_type)
    return catalogue.change(picture, replace(picture, content=content))


def download(api: Api, picture: Picture, headers: dict[str, str] | None = None) -> dict[str, Any]:
    answer = api("GET", f"/api/images/{picture.id}/download", query={"format": "json"}, headers=headers or {})
    assert answer.status == 200, answer.text
    return dict(answer.json)


def place(found: dict[str, Any]) -> str:
    return urlsplit(str(found["url"])).path.lstrip("/")


def body_of(gallery: Gallery, found: dict[str, Any]) -> bytes:
    return bytes(gallery.s3.get_object(Bucket="gallery-test-media", Key=place(found))["Body"].read())


def parameter(found: dict[str, Any], name: str) -> str:
    return parse_qs(urlsplit(str(found["url"])).query)[name][0]


def test_others_save_a_file_of_its_own_and_the_owner_the_original(api: Api, gallery: Gallery, pool: Pool) -> None:
    body = with_makers_notes(plain("image/jpeg"))
    picture = stored(gallery, body)
    for headers in (pool.bearer("anna"), pool.bearer("root", groups=["admin"])):
        own = download(api, picture, headers)
        assert (place(own), own["original"], parameter(own, "X-Amz-Expires")) == (
            f"originals/{picture.id}", True, "3600",
        )  # fmt: skip
    for headers in (pool.bearer("eve"), {}):
        found = download(api, picture, headers)
        assert place(found).startswith(f"downloads/{picture.id}/")
        assert found["original"] is False
        assert b"sesame" not in body_of(gallery, found)


def test_a_cleaned_file_of_a_public_picture_is_saved_from_the_distribution(api: Api, gallery: Gallery) -> None:
    """S3 sends at ten times the price beyond what is free; from the page's host nothing opens but renditions."""
    picture = stored(gallery, plain("image/jpeg"), filename="a cät.jpg")
    assert picture.content
    found = download(api, picture)
    assert found["url"].startswith(
        f"https://gallery.example.org/downloads/{picture.id}/public-{picture.content.rendition}?"
    )
    assert parameter(found, "response-content-disposition").endswith("filename*=UTF-8''a%20c%C3%A4t.jpg")
    kept = gallery.s3.get_object(Bucket="gallery-test-media", Key=place(found))
    assert (kept["ContentType"], kept["ContentDisposition"]) == ("image/jpeg", "attachment")
    assert kept["CacheControl"] == "public, max-age=300, s-maxage=300"


def test_where_the_distribution_hears_of_no_name_s3_saves_what_is_public_too(
    api: Api, gallery: Gallery, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("DOWNLOADS_FROM_SITE", "false")
    forget_clients()
    found = download(api, stored(gallery, plain("image/jpeg")))
    assert parameter(found, "X-Amz-Expires") == "900"


def test_a_cleaned_file_of_a_private_picture_is_at_no_address_that_the_distribution_reads(gallery: Gallery) -> None:
    private = stored(gallery, plain("image/jpeg"), visibility="private")
    keys = [storage.download_key(private), storage.download_key(private, placed=True)]
    public = stored(gallery, plain("image/jpeg"))
    for key in (*keys, storage.download_key(public, placed=True)):
        assert key
        assert not storage.is_public(key)
        assert not key.rpartition("/")[2].startswith("public-")


def test_whoever_took_a_picture_away_and_was_killed_leaves_no_public_file_of_it(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever saw the picture knows its number, and with that where the file lies."""
    picture = stored(gallery, plain("image/jpeg"))
    assert picture.content
    file = storage.public_download_key(picture.id, picture.content.rendition)
    storage.write_download(file, b"for everybody", "image/jpeg")
    private = replace(picture, visibility="private")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as dying:
        dying.setattr(storage, "copy_rendition", lambda *_: True)
        dying.setattr(storage, "delete", die)
        with pytest.raises(KeyboardInterrupt):
            revision.revise(picture, private)
    monkeypatch.setattr(takedowns, "LONGEST_SECONDS", 0)
    assert takedowns.finish_some() == 1
    assert file not in gallery.objects()


def test_what_nobody_owns_is_anothers_even_for_who_sent_it(api: Api, gallery: Gallery) -> None:
    picture = stored(gallery, with_makers_notes(plain("image/jpeg")))
    unowned = catalogue.change(picture, replace(picture, owner=None))
    assert place(download(api, unowned)).startswith("downloads/")


def test_a_file_that_tells_nothing_is_given_byte_for_byte(api: Api, gallery: Gallery) -> None:
    body = plain("image/png")
    assert body_of(gallery, download(api, stored(gallery, body, "image/png"))) == body


def test_it_is_made_once(api: Api, gallery: Gallery) -> None:
    picture = stored(gallery, plain("image/jpeg"))
    first = download(api, picture)
    gallery.s3.delete_object(Bucket="gallery-test-media", Key=f"originals/{picture.id}")
    assert place(download(api, picture)) == place(first)


@pytest.mark.parametrize(
    ("media_type", "body"),
    [("image/gif", b"GIF89a"), ("image/jpeg", exif_put_into(plain("image/jpeg"), b"MM\0*\0\0\xff\xff"))],
    ids=["of another format", "odd"],
)
def test_instead_of_what_cannot_be_cleaned_others_get_the_large_rendition(
    api: Api, gallery: Gallery, media_type: str, body: bytes
) -> None:
    picture = stored(gallery, body, media_type, filename="cat.gif")
    for _ in range(2):
        found = download(api, picture)
        assert body_of(gallery, found) == b"large"
        assert (found["filename"], parameter(found, "response-content-type")) == ("cat.jpg", "image/jpeg")


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_a_public_rendition_is_saved_from_the_distribution_and_a_private_one_by_a_signed_address(
    api: Api, gallery: Gallery, environment: pytest.MonkeyPatch, pool: Pool, visibility: Literal["public", "private"]
) -> None:
    """S3's own bytes cost, are kept nowhere, and nothing bounds them; a private one is nobody's but by signature."""
    environment.setenv("ORIGINALS_DOWNLOADABLE", "false")
    forget_clients()
    picture = stored(gallery, plain("image/jpeg"), filename="a cät.jpg", visibility=visibility)
    if visibility == "private":
        assert api("GET", f"/api/images/{picture.id}/download").status == 404
        assert "X-Amz-Signature" in download(api, picture, pool.bearer("anna"))["url"]
        return
    found = download(api, picture)
    split = urlsplit(found["url"])
    assert f"{split.scheme}://{split.netloc}" == "https://gallery.example.org"
    assert split.path == f"/media/{picture.id}/1-large.jpg"
    assert "X-Amz" not in split.query
    assert parameter(found, "response-content-disposition").endswith("filename*=UTF-8''a%20c%C3%A4t.jpg")
    redirect = api("GET", f"/api/images/{picture.id}/download")
    assert (redirect.status, redirect.headers["location"]) == (302, found["url"])


@pytest.mark.parametrize("taken_away", ["hidden", "private", "deleted"])
def test_no_address_given_to_others_works_once_the_picture_is_taken_away(
    api: Api, gallery: Gallery, taken_away: str
) -> None:
    picture = stored(gallery, plain("image/jpeg"))
    for size in ("small", "large"):
        gallery.s3.put_object(Bucket="gallery-test-media", Key=f"media/{picture.id}/1-{size}.jpg", Body=b"x")
    found = download(api, picture)
    assert place(found) in gallery.objects()
    match taken_away:
        case "hidden":
            revision.hide(lambda: catalogue.find(picture.id) or picture)
        case "private":
            revision.revise(picture, replace(picture, visibility="private"))
        case _:
            removal.soft_delete(picture)
    assert place(found) not in gallery.objects()
    assert api("GET", f"/api/images/{picture.id}/download").status == 404


def test_a_picture_taken_away_while_the_file_is_made_leaves_none(
    api: Api, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from images import downloads  # noqa: PLC0415 - after the environment is set

    picture = stored(gallery, plain("image/jpeg"))

    def hidden_meanwhile(body: bytes, _: str) -> bytes:
        catalogue.change(picture, replace(picture, visibility="private"))
        return body

    monkeypatch.setattr(downloads, "stripped", hidden_meanwhile)
    assert api("GET", f"/api/images/{picture.id}/download").status == 404
    assert not [key for key in gallery.objects() if key.startswith("downloads/")]


def test_a_picture_that_is_given_other_renditions_while_the_file_is_made_keeps_none_of_the_former(
    api: Api, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from images import downloads  # noqa: PLC0415 - after the environment is set

    picture = stored(gallery, plain("image/jpeg"))
    assert picture.content
    moved = replace(picture, content=replace(picture.content, rendition=2))

    def renewed_meanwhile(body: bytes, _: str) -> bytes:
        catalogue.change(picture, moved)
        return body

    monkeypatch.setattr(downloads, "stripped", renewed_meanwhile)
    assert api("GET", f"/api/images/{picture.id}/download").status == 404
    assert not [key for key in gallery.objects() if key.startswith("downloads/")]


def test_the_sweeper_deletes_files_of_what_is_no_longer_public(gallery: Gallery) -> None:
    public, private = stored(gallery, b"a"), stored(gallery, b"b", visibility="private")
    for picture in (public, private):
        assert picture.content is not None
        key = f"downloads/{picture.id}/{picture.content.etag}"
        gallery.s3.put_object(Bucket="gallery-test-media", Key=key, Body=b"x")
    RULES["downloads"](None)
    assert {key.split("/")[1] for key in gallery.objects() if key.startswith("downloads/")} == {public.id}


@pytest.mark.parametrize(
    ("name", "media_type", "saved"),
    [
        ("cat.jpg", "image/heic", "cat.heic"),
        ("Cat.JPEG", "image/jpeg", "Cat.JPEG"),
        ("image:1641", "image/jpeg", "image_1641.jpg"),
        ("cat.html", "image/jpeg", "cat.jpg"),
        ("cat.jpg.exe", "image/jpeg", "cat.jpg"),
        ("desktop.ini", "image/png", "desktop.png"),
        ("x.lnk", "image/webp", "x.webp"),
        ("con.jpg", "image/jpeg", "_con.jpg"),
        ("LPT1.foo.jpg", "image/jpeg", "_LPT1.foo.jpg"),
        ("2024.07.14", "image/jpeg", "2024.07.14.jpg"),
        ("../../etc/passwd", "image/jpeg", "_.._etc_passwd.jpg"),
        ("..", "image/jpeg", f"{ULID}.jpg"),
        (None, "image/jpeg", f"{ULID}.jpg"),
        (".bashrc", "image/jpeg", f"{ULID}.jpg"),
        ("\u202egpj.exe", "image/jpeg", "gpj.jpg"),
        ("\x1b[31mred\0.png", "image/png", "[31mred.png"),
        ("Kätzchen 猫.png", "image/png", "Kätzchen 猫.png"),
        ("what.ever", "application/octet-stream", "what.bin"),
    ],
)
def test_a_name_has_the_ending_of_what_the_file_is(name: str | None, media_type: str, saved: str) -> None:
    assert saved_as(name, ULID, media_type) == saved


def test_a_name_is_never_too_long_for_a_file_system() -> None:
    assert len(saved_as("猫" * 200, ULID, "image/heic").encode()) <= 210


@pytest.mark.parametrize("token", [None, "a/token+of=Lambda"])
@pytest.mark.usefixtures("gallery")
def test_an_address_of_a_private_rendition_is_the_same_for_five_minutes(
    environment: pytest.MonkeyPatch, token: str | None
) -> None:
    if token:
        environment.setenv("AWS_SESSION_TOKEN", token)
    environment.setattr("boto3.DEFAULT_SESSION", None)
    forget_clients()
    begun = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    found = []
    for seconds in (0, 299, 300):
        environment.setattr(signing, "datetime", at(begun + timedelta(seconds=seconds)))
        found.append(storage.lasting_address("private/x/1-small.jpg", seconds=900))
    assert found[0] == found[1] != found[2]
    environment.setattr("botocore.auth.get_current_datetime", lambda: begun)
    by_the_sdk = storage.address("private/x/1-small.jpg", seconds=900)
    assert parse_qs(urlsplit(found[0]).query) == parse_qs(urlsplit(by_the_sdk).query)
    assert urlsplit(found[0]).path == urlsplit(by_the_sdk).path


def at(moment: datetime) -> type[datetime]:
    """A clock that stands still."""

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Still":
            return cls.fromtimestamp(moment.timestamp(), tz)

    return Still
