"""The labels that the API lists."""

from tests.unit.conftest import Api


def counts(api: Api) -> dict[str, int]:
    """The labels that the API lists, in its order."""
    answer = api("GET", "/api/labels")
    assert answer.status == 200
    return {each["label"]: each["count"] for each in answer.json["labels"]}
