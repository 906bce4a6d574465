"""Uploading and changing pictures as somebody with an account."""

from typing import Any

import httpx
from tests import photographs
from tests.accounts import Account
from tests.local_cloud import LocalCloud


def upload(cloud: LocalCloud, owner: Account, **said: str) -> str:
    name, content = photographs.some(1)[0]
    asked = {"files": [{"name": name, "type": "image/jpeg", "size": len(content), **said}]}
    with cloud.http(headers=owner.headers) as http:
        (ticket,) = http.post("/api/uploads", json=asked).raise_for_status().json()["uploads"]
    httpx.post(ticket["url"], data=ticket["fields"], files={"file": (name, content)}).raise_for_status()
    return str(ticket["image_id"])


def seen(cloud: LocalCloud, image_id: str, by: Account | None) -> dict[str, Any] | None:
    with cloud.http(headers=by.headers if by else {}) as http:
        answer = http.get(f"/api/images/{image_id}")
    return answer.json() if answer.status_code == 200 else None


def patched(cloud: LocalCloud, image_id: str, by: Account, version: int, **change: object) -> httpx.Response:
    with cloud.http(headers={**by.headers, "if-match": f'"{version}"'}) as http:
        return http.patch(f"/api/images/{image_id}", json=change)
