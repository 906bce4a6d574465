"""Votes on search results as their senders and admins see them."""

from tests.unit.conftest import Api
from tests.unit.identity import Pool
from tests.unit.test_catalogue import ticket


def test_a_vote_is_counted(api: Api, pool: Pool) -> None:
    dog, cat = ticket().id, ticket().id
    said = {"query": "Dogs", "positive": [dog], "negative": [cat]}
    assert api("POST", "/api/feedback", body={"feedback": [said]}).json == {"accepted": 1}
    found = api("GET", "/api/analytics", headers=pool.bearer("root", groups=["admin"]))
    assert found.status == 200, found.text
    assert api("GET", "/api/counter", query={"digit": "7", "n": "1000"}).json == {"digit": 7, "n": 1000, "count": 300}
