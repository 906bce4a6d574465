"""LocalStack without a container: its own packages, for as long as they are wanted. Of AWS they have less."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from infra.assets import packages
from infra.settings import ROOT
from infra.tools.console import ToolError, step

LOG = ROOT / "build/logs/localstack.log"
SECONDS_TO_START = 120
SECONDS_TO_STOP = 10


@contextmanager
def running(port: int) -> Iterator[None]:
    """Have it answer at a port of this machine; nothing of it is left afterwards but its log.

    Raises:
        ToolError: its packages can't be had, or it does not come up.
    """
    with step("Installing LocalStack's packages"):
        try:
            layer, _ = packages("localstack", trimmed=False)
        except RuntimeError as error:
            raise ToolError(f"LocalStack's packages can't be had: {error}") from error
    with tempfile.TemporaryDirectory() as root:
        process = _start(layer / "python", Path(root), port)
        try:
            with step("Starting LocalStack without a container"):
                _wait(process, port)
            yield
        finally:
            process.terminate()
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _start(site: Path, root: Path, port: int) -> "subprocess.Popen[bytes]":
    environment = {
        "PYTHONPATH": str(site),
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "LOCALSTACK_HOST": f"localhost:{port}",
        # Its files stay in a folder of ours, whatever it takes this machine for.
        "OVERRIDE_IN_DOCKER": "0",
        "FILESYSTEM_ROOT": str(root),
        "TMPDIR": str(root),
        # As strict as S3 itself, and nobody outside this machine hears of it.
        "S3_SKIP_SIGNATURE_VALIDATION": "0",
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
    }
    LOG.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "localstack.runtime.main"]
    with LOG.open("wb") as log:
        return subprocess.Popen(command, cwd=root, env=os.environ | environment, stdout=log, stderr=log)  # noqa: S603


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not _healthy(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ToolError(f"LocalStack does not start; {LOG.relative_to(ROOT)} says why.")
        time.sleep(0.2)


def _healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/_localstack/health", timeout=5):
            return True
    except (URLError, OSError):
        return False
