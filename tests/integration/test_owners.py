"""Whose a picture is, with real accounts of the local cloud's pool: who sees it, changes it, where its bytes lie."""

import httpx
import pytest
from tests.accounts import Account, account
from tests.integration.stored import objects_of
from tests.integration.uploads import patched, seen, upload
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def anna(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


@pytest.fixture(scope="module")
def eve(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


@needs_model
def test_a_private_picture_is_its_owners_alone(
    local_cloud: LocalCloud, anna: Account, eve: Account, admin: Account
) -> None:
    image_id = upload(local_cloud, anna, visibility="private", title="Mine")
    mine = settled(local_cloud, image_id, headers=anna.headers)
    assert (mine["status"], mine["visibility"], mine["title"]) == ("captioned", "private", "Mine")
    assert seen(local_cloud, image_id, admin)
    assert seen(local_cloud, image_id, eve) is None
    assert seen(local_cloud, image_id, None) is None
    with local_cloud.http() as http:
        assert image_id not in http.get("/api/images", params={"limit": "100"}).text
        assert image_id not in http.get("/api/images", params={"owner": mine["owner"]}).text
        for key in objects_of(local_cloud, image_id):
            answer = http.get(f"/{key}")
            assert answer.status_code in {403, 404} or "text/html" in answer.headers["content-type"]
    assert httpx.get(mine["urls"]["small"]).status_code == 200
    assert httpx.get(mine["urls"]["small"].split("?")[0]).status_code == 403


@needs_model
def test_the_bucket_gives_and_takes_nothing_without_a_signed_address(local_cloud: LocalCloud, anna: Account) -> None:
    bucket = f"{local_cloud.endpoint}/{local_cloud.outputs['MediaBucketName']}"
    for visibility in ("private", "public"):
        image_id = upload(local_cloud, anna, visibility=visibility, title=visibility)
        mine = settled(local_cloud, image_id, headers=anna.headers)
        keys = objects_of(local_cloud, image_id)
        assert len(keys) == 3, "original, record, and one rendition of so small a picture"
        signed = f"?{httpx.URL(mine['urls']['large']).query.decode()}" if visibility == "private" else ""
        for key in keys:
            assert httpx.get(f"{bucket}/{key}").status_code == 403
            assert httpx.put(f"{bucket}/{key}", content=b"Eve's").status_code == 403
            assert httpx.delete(f"{bucket}/{key}").status_code == 403
            if mine["urls"]["large"].split("?")[0] != f"{bucket}/{key}":
                assert httpx.get(f"{bucket}/{key}{signed}").status_code == 403, "signed for another object"
        assert objects_of(local_cloud, image_id) == keys
        assert httpx.get(f"{bucket}?list-type=2&prefix=originals/").status_code == 403


@needs_model
def test_hiding_and_showing_moves_the_bytes(local_cloud: LocalCloud, anna: Account) -> None:
    image_id = upload(local_cloud, anna)
    shown = settled(local_cloud, image_id, headers=anna.headers)
    with local_cloud.http() as http:
        assert http.get(shown["urls"]["small"]).status_code == 200
        hidden = patched(local_cloud, image_id, anna, shown["version"], visibility="private").json()
        assert http.get(shown["urls"]["small"]).status_code in {403, 404}
        assert httpx.get(hidden["urls"]["large"]).status_code == 200
        again = patched(local_cloud, image_id, anna, hidden["version"], visibility="public").json()
        assert http.get(again["urls"]["small"]).status_code == 200


@needs_model
def test_only_the_owner_and_admins_change_a_picture(
    local_cloud: LocalCloud, anna: Account, eve: Account, admin: Account
) -> None:
    image_id = upload(local_cloud, anna)
    found = settled(local_cloud, image_id, headers=anna.headers)
    assert patched(local_cloud, image_id, eve, found["version"], title="Eve's").status_code == 403
    named = patched(local_cloud, image_id, anna, found["version"], title="Anna's", labels=["my dog"])
    assert (named.status_code, named.json()["labels"][0]["source"]) == (200, "owner")
    assert patched(local_cloud, image_id, anna, found["version"], title="stale").status_code == 412
    with local_cloud.http(headers=eve.headers) as http:
        assert http.delete(f"/api/images/{image_id}").status_code == 403
        assert [each["id"] for each in http.get("/api/images", params={"label": "my dog"}).json()["images"]] == [
            image_id
        ]
    with local_cloud.http(headers=admin.headers) as http:
        assert http.delete(f"/api/images/{image_id}").status_code == 204


def test_a_foreign_or_broken_token_is_refused_by_the_deployed_gallery(local_cloud: LocalCloud, anna: Account) -> None:
    head, body, signature = anna.token.split(".")
    for token in ("nonsense", f"{head}.{body}.{signature[:-4]}AAAA", f"eyJhbGciOiJub25lIn0.{body}."):
        with local_cloud.http(headers={"authorization": f"Bearer {token}"}) as http:
            answer = http.get("/api/images")
            assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
