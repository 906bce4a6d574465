"""Node.js, which the template's synthesis and the distribution's functions need."""

import re
import shutil
import subprocess

from infra.tools.console import ToolError

OLDEST = 20


def check_node() -> None:
    """Raise ToolError where there is no Node.js, or only one that is too old."""
    path = shutil.which("node")
    command = [path or "node", "--version"]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout if path else ""  # noqa: S603 (no part of it comes from outside)
    version = re.match(r"v(\d+)", output)
    if not version:
        raise ToolError(f"Node.js is missing; install version {OLDEST} or newer from https://nodejs.org.")
    if int(version[1]) < OLDEST:
        raise ToolError(
            f"Node.js {output.strip()} is too old; install version {OLDEST} or newer from https://nodejs.org."
        )
