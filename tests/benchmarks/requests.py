"""The processor time of what people ask for most, side by side with commit 5a01465, whose requests went by the SDK.

Both have the same pictures in tables of their own in the emulator, and answer the same requests in turns, each in a
process of its own. `python -m tests.benchmarks requests` prints the table: milliseconds of processor time, the median
of a round, then of the rounds; of a cold start those from the start of the process to its first answer.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks._size import sized
from tests.benchmarks.former import COMMIT, Build, both, check_out
from tests.photographs import MODEL, some

PICTURES = sized(24, 2)
ROUNDS = sized(5, 1)
STARTS = sized(5, 1)
COMMAND = [sys.executable, "-P", str(Path(__file__).with_name("_requests.py"))]
"""Without its folder on the path, where a module is called as a function is."""
TARGETS = {
    "list of 24": 0.45,
    "one image": 0.4,
    "search": 0.4,
    "similar": 0.35,
    "50 tickets": 0.6,
    "cold images": 0.65,
    "cold search": 0.65,
}
"""What a request may take of the former build's time."""


class Asked:
    """A build's functions in a process of their own."""

    def __init__(self, build: Build) -> None:
        self._environment = build.environment
        self._process = subprocess.Popen(
            COMMAND,
            env=build.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def milliseconds(self, request: str) -> float:
        """Return what a request takes, in the median of some."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{request}\n")
        self._process.stdin.flush()
        return _number(self._process.stdout)

    def cold(self, request: str) -> float:
        """Return what a process takes until it has answered a request, its start included."""
        command = [*COMMAND, request]
        done = subprocess.run(command, env=self._environment, stdout=subprocess.PIPE, text=True, check=True)
        return _number(done.stdout.splitlines())

    def end(self) -> None:
        """End its process."""
        self._process.kill()
        self._process.communicate()


def _number(lines: object) -> float:
    for line in lines:  # type: ignore[attr-defined]
        if line.startswith("=> "):
            return float(line.split()[1])
    raise RuntimeError("The functions have ended.")


def measure() -> dict[str, tuple[float, float]]:
    """Return the milliseconds of each request, of the former build and of this one."""
    photographs = [body for _, body in some(PICTURES)]
    with both() as builds:
        for build in builds:
            for body in photographs:
                build.caption(body)
        sides = [Asked(build) for build in builds]
        try:
            return {request: _compared(request, sides) for request in TARGETS}
        finally:
            for side in sides:
                side.end()


def _compared(request: str, sides: Sequence[Asked]) -> tuple[float, float]:
    kind, _, name = request.rpartition("cold ")
    rounds = [
        [side.cold(name) if kind or request.startswith("cold") else side.milliseconds(request) for side in sides]
        for _ in range(STARTS if request.startswith("cold") else ROUNDS)
    ]
    former, present = (median(side) for side in zip(*rounds, strict=True))
    return former, present


def main() -> None:
    """Print the table; says so where there is no model or no history."""
    if not MODEL.exists():
        sys.stdout.write("requests: no model has been compiled; run `make model` first\n")
        return
    if not check_out():
        sys.stdout.write(f"requests: this clone has no commit {COMMIT}\n")
        return
    sys.stdout.write(f"{'':14}{'former':>10}{'now':>10}{'ratio':>8}{'at most':>9}\n")
    for request, (former, present) in measure().items():
        ratio = present / former
        sys.stdout.write(f"{request:14}{former:>7.2f} ms{present:>7.2f} ms{ratio:>8.2f}{TARGETS[request]:>9}\n")


if __name__ == "__main__":
    main()
