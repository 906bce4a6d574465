"""Galleries with photographs in them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from tests import photographs
from tests.accounts import Account
from tests.e2e.conftest import empty
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud


@contextmanager
def filled(cloud: LocalCloud, admin: Account, count: int) -> Iterator[list[dict[str, Any]]]:
    """Some captioned photographs and no other picture, newest first; none is left afterwards."""
    empty(cloud, admin)
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda each: cloud.upload(*each), photographs.some(count)))
    for each in ids:
        settled(cloud, each)
    with cloud.http() as http:
        yield http.get("/api/images").raise_for_status().json()["images"]
    empty(cloud, admin)
