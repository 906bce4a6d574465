"""Each benchmark of `make bench`, for next to no pictures: that it runs to its end, not how fast anything is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.local_cloud import ROOT
from tests.photographs import needs_model

NAMES = sorted(each.stem for each in (ROOT / "tests" / "benchmarks").glob("[a-z]*.py"))


@pytest.mark.slow
@pytest.mark.timeout(400)
@needs_model
@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_runs_for_one_picture(name: str, tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+") as log:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks", name],
            cwd=ROOT,
            env=os.environ | {"BENCH_PICTURES": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            stderr=log,
            check=False,
        )
        log.seek(0)
        assert done.returncode == 0, log.read()[-3000:]
    lines = done.stdout.decode().splitlines()
    if any("needs" in line for line in lines):
        pytest.skip(lines[-1])
    assert len(lines) > 3, lines
