"""What the gallery calls somebody with an account."""

from typing import Any

import httpx
import jwt
from tests.accounts import Account
from tests.local_cloud import LocalCloud


def asked(cloud: LocalCloud, by: Account | None, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401
    with cloud.http(headers=by.headers if by else {}) as http:
        return http.request(method, path, **options)


def username(cloud: LocalCloud, of: Account) -> str:
    return str(asked(cloud, of, "GET", "/api/me").raise_for_status().json()["username"])


def sub_of(account: Account) -> str:
    return str(jwt.decode(account.token, options={"verify_signature": False})["sub"])
