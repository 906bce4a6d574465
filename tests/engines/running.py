"""Other DynamoDBs than moto's, over HTTP: each in a process of its own and with nothing but its memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from tests.engines.transactions import with_transactions
from tests.local_cloud import ROOT, free_port

DYNALITE = ROOT / "infra/node_modules/.bin/dynalite"
_SECONDS_TO_START = 60


@contextmanager
def running_engine(name: str) -> Iterator[str]:
    """Run `ministack` or `dynalite` on a free port for as long as the block takes; its address.

    Dynalite, which has no transactions, gets those of tests.engines.transactions.
    """
    if name == "ministack":
        with _ministack() as endpoint:
            yield endpoint
    elif name == "dynalite":
        with _dynalite() as bare, with_transactions(bare) as endpoint:
            yield endpoint
    else:
        raise ValueError(f"there is no engine {name}")


@contextmanager
def _ministack() -> Iterator[str]:
    port = free_port()
    alone = {"BIND_HOST": "127.0.0.1", "SFTP_ENABLED": "0", "IOT_MTLS_ENABLED": "0", "LOG_LEVEL": "ERROR"}
    with _process([sys.executable, "-m", "ministack"], alone | {"GATEWAY_PORT": str(port)}):
        _wait(f"http://127.0.0.1:{port}/_ministack/health")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _dynalite() -> Iterator[str]:
    port = free_port()
    at_once = [f"--{what}TableMs=0" for what in ("create", "delete", "update")]
    with _process([str(DYNALITE), f"--port={port}", "--host=127.0.0.1", *at_once], {}):
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _process(command: Sequence[str], environment: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL) as process:
        try:
            yield
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
