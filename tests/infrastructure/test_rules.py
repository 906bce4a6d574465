"""What others check in a template."""

import json

from cfnlint.api import ManualArgs, lint_file  # type: ignore[import-untyped] # it ships no types
from tests.infrastructure.conftest import Synthesized

# The CDK itself states dependencies that CloudFormation would find out alone.
STATED_TWICE = "W3005"


def test_awss_own_security_rules_find_nothing_that_has_no_stated_reason(cloud: Synthesized) -> None:
    (report,) = json.loads((cloud.folder / "validation-report.json").read_text())["pluginReports"]
    assert report["pluginName"] == "AwsSolutions"
    assert report["violations"] == []
    assert report["suppressedViolations"], "the rules did not run: they always find the functions' prefixes"
    assert all(len(each["reason"]) > 30 for each in report["suppressedViolations"])


def test_cloudformations_linter_finds_nothing(cloud: Synthesized) -> None:
    found = lint_file(cloud.template, config=ManualArgs(ignore_checks=[STATED_TWICE]))
    assert [str(each) for each in found] == []
