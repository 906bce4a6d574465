"""Another DynamoDB than moto's, over HTTP: the emulator's, in a process of its own and with nothing but its memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from tests.local_cloud import free_port

_SECONDS_TO_START = 60


@contextmanager
def running_engine() -> Iterator[str]:
    """Run it on a free port of the loopback interface for as long as the block takes; its address."""
    port = free_port()
    alone = {"BIND_HOST": "127.0.0.1", "SFTP_ENABLED": "0", "IOT_MTLS_ENABLED": "0", "LOG_LEVEL": "ERROR"}
    environment = os.environ | alone | {"GATEWAY_PORT": str(port)}
    with subprocess.Popen([sys.executable, "-m", "ministack"], env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/_ministack/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _wait(address: str) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - ours
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(address)
