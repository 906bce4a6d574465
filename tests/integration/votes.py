"""Votes on what a search found."""

from tests.accounts import Account
from tests.local_cloud import LocalCloud


def give(
    cloud: LocalCloud,
    query: str,
    *,
    by: Account | None = None,
    headers: dict[str, str] | None = None,
    **said: list[str],
) -> None:
    with cloud.http(headers={**(by.headers if by else {}), **(headers or {})}) as http:
        answer = http.post("/api/feedback", json={"feedback": [{"query": query, **said}]})
    assert (answer.status_code, answer.json()) == (202, {"accepted": 1})
