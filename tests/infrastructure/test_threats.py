"""The threat model names tests, and they are there."""

import ast
import re
from functools import cache

import pytest
from infra.settings import ROOT

MODEL = ROOT / "docs/security.md"
THREATS = [line for line in MODEL.read_text().splitlines() if line.startswith("|")][2:]


@cache
def existing() -> set[str]:
    """Names of every test there is."""
    kinds = ("unit", "infrastructure", "integration", "e2e")
    trees = [ast.parse(file.read_text()) for kind in kinds for file in (ROOT / "tests" / kind).glob("test_*.py")]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("threat", THREATS, ids=lambda each: each.split("|")[1].strip().strip("*")[:40])
def test_each_threat_is_met_by_tests_that_exist(threat: str) -> None:
    _, _, defence, origin_secret, _ = threat.split("|")
    named = set(re.findall(r"`(test_\w+)`", origin_secret))
    assert defence.strip()
    assert named, "no test is named"
    assert named <= existing()


def test_whatever_else_is_named_exists_too() -> None:
    assert set(re.findall(r"`(test_\w+)`", MODEL.read_text())) <= existing()
