"""`python -m infra.localstack`: start LocalStack and run the tests that any cloud has to pass against it.

With Docker it is a container: LOCALSTACK_AUTH_TOKEN with LOCALSTACK_VERSION (and LOCALSTACK_EDITION=localstack-pro,
where that is the image's name) chooses a newer image, and `docker compose -f infra/localstack/compose.yaml down` ends
it. Without, its own packages are run while the tests take.
"""

import os
import subprocess
import sys

from infra.localstack import container, packages
from infra.settings import ROOT
from infra.tools.console import ToolError, say

TESTS = ROOT / "tests/integration/test_any_cloud.py"


def main() -> int:
    """Start it and run the tests; return the exit code."""
    port = int(os.environ.get("CLOUD_PORT") or 4566)
    composer = container.composer()
    try:
        with container.running(composer) if composer else packages.running(port):
            return _tried(f"http://127.0.0.1:{port}")
    except ToolError as trouble:
        say(str(trouble))
        return 1


def _tried(endpoint: str) -> int:
    known = {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", str(TESTS)]
    return subprocess.run(command, cwd=ROOT, env=os.environ | known, check=False).returncode  # noqa: S603 (our own words)


if __name__ == "__main__":
    sys.exit(main())
