"""A template that is kept is taken again only where all that it is made of is the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from infra import fingerprint
from infra.settings import ROOT


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file in each place where sources are."""
    for name in (*fingerprint.SOURCES, "infra/local", "functions/images/__pycache__", "infra/node_modules"):
        path = tmp_path / name
        if not path.suffix:
            path.mkdir(parents=True, exist_ok=True)
            path /= "file"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    monkeypatch.setattr(fingerprint, "LOCAL", tmp_path / "infra/local")
    return tmp_path


@pytest.mark.parametrize("name", fingerprint.SOURCES)
def test_another_source_is_another_template(sources: Path, name: str) -> None:
    before = fingerprint.fingerprint()
    assert fingerprint.fingerprint() == before
    changed = sources / name if (sources / name).is_file() else sources / name / "file"
    changed.write_text("after")
    after = fingerprint.fingerprint()
    changed.rename(changed.with_name("renamed"))
    assert len({before, after, fingerprint.fingerprint()}) == 3


@pytest.mark.parametrize("name", ["infra/local", "functions/images/__pycache__", "infra/node_modules"])
def test_what_no_template_is_made_of_does_not_count(sources: Path, name: str) -> None:
    before = fingerprint.fingerprint()
    (sources / name / "file").write_text("after")
    assert fingerprint.fingerprint() == before


@pytest.mark.parametrize("variable", fingerprint.VARIABLES)
def test_other_settings_and_another_model_are_another_template(
    sources: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    made = {fingerprint.fingerprint("a"), fingerprint.fingerprint("b")}
    monkeypatch.setenv(variable, str(sources / "own.keras"))
    made.add(fingerprint.fingerprint("a"))
    for content in ("one", "another"):
        (sources / "own.keras").write_text(content)
        made.add(fingerprint.fingerprint("a"))
    assert len(made) == 5


OPENED = """
import runpy, sys
seen = set()
sys.addaudithook(lambda event, given: event == "open" and isinstance(given[0], str) and seen.add(given[0]))
runpy.run_module("infra.app", run_name="__main__")
print("opened", *sorted(seen), sep="\\n")
"""


@pytest.mark.slow
def test_every_file_that_is_read_for_a_template_counts(tmp_path: Path) -> None:
    environment = os.environ | {"CDK_OUTDIR": str(tmp_path), "CDK_CONTEXT_JSON": '{"stage": "local"}'}
    command = [sys.executable, "-c", OPENED]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    opened = {ROOT / name for name in done.stdout.partition("opened\n")[2].splitlines()}
    read = {each for each in opened if each.is_file() and ROOT in each.parents and "__pycache__" not in each.parts}
    elsewhere = {each for each in read if each.relative_to(ROOT).parts[0] in {".venv", "build"}}
    assert len(read - elsewhere) > 100
    assert read - elsewhere <= set(fingerprint._files())
