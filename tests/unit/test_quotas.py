"""How much one sender may ask for in an hour."""

from types import SimpleNamespace

import pytest
from tests.unit.conftest import Answer, Api, Gallery, forget_clients
from tests.unit.identity import Pool

PROOF = "51af3dc0-da77-11e4-872e-1234567b12db"
ON_THE_HOUR = 1_790_000_400 // 3600 * 3600


@pytest.fixture(autouse=True)
def ten_uploads_an_hour(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("UPLOADS_PER_HOUR", "10")
    environment.setenv("ORIGIN_PROOF", PROOF)
    at(environment, minute=48)
    forget_clients()


def at(environment: pytest.MonkeyPatch, minute: int) -> None:
    environment.setattr("gallery.quotas.time", SimpleNamespace(time=lambda: float(ON_THE_HOUR + 60 * minute)))


def ask(api: Api, files: int = 1, address: str = "192.0.2.1", headers: dict[str, str] | None = None) -> Answer:
    photo = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000}
    proved = {"x-origin-proof": PROOF, "x-viewer-address": address, **(headers or {})}
    return api("POST", "/api/uploads", body={"files": [photo] * files}, headers=proved)


def test_more_than_ones_share_is_refused_until_the_hour_is_over(api: Api, environment: pytest.MonkeyPatch) -> None:
    assert ask(api, files=10).status == 201
    refused = ask(api)
    assert (refused.status, refused.headers["retry-after"]) == (429, "720")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json["detail"].endswith("Go on in 12 minutes.")
    at(environment, minute=60)
    assert ask(api).status == 201


def test_a_refused_request_counts_for_nothing(api: Api, gallery: Gallery) -> None:
    assert [ask(api, files=each).status for each in (8, 3, 2)] == [201, 429, 201]
    assert ask(api, files=11, address="192.0.2.2").status == 429
    assert len(gallery.objects()) == 10


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
    assert found == [201, 201, 429]


def test_admins_are_not_limited(api: Api, pool: Pool) -> None:
    assert [ask(api, files=10, headers=pool.bearer("root", groups=["admin"])).status for _ in range(2)] == [201, 201]


def test_what_is_kept_names_nobody_and_expires(api: Api, gallery: Gallery) -> None:
    ask(api)
    counts = [row for row in gallery.rows() if row["pk"]["S"].startswith("LIMIT#uploads#")]
    assert [int(row["expires_at"]["N"]) for row in counts] == [ON_THE_HOUR + 2 * 3600]
    assert "192.0.2" not in str(gallery.rows())


def test_the_page_asks_for_no_more_at_once_than_one_may_have(api: Api) -> None:
    assert api("GET", "/api/settings").json["uploads"]["max_files"] == 10


def test_without_a_limit_nothing_is_counted(api: Api, gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("UPLOADS_PER_HOUR")
    forget_clients()
    assert [ask(api, files=50).status for _ in range(2)] == [201, 201]
    assert "LIMIT#" not in str(gallery.rows())
