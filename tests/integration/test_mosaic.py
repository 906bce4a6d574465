"""Mosaics on the local cloud: real photographs, the real function, each with no more leave than it needs."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image
from tests.accounts import account
from tests.integration.uploads import upload
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model, some

from mosaic.color import lab

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(300), needs_model]

COUNT = 24
DESIGN: dict[str, Any] = {"tiles": "gallery", "tile_size": 16, "blend": 0.5, "width": 640}


@pytest.fixture(scope="module")
def photographs(local_cloud: LocalCloud) -> Iterator[dict[str, bytes]]:
    """Photographs that are there, by their ids; nothing of them is left afterwards."""
    found = {local_cloud.upload(name, content): content for name, content in unlike_others(COUNT)}
    for image_id in found:
        settled(local_cloud, image_id)
    yield found
    with local_cloud.http() as http:
        for image_id in found:
            http.delete(f"/api/images/{image_id}").raise_for_status()


def unlike_others(count: int) -> list[tuple[str, bytes]]:
    """Photographs whose bytes no other test has uploaded, lest they be taken for copies."""
    return [(name, content + b"for mosaics") for name, content in some(count)]


def asked(cloud: LocalCloud, image_id: str, headers: dict[str, str] | None = None, **words: Any) -> dict[str, Any]:  # noqa: ANN401
    """Ask for a mosaic and wait for what becomes of it."""
    design = DESIGN | words
    with cloud.http(headers=headers or {}) as http:
        first = http.post(f"/api/images/{image_id}/mosaic", json=design).raise_for_status()
        assert first.status_code in {200, 202}
        states: list[dict[str, Any]] = []

        def done() -> bool:
            states.append(http.get(f"/api/images/{image_id}/mosaic", params=design).raise_for_status().json())
            return bool(states[-1]["status"] != "pending")

        assert eventually(done, 60), states[-1]
    return states[-1]


def picture_at(cloud: LocalCloud, url: str) -> Image.Image:
    with cloud.http() as http:
        found = http.get(url).raise_for_status()
    assert found.headers["content-type"] == "image/jpeg"
    return Image.open(BytesIO(found.content)).convert("RGB")


def distance(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are from each other when both are seen small, in units of CIELAB."""
    small = [lab(np.asarray(each.resize((32, 32), Image.Resampling.BOX))) for each in (one, other)]
    return float(np.linalg.norm(small[0] - small[1], axis=-1).mean())


def test_a_photograph_is_made_of_the_others(local_cloud: LocalCloud, photographs: dict[str, bytes]) -> None:
    image_id, other = list(photographs)[:2]
    ready = asked(local_cloud, image_id)
    assert ready["status"] == "ready", ready
    mosaic = picture_at(local_cloud, ready["url"])
    assert mosaic.size == (16 * ready["columns"], 16 * ready["rows"])
    assert ready["columns"] == 40
    assert ready["tiles_used"] > COUNT // 2  # with other tests' pictures among them
    original, stranger = (Image.open(BytesIO(photographs[each])).convert("RGB") for each in (image_id, other))
    assert distance(mosaic, original) < distance(mosaic, stranger) / 2
    with local_cloud.http() as http:
        again = http.post(f"/api/images/{image_id}/mosaic", json=DESIGN)
    assert (again.status_code, again.json()) == (200, ready)


def test_the_colours_come_nearer_the_more_is_blended(local_cloud: LocalCloud, photographs: dict[str, bytes]) -> None:
    image_id = list(photographs)[2]
    original = Image.open(BytesIO(photographs[image_id])).convert("RGB")
    raw, blended = (
        distance(picture_at(local_cloud, asked(local_cloud, image_id, blend=blend)["url"]), original)
        for blend in (0, 1)
    )
    assert blended < raw / 2


@pytest.mark.usefixtures("photographs")
def test_a_private_mosaic_is_fetched_by_its_owner_alone(local_cloud: LocalCloud) -> None:
    owner = account(local_cloud)
    image_id = upload(local_cloud, owner, visibility="private")
    settled(local_cloud, image_id, owner.headers)
    ready = asked(local_cloud, image_id, owner.headers)
    assert ready["status"] == "ready", ready
    assert httpx.get(ready["url"]).status_code == 200
    assert httpx.get(ready["url"].partition("?")[0]).status_code == 403
    with local_cloud.http() as http:
        assert http.get(f"/api/images/{image_id}/mosaic", params=DESIGN).status_code == 404
        assert http.post(f"/api/images/{image_id}/mosaic", json=DESIGN).status_code == 404
        http.delete(f"/api/images/{image_id}", headers=owner.headers).raise_for_status()
    assert eventually(lambda: httpx.get(ready["url"]).status_code == 404, 60)


def test_a_mosaic_goes_with_its_picture(local_cloud: LocalCloud) -> None:
    name, content = unlike_others(COUNT + 1)[-1]
    image_id = local_cloud.upload(name, content)
    settled(local_cloud, image_id)
    url = asked(local_cloud, image_id)["url"]
    with local_cloud.http() as http:
        assert http.get(url).status_code == 200
        http.delete(f"/api/images/{image_id}").raise_for_status()
        assert eventually(lambda: http.get(url).status_code in {403, 404}, 60)
