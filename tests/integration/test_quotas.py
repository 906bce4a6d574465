"""Limits of one sender on the local cloud's table, which many ask at once."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from ulid import ULID

from gallery.api import client_identity
from gallery.api.quotas import consume_quota, granted
from gallery.pictures.access import Caller
from gallery.problems import Problem
from gallery.settings import settings

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(180)]

REQUEST = APIGatewayProxyEventV2({"headers": {}, "requestContext": {"http": {"sourceIp": "192.0.2.1"}}})


@pytest.fixture
def ten_uploads_an_hour(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a function of the local cloud, but for the limit."""
    monkeypatch.setenv("UPLOADS_PER_HOUR", "10")
    for cached in (settings, client_identity.key_at):
        cached.cache_clear()
    yield
    client_identity.key_at.cache_clear()


def taken(who: Caller) -> bool:
    try:
        consume_quota("uploads", 1, who, REQUEST)
    except Problem:
        return False
    return True


@pytest.mark.usefixtures("inside", "ten_uploads_an_hour")
def test_of_sixteen_at_once_exactly_the_limit_gets_through_for_each_sender() -> None:
    one, other = Caller(sub=str(ULID())), Caller(sub=str(ULID()))
    with ThreadPoolExecutor(16) as pool:
        found = Counter(pool.map(lambda who: (who.sub, taken(who)), [one, other] * 16))
    assert found == {(who, taken): n for who in (one.sub, other.sub) for taken, n in ((True, 10), (False, 6))}


def given(who: Caller) -> int:
    with granted("uploads", 3, who, REQUEST) as grant:
        return grant.amount


@pytest.mark.usefixtures("inside", "ten_uploads_an_hour")
def test_of_sixteen_batches_at_once_the_last_is_filled_as_far_as_there_is_room() -> None:
    who = Caller(sub=str(ULID()))
    with ThreadPoolExecutor(16) as pool:
        assert Counter(pool.map(given, [who] * 16)) == {3: 3, 1: 1, 0: 12}
