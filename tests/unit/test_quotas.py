"""How much one sender may ask for in an hour."""

from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.conftest import Answer, Api, Gallery, forget_clients
from tests.unit.faults import failing
from tests.unit.identity import Pool
from tests.unit.pictures import ticket

from gallery.aws import table
from gallery.pictures import catalogue, storage
from gallery.pictures.model import Content, Picture, pending

ORIGIN_SECRET = "51af3dc0-da77-11e4-872e-1234567b12db"
ON_THE_HOUR = 1_790_000_400 // 3600 * 3600


@pytest.fixture(autouse=True)
def ten_uploads_an_hour(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("UPLOADS_PER_HOUR", "10")
    environment.setenv("ORIGIN_SECRETS", ORIGIN_SECRET)
    at(environment, minute=48)
    forget_clients()


def at(environment: pytest.MonkeyPatch, minute: int) -> None:
    environment.setattr("gallery.api.quotas.time", SimpleNamespace(time=lambda: float(ON_THE_HOUR + 60 * minute)))


NEW = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000}
SHA256 = "a" * 64
KNOWN = {**NEW, "sha256": SHA256}
EMPTY = {**NEW, "size": 0}
FULL = "10 pictures an hour is the most one person may send: try again after "


def ask(api: Api, files: int = 1, address: str = "192.0.2.1", headers: dict[str, str] | None = None) -> Answer:
    return send(api, [NEW] * files, address, headers)


def send(
    api: Api, files: list[dict[str, Any]], address: str = "192.0.2.1", headers: dict[str, str] | None = None
) -> Answer:
    proved = {"x-origin-proof": ORIGIN_SECRET, "x-viewer-address": address, **(headers or {})}
    return api("POST", "/api/uploads", body={"files": files}, headers=proved)


def fates(answer: Answer) -> list[str]:
    """What became of each file: its status, or why it was rejected."""
    assert answer.status == 201, answer.text
    return [each.get("code", each["status"]) for each in answer.json["uploads"]]


def used(gallery: Gallery) -> list[int]:
    """How much is charged, to each sender."""
    return [row["used"] for row in gallery.rows() if row["pk"].startswith("LIMIT#uploads#")]


def test_more_than_ones_share_is_refused_until_the_hour_is_over(api: Api, environment: pytest.MonkeyPatch) -> None:
    assert ask(api, files=10).status == 201
    refused = ask(api)
    assert (refused.status, refused.headers["retry-after"]) == (429, "720")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json["detail"].endswith("Go on in 12 minutes.")
    at(environment, minute=60)
    assert ask(api).status == 201


def test_a_batch_is_filled_as_far_as_there_is_room(api: Api, gallery: Gallery) -> None:
    assert fates(ask(api, files=8)) == ["ready"] * 8
    answer = ask(api, files=3)
    assert fates(answer) == ["ready", "ready", "rate_limited"]
    ends = datetime.fromtimestamp(ON_THE_HOUR + 3600, UTC)
    assert answer.json["uploads"][2]["detail"] == f"{FULL}{ends:%H:%M} UTC."
    assert ask(api, files=2).status == 429
    assert fates(ask(api, files=11, address="192.0.2.2")) == ["ready"] * 10 + ["rate_limited"]
    assert len(gallery.objects()) == 20
    assert used(gallery) == [10, 10]


@pytest.fixture
def known(gallery: Gallery) -> Picture:  # noqa: ARG001 - where it is
    """A picture that the gallery has already."""
    content = Content(
        etag="e", media_type="image/jpeg", size=9, sha256=SHA256, width=4, height=3, color="#102030",
        placeholder="AAAA", rendition=1, extension="jpg",
    )  # fmt: skip
    picture = ticket()
    return catalogue.change(picture, pending(picture, content))


@pytest.mark.usefixtures("known")
def test_only_tickets_are_charged(api: Api, gallery: Gallery) -> None:
    assert fates(send(api, [KNOWN, EMPTY, NEW, KNOWN])) == ["duplicate", "not_an_image", "ready", "duplicate"]
    assert used(gallery) == [1]
    assert fates(send(api, [KNOWN, EMPTY])) == ["duplicate", "not_an_image"]
    assert used(gallery) == [1]


@pytest.mark.usefixtures("known")
def test_a_folder_of_mostly_known_pictures_goes_through_at_once(api: Api, gallery: Gallery) -> None:
    found = Counter(fate for _ in range(10) for fate in fates(send(api, [*[KNOWN] * 49, NEW])))
    assert found == {"duplicate": 490, "ready": 10}
    assert used(gallery) == [10]
    # What is known is still told apart once there is no room.
    assert fates(send(api, [KNOWN, NEW, EMPTY])) == ["duplicate", "rate_limited", "not_an_image"]


@pytest.mark.parametrize("operation", ["PutObject", "BatchWriteItem"])
def test_tickets_that_could_not_be_written_are_given_back(api: Api, gallery: Gallery, operation: str) -> None:
    service = storage.client() if operation == "PutObject" else table.client()
    with failing(service, operation, 99, 400, "AccessDenied"):
        assert ask(api, files=3).status == 500
    assert used(gallery) == [0]
    assert fates(ask(api, files=10)) == ["ready"] * 10


def test_nobody_uses_up_anothers_share(api: Api, pool: Pool) -> None:
    assert ask(api, files=10).status == ask(api, files=10, address="192.0.2.2").status == 201
    assert (
        ask(api, files=10, headers=pool.bearer("anna")).status
        == ask(api, files=10, headers=pool.bearer("ben")).status
        == 201
    )
    assert ask(api).status == ask(api, headers=pool.bearer("anna")).status == 429
    # An account takes its share along wherever it goes.
    assert ask(api, address="192.0.2.9", headers=pool.bearer("anna")).status == 429


def test_nobody_gets_another_share_by_writing_another_address(api: Api) -> None:
    found = [
        ask(api, files=5, address=f"192.0.2.{each}", headers={"x-origin-proof": "guess"}).status for each in range(3)
    ]
    assert found == [403, 403, 403], "past the distribution nobody is answered"


def test_admins_are_not_limited(api: Api, pool: Pool) -> None:
    assert [ask(api, files=10, headers=pool.bearer("root", groups=["admin"])).status for _ in range(2)] == [201, 201]


def test_what_is_kept_names_nobody_and_expires(api: Api, gallery: Gallery) -> None:
    ask(api)
    counts = [row for row in gallery.rows() if row["pk"].startswith("LIMIT#uploads#")]
    assert [row["expires_at"] for row in counts] == [ON_THE_HOUR + 2 * 3600]
    assert "192.0.2" not in str(gallery.rows())


def test_the_page_asks_for_no_more_at_once_than_one_may_have(api: Api) -> None:
    settings = api("GET", "/api/settings", headers={"x-origin-proof": ORIGIN_SECRET}).json
    assert settings["uploads"]["max_files"] == 10
    assert settings["limits"]["uploads_per_hour"] == 10


def test_without_a_limit_nothing_is_counted(api: Api, gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("UPLOADS_PER_HOUR")
    forget_clients()
    assert [ask(api, files=50).status for _ in range(2)] == [201, 201]
    assert "LIMIT#" not in str(gallery.rows())
