"""What hides in a picture never gets further than its original; what is no picture is told by its content."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from tests.disguises import FORBIDDEN_TYPES, IMPOSTORS, POLYGLOTS, RAN, Disguise
from tests.unit.conftest import Api
from tests.unit.identity import Pool

from caption.examine import Rejected, examine
from gallery.pictures import catalogue
from gallery.pictures.model import Content, Failure, failed, pending


def names(disguise: Disguise) -> str:
    return disguise.name


@pytest.mark.parametrize("disguise", POLYGLOTS, ids=names)
def test_nothing_that_hides_in_a_picture_is_left_in_what_is_shown_of_it(disguise: Disguise) -> None:
    found = examine(disguise.body)
    assert found.media_type == disguise.claims
    for shown in (found.small, found.large, found.tile.image):
        assert RAN.encode() in disguise.body
        assert RAN.encode() not in shown
        with Image.open(BytesIO(shown)) as picture:
            assert (picture.format, picture.info.get("comment")) == ("JPEG", None)


@pytest.mark.parametrize("disguise", IMPOSTORS, ids=names)
def test_what_claims_to_be_a_picture_and_is_none_is_refused(disguise: Disguise) -> None:
    with pytest.raises(Rejected) as refused:
        examine(disguise.body)
    assert refused.value.code in {"not_an_image", "unsupported_format"}


@pytest.mark.parametrize("media_type", FORBIDDEN_TYPES)
def test_no_ticket_is_given_to_what_browsers_would_run(api: Api, media_type: str) -> None:
    file = {"name": "a.jpg", "type": media_type, "size": 100}
    (answer,) = api("POST", "/api/uploads", body={"files": [file]}).json["uploads"]
    assert (answer["status"], answer["code"]) == ("rejected", "unsupported_format")


@pytest.mark.parametrize(
    ("said", "stored_as"),
    [
        ("", "application/octet-stream"),
        ("application/octet-stream", "application/octet-stream"),
        ("binary/octet-stream", "application/octet-stream"),
        ("image/jpg", "image/jpeg"),
        ("IMAGE/PJPEG; name=a.jpg", "image/jpeg"),
        ("image/x-ms-bmp", "image/bmp"),
        ("image/x-png", "image/png"),
        ("image/heic-sequence", "application/octet-stream"),
        ("image/vnd.microsoft.icon", "application/octet-stream"),
        ("image/unheard-of", "application/octet-stream"),
    ],
)
def test_an_odd_type_gets_a_ticket_for_a_harmless_one(api: Api, said: str, stored_as: str) -> None:
    file = {"name": "a.jpg", "type": said, "size": 100}
    (answer,) = api("POST", "/api/uploads", body={"files": [file]}).json["uploads"]
    assert (answer["status"], answer["fields"]["Content-Type"]) == ("ready", stored_as)


@pytest.mark.parametrize("media_type", ["image/", "image/*", "image/svg", "image/svg+xml;a=b", "video/mp4"])
def test_a_type_that_is_no_pictures_gets_none(api: Api, media_type: str) -> None:
    file = {"name": "a.jpg", "type": media_type, "size": 100}
    (answer,) = api("POST", "/api/uploads", body={"files": [file]}).json["uploads"]
    assert (answer["status"], answer["code"]) == ("rejected", "unsupported_format")


def ticket(api: Api, name: str) -> str:
    file = {"name": name, "type": "image/jpeg", "size": 100}
    (answer,) = api("POST", "/api/uploads", body={"files": [file]}).json["uploads"]
    return str(answer["image_id"])


PNG = Content(
    etag="e", media_type="image/png", size=9, sha256="0" * 64, width=4, height=3, color="#102030",
    placeholder="AAAA", rendition=1, extension="jpg",
)  # fmt: skip


def download_name(api: Api, image_id: str, pool: Pool) -> str:
    admin = pool.bearer("root", groups=["admin"])
    query = api("GET", f"/api/images/{image_id}/download", headers=admin).headers["location"]
    return query.partition("filename%3D%22")[2].partition("%22")[0]


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("dog.png", "dog.png"),
        ("DOG.PNG", "DOG.PNG"),
        ("dog.heic", "dog.png"),
        ("dog", "dog.png"),
        ("dog.jpg.html", "dog.png"),
        ("dog.HTA", "dog.png"),
        ("dog.svg", "dog.png"),
        ("dog.exe.", "dog.png"),
    ],
)
def test_a_picture_is_saved_under_the_name_of_a_picture(api: Api, pool: Pool, name: str, saved_as: str) -> None:
    picture = catalogue.find(ticket(api, name))
    assert picture is not None
    catalogue.change(picture, pending(picture, PNG))
    assert download_name(api, picture.id, pool) == saved_as


@pytest.mark.parametrize(
    ("title", "saved_as"),
    [("Dr.No", "Dr.No.png"), ("Sommer_2024", "Sommer_2024.png"), ("cat.html", "cat.html.png")],
)
def test_a_picture_with_a_title_is_saved_under_its_title(api: Api, pool: Pool, title: str, saved_as: str) -> None:
    picture = catalogue.find(ticket(api, "IMG_1234.JPG"))
    assert picture is not None
    catalogue.change(picture, replace(pending(picture, PNG), title=title))
    assert download_name(api, picture.id, pool) == saved_as


def test_what_is_no_picture_is_saved_as_nothing_that_runs(api: Api, pool: Pool) -> None:
    picture = catalogue.find(ticket(api, "dog.hta"))
    assert picture is not None
    catalogue.change(picture, failed(picture, "e", Failure("not_an_image", "No.")))
    assert download_name(api, picture.id, pool) == "dog.bin"
    assert api("GET", f"/api/images/{picture.id}/download").status == 404
