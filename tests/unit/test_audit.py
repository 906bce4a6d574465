"""What `make lint` does with what is known against packages, and where nobody can be asked."""

import json
import subprocess
from typing import Any

import pytest
from infra.tools import audit

PYTHON = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "weak", "version": "2.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"]}]},
    ]
}
NPM = {
    "vulnerabilities": {
        "weak": {"via": [{"name": "weak", "range": "<2.1", "url": "https://github.com/advisories/GHSA-1"}]},
        "above": {"via": ["weak"]},
    }
}
NOTHING: dict[str, Any] = {"dependencies": [], "vulnerabilities": {}}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What pip-audit and npm print, which find nothing until a test says otherwise."""
    said = {"pip": json.dumps(NOTHING), "npm": json.dumps(NOTHING)}

    def run(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        which = "npm" if command[0] == "npm" else "pip"
        return subprocess.CompletedProcess(command, 1, said[which], "warning\nno connection\n")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.delenv("AUDIT", raising=False)
    return said


def test_where_nothing_is_known_nothing_is_said(answers: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert answers
    assert audit.main() == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("which", "answer", "said"),
    [("pip", PYTHON, "weak 2.0: PYSEC-2026-1\n"), ("npm", NPM, "weak <2.1: GHSA-1\nweak <2.1: GHSA-1\n")],
)
def test_what_is_known_fails_and_is_named(
    answers: dict[str, str], capsys: pytest.CaptureFixture[str], which: str, answer: object, said: str
) -> None:
    answers[which] = json.dumps(answer)
    assert audit.main() == 1
    assert capsys.readouterr().out == said


def test_what_does_not_concern_the_gallery_passes(answers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    answers["pip"] = json.dumps(PYTHON)
    monkeypatch.setitem(audit.ACCEPTED, "PYSEC-2026-1", "The gallery never calls what is weak.")
    assert audit.main() == 0


@pytest.mark.parametrize(
    ("which", "answer", "why"),
    [
        ("pip", "", "no connection"),
        ("npm", "", "no connection"),
        ("npm", '{"message": "405 Method Not Allowed"}', "405 Method Not Allowed"),
        ("pip", '{"dependencies": [{"name": "a", "skip_reason": "not found"}]}', "PyPI says nothing about 1 of 1"),
    ],
)
def test_where_nobody_can_be_asked_a_line_says_so_and_only_a_build_server_fails(
    answers: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    which: str,
    answer: str,
    why: str,
) -> None:
    answers[which] = answer
    assert audit.main() == 0
    assert why in capsys.readouterr().out
    monkeypatch.setenv("AUDIT", "required")
    assert audit.main() == 1
