"""People with real accounts of the local cloud's pool: profiles, follows, files of one's own, and leaving for good."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from zipfile import ZipFile

import httpx
import pytest
from tests.accounts import Account, account
from tests.integration.members import asked, sub_of, username
from tests.integration.stored import objects_of
from tests.integration.uploads import upload
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

from gallery.aws import table
from gallery.people import follows, people

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(300)]

FOLLOWERS, CONNECTIONS = 500, 16


@pytest.fixture(scope="module")
def anna(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


@pytest.fixture(scope="module")
def ben(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


def test_two_people_meet_choose_names_and_follow_each_other(
    local_cloud: LocalCloud, anna: Account, ben: Account
) -> None:
    chosen = asked(local_cloud, anna, "PATCH", "/api/me", json={"username": "anna", "display_name": "Anna"})
    assert (chosen.status_code, chosen.json()["username_chosen"]) == (200, True)
    assert asked(local_cloud, ben, "PATCH", "/api/me", json={"username": "anna"}).status_code == 409
    for _ in range(2):
        assert asked(local_cloud, ben, "PUT", "/api/users/anna/follow").status_code == 204
    seen = asked(local_cloud, ben, "GET", "/api/users/anna").json()
    assert (seen["display_name"], seen["followers"], seen["followed_by_me"]) == ("Anna", 1, True)
    (follower,) = asked(local_cloud, None, "GET", "/api/users/anna/followers").json()["users"]
    assert follower["username"] == username(local_cloud, ben)
    assert asked(local_cloud, ben, "GET", "/api/suggestions").json() == {"users": []}
    assert asked(local_cloud, ben, "DELETE", "/api/users/anna/follow").status_code == 204
    assert asked(local_cloud, ben, "GET", "/api/users/anna").json()["followers"] == 0


def test_everything_of_ones_own_comes_in_a_file(local_cloud: LocalCloud, anna: Account) -> None:
    assert asked(local_cloud, None, "POST", "/api/me/export").status_code == 401
    answers: list[httpx.Response] = []

    def ready() -> bool:
        answers.append(asked(local_cloud, anna, "POST", "/api/me/export"))
        return answers[-1].status_code == 200

    assert eventually(ready, 60)
    body = httpx.get(answers[-1].json()["url"]).raise_for_status().content
    with ZipFile(io.BytesIO(body)) as archive:
        assert json.loads(archive.read("profile.json"))["sub"] == sub_of(anna)


@needs_model
def test_who_deletes_their_account_is_gone_with_all_that_is_theirs(local_cloud: LocalCloud, ben: Account) -> None:
    leaving = account(local_cloud)
    name, sub = username(local_cloud, leaving), sub_of(leaving)
    image_id = upload(local_cloud, leaving, visibility="public", title="Mine")
    settled(local_cloud, image_id, headers=leaving.headers)
    assert asked(local_cloud, leaving, "POST", "/api/posts", json={"image_id": image_id, "text": "Hi"}).is_success
    assert asked(local_cloud, ben, "PUT", f"/api/users/{name}/follow").status_code == 204
    following = asked(local_cloud, ben, "GET", "/api/me").json()["following"]
    assert asked(local_cloud, leaving, "DELETE", "/api/me").status_code == 202
    for method, path, sent in (
        ("DELETE", f"/api/images/{image_id}", None),
        ("PATCH", "/api/me", {"bio": "Still here."}),
        ("POST", "/api/uploads", {"files": [{"name": "a.jpg", "type": "image/jpeg", "size": 9}]}),
    ):
        assert asked(local_cloud, leaving, method, path, json=sent).status_code == 401
    assert eventually(lambda: rows_about(local_cloud, sub) == [("PERSON", "erased")], 120)
    assert objects_of(local_cloud, image_id) == []
    assert asked(local_cloud, None, "GET", f"/api/users/{name}").status_code == 404
    assert asked(local_cloud, ben, "GET", "/api/me").json()["following"] == following - 1
    cognito = local_cloud.client("cognito-idp")
    with pytest.raises(cognito.exceptions.UserNotFoundException):
        cognito.admin_get_user(UserPoolId=local_cloud.outputs["UserPoolId"], Username=leaving.email)


def rows_about(cloud: LocalCloud, sub: str) -> list[tuple[str, str]]:
    """Return kind and state of all rows that mention somebody, but for those that expire within a day."""
    pages = cloud.client("dynamodb").get_paginator("scan").paginate(TableName=cloud.outputs["TableName"])
    found = (row for page in pages for row in page["Items"] if sub in str(row))
    kinds = ((row["pk"]["S"].partition("#")[0], row.get("state", {}).get("S", "")) for row in found)
    return sorted(each for each in kinds if each[0] not in {"CLAIM", "LIMIT"})


@pytest.mark.usefixtures("inside")
def test_five_hundred_followers_over_sixteen_connections_count_once_each(local_cloud: LocalCloud, ben: Account) -> None:
    star = sub_of(ben)
    username(local_cloud, ben)
    before = people.find(star)
    assert before
    subs = [f"follower-{number}" for number in range(FOLLOWERS)]
    table.put_all(people.to_row(people.Person(sub=each, username=each)) for each in subs)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda each: follows.follow(each, star), [*subs, *subs[:50]]))
    after = people.find(star)
    assert after
    assert after.followers == before.followers + FOLLOWERS
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda each: follows.unfollow(each, star), [*subs, *subs[:50]]))
    assert people.find(star) == before
