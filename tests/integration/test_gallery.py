"""The main job, end to end on the local cloud: what is uploaded gets its caption, and what is deleted is gone."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from tests import photographs
from tests.integration.stored import objects_of, rows_of
from tests.integration.waiting import all_taken, image, settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(300)]


def upload_all(cloud: LocalCloud, pictures: Sequence[tuple[str, bytes]]) -> list[str]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda each: cloud.upload(*each), pictures))


def all_captioned(cloud: LocalCloud, ids: Sequence[str]) -> bool:
    with cloud.http() as http:
        pages = [ids[start : start + 100] for start in range(0, len(ids), 100)]
        found = [http.get("/api/images", params={"ids": ",".join(page)}).json()["images"] for page in pages]
    return [each["status"] for page in found for each in page] == ["captioned"] * len(ids)


@needs_model
def test_an_uploaded_photograph_gets_caption_labels_and_renditions(local_cloud: LocalCloud) -> None:
    ((name, content),) = photographs.some(1)
    found = settled(local_cloud, local_cloud.upload(name, content))
    assert found["status"] == "captioned"
    assert found["caption"][0].isupper()
    assert " " in found["caption"]
    assert 1 <= len(found["labels"]) <= 10
    assert (found["filename"], found["type"], found["size"]) == (name, "image/jpeg", len(content))
    with local_cloud.http() as http:
        for size in ("small", "large"):
            rendition = http.get(found["urls"][size])
            assert rendition.status_code == 200
            assert rendition.headers["content-type"].startswith("image/")
        original = http.get(found["urls"]["original"], follow_redirects=True)
    assert original.content == content
    assert name in original.headers["content-disposition"]


@needs_model
@pytest.mark.parametrize("many", [50, pytest.param(200, marks=pytest.mark.slow)])
def test_many_at_once_are_all_captioned_each_exactly_once(local_cloud: LocalCloud, many: int) -> None:
    ids = upload_all(local_cloud, photographs.some(many))
    assert eventually(lambda: all_captioned(local_cloud, ids), 120)
    listed: list[str] = []
    with local_cloud.http() as http:
        cursor = None
        while cursor is not None or not listed:
            page = http.get("/api/images", params={"limit": "100", **({"cursor": cursor} if cursor else {})}).json()
            listed += [each["id"] for each in page["images"]]
            cursor = page["next_cursor"]
    assert listed == sorted(set(listed), reverse=True)
    assert set(ids) <= set(listed)
    # The ticket is version 1, the caption version 2: nothing was written a second time.
    assert {image(local_cloud, each)["version"] for each in ids} == {2}


@needs_model
def test_deleting_removes_a_picture_everywhere(local_cloud: LocalCloud) -> None:
    image_id = local_cloud.upload(*photographs.some(1)[0])
    found = settled(local_cloud, image_id)
    assert len(objects_of(local_cloud, image_id)) == 3, "original, record, and one rendition of so small a picture"
    with local_cloud.http() as http:
        assert http.delete(f"/api/images/{image_id}").status_code == 204
        assert http.get(f"/api/images/{image_id}").status_code == 404
        assert http.get(found["urls"]["small"]).status_code in {403, 404}
        assert image_id not in http.get("/api/images", params={"limit": "100"}).text
    assert objects_of(local_cloud, image_id) == []
    assert {row["status"]["S"] for row in rows_of(local_cloud, image_id) if "status" in row} == {"deleted"}


def test_deleting_before_the_caption_leaves_nothing(local_cloud: LocalCloud) -> None:
    image_id = local_cloud.upload(*photographs.some(1)[0])
    with local_cloud.http() as http:
        assert http.delete(f"/api/images/{image_id}").status_code == 204
    settled(local_cloud, local_cloud.upload("later.jpg", b"no picture"))  # whose event comes after that of the first
    assert all_taken(local_cloud)
    assert objects_of(local_cloud, image_id) == []


@needs_model
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("notes.jpg", b"Dear diary, this is no photograph at all.\n" * 50, "not_an_image"),
        ("page.jpg", b"<!doctype html><script>alert(1)</script>" * 50, "not_an_image"),
    ],
)
def test_what_is_no_picture_fails_with_a_reason_and_stops_nothing_else(
    local_cloud: LocalCloud, name: str, content: bytes, code: str
) -> None:
    bad, good = local_cloud.upload(name, content), local_cloud.upload(*photographs.some(1)[0])
    found = settled(local_cloud, bad)
    assert (found["status"], found["failure"]["code"]) == ("failed", code)
    assert found["failure"]["detail"].endswith(".")
    assert settled(local_cloud, good)["status"] in {"captioned", "pending"}


def test_a_cut_off_picture_is_told_from_a_whole_one(local_cloud: LocalCloud) -> None:
    ((name, content),) = photographs.some(1)
    found = settled(local_cloud, local_cloud.upload(name, content[: len(content) // 2]))
    assert (found["status"], found["failure"]["code"]) == ("failed", "truncated")


def test_bytes_other_than_announced_are_refused(local_cloud: LocalCloud) -> None:
    ((name, content),) = photographs.some(1)
    file = {"name": name, "type": "image/jpeg", "size": len(content), "sha256": "0" * 64}
    with local_cloud.http() as http:
        (ticket,) = http.post("/api/uploads", json={"files": [file]}).json()["uploads"]
    httpx.post(ticket["url"], data=ticket["fields"], files={"file": (name, content)}).raise_for_status()
    assert settled(local_cloud, ticket["image_id"])["failure"]["code"] == "checksum_mismatch"


@pytest.mark.parametrize(
    ("change", "content"),
    [
        ({}, b""),
        ({}, b"x" * (50 * 1024 * 1024 + 1)),
        ({"Content-Type": "text/html"}, b"x"),
        ({"key": "originals/somewhere-else"}, b"x"),
        ({"key": "media/somewhere-else"}, b"x"),
        ({"policy": "e30="}, b"x"),
    ],
    ids=["empty", "too large", "another type", "another key", "the CDN's folder", "another policy"],
)
def test_a_ticket_lets_in_nothing_but_what_it_is_for(
    local_cloud: LocalCloud, change: dict[str, str], content: bytes
) -> None:
    with local_cloud.http() as http:
        file = {"name": "a.jpg", "type": "image/jpeg", "size": 10}
        (ticket,) = http.post("/api/uploads", json={"files": [file]}).json()["uploads"]
    answer = httpx.post(
        ticket["url"], data={**ticket["fields"], **change}, files={"file": ("a.jpg", content)}, timeout=60
    )
    assert 400 <= answer.status_code < 500
    assert objects_of(local_cloud, ticket["image_id"]) == [f"records/{ticket['image_id']}.json"]


def test_originals_records_and_private_pictures_are_not_served(local_cloud: LocalCloud) -> None:
    image_id = local_cloud.upload(*photographs.some(1)[0])
    bucket = local_cloud.outputs["MediaBucketName"]
    with local_cloud.http() as http:
        for path in (f"/media/../originals/{image_id}", f"/originals/{image_id}", f"/records/{image_id}.json"):
            answer = http.get(path)
            assert answer.status_code in {400, 403, 404} or "text/html" in answer.headers["content-type"]
    for key in (f"originals/{image_id}", f"records/{image_id}.json"):
        assert httpx.get(f"{local_cloud.endpoint}/{bucket}/{key}").status_code == 403
