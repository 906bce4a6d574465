"""Asking the gallery for anything, and posts of fresh pictures."""

from typing import Any

import httpx
from tests.accounts import Account
from tests.integration.uploads import upload
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually


def ask(cloud: LocalCloud, method: str, path: str, by: Account | None = None, **body: object) -> httpx.Response:
    with cloud.http(headers=by.headers if by else {}) as http:
        return http.request(method, path, json=body if method in {"POST", "PATCH"} else None)


def posted(cloud: LocalCloud, by: Account, **said: str) -> dict[str, Any]:
    """Have somebody upload a picture and post it."""
    image_id = upload(cloud, by)
    assert eventually(lambda: settled(cloud, image_id)["urls"]["large"], 60)
    answer = ask(cloud, "POST", "/api/posts", by, image_id=image_id, **said)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made
