"""GitHub's workflows: that they are understood, and that the deployment gets credentials as it is documented."""

from typing import Any

import pytest
import yaml
from infra.settings import ROOT

WORKFLOWS = {path.name: yaml.safe_load(path.read_text()) for path in (ROOT / ".github/workflows").glob("*.yml")}
MOST_OF_ANY_ROLE = 3600
"""Seconds of a session that every role allows; one that asks for more is refused unless the role was made so."""


def steps(workflow: str) -> list[dict[str, Any]]:
    return [step for job in WORKFLOWS[workflow]["jobs"].values() for step in job["steps"]]


def test_the_deployment_asks_for_no_longer_session_than_a_role_made_as_documented_allows() -> None:
    (credentials,) = (
        each["with"] for each in steps("deploy.yml") if "configure-aws-credentials" in each.get("uses", "")
    )
    assert int(credentials.get("role-duration-seconds", MOST_OF_ANY_ROLE)) <= MOST_OF_ANY_ROLE
    (job,) = WORKFLOWS["deploy.yml"]["jobs"].values()
    assert 60 * job["timeout-minutes"] <= MOST_OF_ANY_ROLE, "its credentials would end before it does"
    assert job["permissions"]["id-token"] == "write"


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_every_action_is_one_commit_of_it(workflow: str) -> None:
    used = [each["uses"] for each in steps(workflow) if "uses" in each]
    assert used
    assert [
        each for each in used if len(each.partition("@")[2]) != len("08c6903cd8c0fde910a37f88322edcfb5dd907a8")
    ] == []
