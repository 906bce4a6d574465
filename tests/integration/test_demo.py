"""Demo mode on the local cloud: a sentence for a picture, of which nothing is to be found anywhere afterwards."""

from base64 import b64encode

import httpx
import pytest
from tests import photographs
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

from gallery import limits

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(180)]

JPEG = {"content-type": "image/jpeg"}


def kept(cloud: LocalCloud) -> set[str]:
    """The key of every row and every object there is, the sweeper's own bookmarks aside."""
    pages = cloud.client("dynamodb").get_paginator("scan").paginate(TableName=cloud.outputs["TableName"])
    keys = [(row["pk"]["S"], row["sk"]["S"]) for page in pages for row in page["Items"]]
    listing = cloud.client("s3").get_paginator("list_objects_v2")
    objects = [
        each["Key"]
        for bucket in ("MediaBucketName", "SiteBucketName")
        for page in listing.paginate(Bucket=cloud.outputs[bucket])
        for each in page.get("Contents", [])
    ]
    return {f"{pk} {sk}" for pk, sk in keys if pk != "SWEEPER"} | set(objects)


def at_rest(cloud: LocalCloud) -> set[str]:
    """What is kept once nobody is at work any more on what other tests have uploaded."""
    found = [kept(cloud)]

    def unchanged() -> bool:
        found.append(kept(cloud))
        return found[-1] == found[-2]

    assert eventually(unchanged, 60)
    return found[-1]


def log(cloud: LocalCloud) -> str:
    """All that the emulator and the function wrote."""
    name = "/aws/lambda/neural-gallery-local-classify"
    pages = cloud.client("logs").get_paginator("filter_log_events").paginate(logGroupName=name)
    return (cloud.data / "cloud.log").read_text() + "".join(
        each["message"] for page in pages for each in page["events"]
    )


def classify(cloud: LocalCloud, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    with cloud.http() as http:
        return http.post("/api/classify", content=body, headers=headers or JPEG)


@needs_model
def test_a_picture_is_classified_and_nothing_of_it_is_kept(local_cloud: LocalCloud) -> None:
    ((_, content),) = photographs.some(1)
    before = at_rest(local_cloud)
    answer = classify(local_cloud, content)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["caption"][0].isupper()
    assert len(answer.json()["results"]) == 5
    assert kept(local_cloud) <= before
    assert b64encode(content[:60]).decode() not in log(local_cloud)


@needs_model
def test_a_picture_of_exactly_the_limit_gets_through(local_cloud: LocalCloud) -> None:
    ((_, content),) = photographs.some(1)
    assert classify(local_cloud, content.ljust(limits.MAX_CLASSIFY_BYTES, b"\0")).status_code == 200


@pytest.mark.parametrize("larger_by", [1, 4_000_000, 20_000_000])
def test_a_larger_one_is_refused_in_the_words_of_the_contract(local_cloud: LocalCloud, larger_by: int) -> None:
    answer = classify(local_cloud, bytes(limits.MAX_CLASSIFY_BYTES + larger_by))
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert answer.json()["detail"].endswith(" MB.")


@needs_model
@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"Dear diary", JPEG, 422),
        (b"", JPEG, 422),
        (b"%PDF-1.7", JPEG, 415),
        (b"{}", {"content-type": "application/json"}, 415),
        (b"a=b", {"content-type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_what_is_no_picture_is_told_why(
    local_cloud: LocalCloud, body: bytes, headers: dict[str, str], status: int
) -> None:
    answer = classify(local_cloud, body, headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"].endswith((".", ")."))
