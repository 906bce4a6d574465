"""Votes, what admins read from them, and the counter, on the deployed gallery."""

import csv
import io
import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from tests.accounts import Account, account
from tests.integration.votes import give
from tests.local_cloud import LocalCloud, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def anna(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


@pytest.fixture
def query() -> str:
    """A query that nobody asked before."""
    return f"Dogs {secrets.token_hex(8)}"


def tickets(cloud: LocalCloud, count: int) -> list[str]:
    """Pictures of which only the tickets exist, which is enough to vote on them."""
    files = [{"name": f"{number}.jpg", "type": "image/jpeg", "size": 1000} for number in range(count)]
    with cloud.http() as http:
        answer = http.post("/api/uploads", json={"files": files}).raise_for_status()
    return sorted(each["image_id"] for each in answer.json()["uploads"])


def read(cloud: LocalCloud, admin: Account, query: str) -> dict[str, Any]:
    with cloud.http(headers=admin.headers) as http:
        (found,) = http.get("/api/analytics", params={"query": query}).raise_for_status().json()["feedback"]
    return dict(found)


def test_each_person_counts_once_and_may_think_again(
    local_cloud: LocalCloud, anna: Account, admin: Account, query: str
) -> None:
    dog, cat = tickets(local_cloud, 2)
    for _ in range(2):
        give(local_cloud, query, positive=[dog], negative=[cat])
    give(local_cloud, query.lower(), by=anna, positive=[dog, cat])
    give(local_cloud, query, by=anna, negative=[cat])
    found = read(local_cloud, admin, query)
    assert found["query"] == query
    assert found["positive"] == [{"image_id": dog, "count": 2}]
    assert found["negative"] == [{"image_id": cat, "count": 2}]
    assert [(each["positive"], each["negative"]) for each in found["daily"]] == [(2, 2)]


def test_nobody_gets_more_votes_by_claiming_other_addresses(
    local_cloud: LocalCloud, admin: Account, query: str
) -> None:
    (dog,) = tickets(local_cloud, 1)
    for number in range(3):
        forged = {"x-viewer-address": f"192.0.2.{number}", "x-forwarded-for": f"192.0.2.{number}"}
        give(local_cloud, query, headers=forged, positive=[dog])
    assert read(local_cloud, admin, query)["positive"] == [{"image_id": dog, "count": 1}]


def test_the_distribution_and_the_function_agree_on_the_proof(local_cloud: LocalCloud) -> None:
    distribution = local_cloud.client("cloudfront").get_distribution(Id=local_cloud.outputs["DistributionId"])
    origins = distribution["Distribution"]["DistributionConfig"]["Origins"]["Items"]
    (sent,) = [header for each in origins for header in each.get("CustomHeaders", {}).get("Items", [])]
    functions, name = local_cloud.client("lambda"), local_cloud.outputs["FeedbackFunctionName"]
    expected = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]["ORIGIN_SECRETS"]
    assert (sent["HeaderName"].lower(), sent["HeaderValue"]) == ("x-origin-proof", expected)
    assert len(expected) == 36


def test_people_who_vote_at_once_all_count(local_cloud: LocalCloud, admin: Account, query: str) -> None:
    pictures, people = tickets(local_cloud, 40), [account(local_cloud) for _ in range(6)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda by: give(local_cloud, query, by=by, positive=pictures), people + people))
    found = read(local_cloud, admin, query)
    assert found["positive"] == [{"image_id": each, "count": 6} for each in pictures]
    assert [(each["positive"], each["negative"]) for each in found["daily"]] == [(240, 0)]


def test_all_votes_come_as_a_file(local_cloud: LocalCloud, admin: Account, query: str) -> None:
    (dog,) = tickets(local_cloud, 1)
    give(local_cloud, query, positive=[dog])
    url = exported(local_cloud, admin)
    answer = httpx.get(url)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    (found,) = [each for each in csv.DictReader(io.StringIO(answer.text)) if each["query"] == query]
    assert (found["image_id"], found["positive"], found["negative"]) == (dog, "1", "0")
    address = httpx.URL(url)
    assert httpx.get(address.copy_with(query=None)).status_code == 403
    with local_cloud.http() as http:
        assert query not in http.get(f"/exports/{address.path.partition('/exports/')[2]}").text
        assert http.get(f"/media/../exports/{address.path.partition('/exports/')[2]}").status_code in {403, 404}


def exported(cloud: LocalCloud, admin: Account) -> str:
    """Ask for the file until it is there; return its address."""
    said: list[httpx.Response] = []

    def there() -> bool:
        with cloud.http(headers=admin.headers) as http:
            said.append(http.get("/api/analytics", params={"format": "csv"}))
        return said[-1].status_code == 200

    assert eventually(there, 60), said[-1].text
    assert (said[0].status_code, said[0].json()) == (202, {"status": "pending"})
    assert {each.status_code for each in said} == {200, 202}
    return str(said[-1].json()["url"])


def test_votes_are_for_admins_to_read(local_cloud: LocalCloud, anna: Account) -> None:
    for headers, status in (({}, 401), (anna.headers, 403)):
        with local_cloud.http(headers=headers) as http:
            for parameters in ({}, {"format": "csv"}):
                answer = http.get("/api/analytics", params=parameters)
                assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_digits_are_counted_to_the_last_one(local_cloud: LocalCloud) -> None:
    with local_cloud.http() as http:
        assert http.get("/api/counter/?digit=7&n=1000").json() == {"digit": 7, "n": 1000, "count": 300}
        answer = http.get("/api/counter", params={"digit": "1", "n": "9" * 1000})
        bad = http.get("/api/counter", params={"digit": "1", "n": "9" * 1001})
    assert json.loads(answer.text) == {"digit": 1, "n": 10**1000 - 1, "count": 1000 * 10**999}
    assert (bad.status_code, bad.headers["content-type"]) == (422, "application/problem+json")
