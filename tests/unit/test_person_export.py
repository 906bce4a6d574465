"""The file of everything of one's own: complete, one's own alone, and made once for all who ask."""

import io
import json
from types import SimpleNamespace
from typing import Any, cast
from zipfile import ZipFile

import httpx
import pytest
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.identity import Pool
from tests.unit.lives import lived

from gallery.people import people
from people.handler import handler

pytestmark = pytest.mark.usefixtures("model", "no_waiting")

_CONTEXT = ("function_name", "memory_limit_in_mb", "invoked_function_arn", "aws_request_id")


def happen(called: list[dict[str, Any]]) -> list[bool]:
    context = cast("Any", SimpleNamespace(**dict.fromkeys(_CONTEXT, "people")))
    events = json.loads(json.dumps(called))
    called.clear()
    return [handler(each, context)["made"] for each in events]


def documents(answer: Answer, gallery: Gallery) -> dict[str, Any]:
    assert answer.status == 200, answer.text
    key = httpx.URL(answer.json["url"]).path.removeprefix("/")
    body = gallery.s3.get_object(Bucket="gallery-test-media", Key=key)["Body"].read()
    with ZipFile(io.BytesIO(body)) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}


def test_everything_of_ones_own_is_in_the_file(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    lived("anna")
    headers = pool.bearer("anna")
    api("PATCH", "/api/me", body={"username": "anna", "bio": "Dogs."}, headers=headers)
    first = api("POST", "/api/me/export", headers=headers)
    assert (first.status, first.json, first.headers["cache-control"]) == (202, {"status": "pending"}, "no-store")
    assert api("POST", "/api/me/export", headers=headers).status == 202
    assert happen(called) == [True]
    found = documents(api("POST", "/api/me/export", headers=headers), gallery)
    assert (found["profile.json"]["username"], found["profile.json"]["bio"]) == ("anna", "Dogs.")
    assert {each["owner"] for each in found["pictures.json"]} == {"anna"}
    assert {each["visibility"] for each in found["pictures.json"]} == {"public", "private"}
    assert all(each["caption"] for each in found["pictures.json"])
    first_picture = found["pictures.json"][0]
    assert first_picture["urls"] == {"original": f"/api/images/{first_picture['id']}/download"}
    (mine,) = found["posts.json"]
    assert (mine["text"], mine["likes"], len(mine["links"])) == ("Look!", 1, 1)
    assert len(found["likes.json"]) == 1
    assert len(found["favourites.json"]) == 1
    assert [each["favourite"] for each in found["pictures.json"]].count(True) == 1
    assert [each["trashed_at"] is None for each in found["pictures.json"]].count(False) == 1
    ben, cleo = people.find("ben"), people.find("cleo")
    assert ben
    assert cleo
    assert found["following.json"] == [{"username": ben.username}]
    assert found["followers.json"] == [{"username": cleo.username}]


def test_who_has_nothing_gets_a_file_all_the_same(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    api("POST", "/api/me/export", headers=pool.bearer("anna"))
    happen(called)
    found = documents(api("POST", "/api/me/export", headers=pool.bearer("anna")), gallery)
    assert found["pictures.json"] == found["posts.json"] == found["likes.json"] == []


def test_everybody_gets_their_own_file_and_only_for_a_while(api: Api, pool: Pool, called: list[dict[str, Any]]) -> None:
    for name in ("anna", "ben"):
        api("POST", "/api/me/export", headers=pool.bearer(name))
    happen(called)
    urls = [httpx.URL(api("POST", "/api/me/export", headers=pool.bearer(name)).json["url"]) for name in ("anna", "ben")]
    assert ["/exports/people/anna/" in urls[0].path, "/exports/people/ben/" in urls[1].path] == [True, True]
    assert int(urls[0].params["X-Amz-Expires"]) <= 900


@pytest.mark.fault("an account is deleted while its file is made", "no file is left, and nobody is told of one")
def test_no_file_is_made_of_who_is_being_erased(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    api("POST", "/api/me/export", headers=pool.bearer("anna"))
    waiting = list(called)
    called.clear()
    api("DELETE", "/api/me", headers=pool.bearer("anna"))
    assert happen(waiting) == [False]
    assert gallery.objects() == set()
