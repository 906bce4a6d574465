"""`python -m infra.localstack`: start LocalStack and run the tests that any cloud has to pass against it.

LOCALSTACK_AUTH_TOKEN with LOCALSTACK_VERSION (and LOCALSTACK_EDITION=localstack-pro, where that is the image's name)
chooses a newer image. It goes on running; `docker compose -f infra/localstack/compose.yaml down` ends it.
"""

import os
import subprocess
import sys
from pathlib import Path

from infra.console import Trouble, say, step
from infra.image import engine
from infra.settings import ROOT

COMPOSE = Path(__file__).with_name("compose.yaml")
TESTS = ROOT / "tests/integration/test_any_cloud.py"


def main() -> int:
    """Start it and run the tests; return the exit code."""
    try:
        with step("Starting LocalStack"):
            _start()
    except Trouble as trouble:
        say(str(trouble))
        return 1
    endpoint = f"http://127.0.0.1:{os.environ.get('CLOUD_PORT') or 4566}"
    known = {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    command = [sys.executable, "-m", "pytest", "-rs", str(TESTS)]
    return subprocess.run(command, cwd=ROOT, env=os.environ | known, check=False).returncode  # noqa: S603 (our own words)


def _start() -> None:
    """Run the container until it answers.

    Raises:
        Trouble: there is no engine, or it doesn't come up.
    """
    name = engine()
    if not name:
        raise Trouble("LocalStack needs Docker or Podman; install one, see that it runs, and try again.")
    command = [name, "compose", "--file", str(COMPOSE), "up", "--detach", "--wait"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (only our own words)
    if done.returncode:
        raise Trouble(f"LocalStack does not start:\n{done.stderr.strip()}")


if __name__ == "__main__":
    sys.exit(main())
