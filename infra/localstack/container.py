"""LocalStack in a container, as compose.yaml says; it goes on running when the command has ended."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.tools.console import ToolError, step
from infra.tools.image import engine

COMPOSE = Path(__file__).with_name("compose.yaml")


def composer() -> list[str] | None:
    """Return the command of an engine that reads compose files; None where there is none, as with ENGINE=none."""
    name = engine()
    if not name or not shutil.which(name):
        return None
    asked = subprocess.run([name, "compose", "version"], capture_output=True, check=False)  # noqa: S603 (our own words)
    return [name, "compose"] if not asked.returncode else None


@contextmanager
def running(composer: list[str]) -> Iterator[None]:
    """Have it answer at $CLOUD_PORT.

    Raises:
        ToolError: it does not come up.
    """
    command = [*composer, "--file", str(COMPOSE), "up", "--detach", "--wait"]
    with step("Starting LocalStack in a container"):
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (only our own words)
        if done.returncode:
            raise ToolError(f"LocalStack does not start:\n{done.stderr.strip()}")
    yield
