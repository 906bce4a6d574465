"""Which package may import which: the contracts in pyproject.toml, and what a small function loads."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "pyproject.toml"
PATHS = {"PYTHONPATH": f"{ROOT}/functions:{ROOT}/layers/gallery"}

LOADED = "import brake.handler, sys; print(*sorted(sys.modules))"


def test_all_contracts_are_kept() -> None:
    """In a process of its own: the linter's command line takes away what others have made of logging."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", str(CONFIG)]
    done = subprocess.run(command, cwd=ROOT, env=PATHS, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout


def test_the_contracts_are_about_every_function() -> None:
    linter = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["tool"]["importlinter"]
    functions = {each.parent.name for each in (ROOT / "functions").glob("*/__init__.py")}
    contracts = {each["type"]: each for each in linter["contracts"][1:3]}
    assert set(linter["root_packages"]) == {"gallery", *functions}
    assert set(contracts["independence"]["modules"]) == functions
    assert set(contracts["forbidden"]["forbidden_modules"]) == functions


def test_the_kill_switch_loads_neither_vocabulary_nor_search() -> None:
    environment = {**PATHS, "AWS_DEFAULT_REGION": "eu-west-1"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, env=environment, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.split())
    assert {"brake.switching", "gallery.captioning.pausing", "gallery.aws.table"} <= loaded
    assert [each for each in loaded if each.startswith(("gallery.vocabulary", "gallery.pictures", "Stemmer"))] == []
