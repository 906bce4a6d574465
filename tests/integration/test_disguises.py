"""What is a picture and something else besides, or only claims to be one, sent to the deployed gallery."""

import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from tests.disguises import IMPOSTORS, POLYGLOTS, RAN, Disguise
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(180)]

Sent = dict[str, tuple[str, bytes]]


@pytest.fixture(scope="module")
def sent(local_cloud: LocalCloud) -> Sent:
    """Name of each disguise → id of the picture that it became, and what was sent."""
    every = [each.fresh for each in (*POLYGLOTS, *IMPOSTORS)]
    with ThreadPoolExecutor(4) as pool:
        ids = pool.map(lambda each: local_cloud.upload(each.name, each.body, each.claims), every)
        return {each.name: (image_id, each.body) for each, image_id in zip(every, ids, strict=True)}


@needs_model
@pytest.mark.parametrize("disguise", POLYGLOTS, ids=lambda each: each.name)
def test_what_the_site_shows_of_a_polyglot_is_a_picture_and_nothing_else(
    local_cloud: LocalCloud, sent: Sent, disguise: Disguise
) -> None:
    found = settled(local_cloud, sent[disguise.name][0])
    assert found["type"] == disguise.claims
    with local_cloud.http() as http:
        for size in ("small", "large"):
            shown = http.get(found["urls"][size])
            assert shown.status_code == 200
            assert shown.headers["content-type"] == "image/jpeg"
            assert shown.headers["x-content-type-options"] == "nosniff"
            assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"
            assert RAN.encode() not in shown.content


@pytest.mark.parametrize("disguise", IMPOSTORS, ids=lambda each: each.name)
def test_what_is_no_picture_is_never_shown(local_cloud: LocalCloud, sent: Sent, disguise: Disguise) -> None:
    found = settled(local_cloud, sent[disguise.name][0])
    assert (found["status"], found["urls"]["small"], found["urls"]["large"]) == ("failed", None, None)


@needs_model
@pytest.mark.parametrize("disguise", POLYGLOTS, ids=lambda each: each.name)
def test_a_picture_is_saved_as_the_type_that_it_is_without_what_hid_in_it_its_own_bytes_from_another_host(
    local_cloud: LocalCloud, sent: Sent, disguise: Disguise
) -> None:
    image_id, _ = sent[disguise.name]
    settled(local_cloud, image_id)
    with local_cloud.http() as http:
        there = http.get(f"/api/images/{image_id}/download").headers["location"]
    site = httpx.URL(local_cloud.site_url)
    made = (str(site.join("/media/")), str(site.join(f"/downloads/{image_id}/public-")))
    assert there.startswith(made) or httpx.URL(there).netloc != site.netloc
    saved = httpx.get(there)
    assert RAN.encode() not in saved.content
    assert saved.headers["content-type"] == disguise.claims.replace("gif", "jpeg")
    disposition = saved.headers["content-disposition"]
    assert re.match(r'attachment; filename="[^"]+\.(jpg|png)"', disposition), disposition


@needs_model
@pytest.mark.parametrize("disguise", IMPOSTORS, ids=lambda each: each.name)
def test_what_is_no_picture_is_saved_by_nobody_else(local_cloud: LocalCloud, sent: Sent, disguise: Disguise) -> None:
    image_id, _ = sent[disguise.name]
    settled(local_cloud, image_id)
    with local_cloud.http() as http:
        assert http.get(f"/api/images/{image_id}/download").status_code == httpx.codes.NOT_FOUND


@needs_model
@pytest.mark.parametrize("name", ["response-content-type", "response-content-disposition"])
def test_nobody_talks_an_original_into_another_type(local_cloud: LocalCloud, sent: Sent, name: str) -> None:
    settled(local_cloud, sent["comment.jpg.html"][0])
    with local_cloud.http() as http:
        there = http.get(f"/api/images/{sent['comment.jpg.html'][0]}/download").headers["location"]
    changed = httpx.get(str(httpx.URL(there).copy_set_param(name, "text/html")))
    assert changed.status_code == 403 or changed.headers["content-type"] == "image/jpeg"
    assert changed.headers.get("x-content-type-options", "nosniff") == "nosniff"
    plain = httpx.get(there.partition("?")[0])
    assert plain.headers["content-disposition"] == "attachment"
    assert "sandbox" in plain.headers["content-security-policy"]
