"""The emulator's process as seen from the one that starts it: begin, reach, end."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from typing import IO, Any, TextIO
from urllib.request import Request, urlopen

import boto3
from botocore.config import Config

from infra.local.key import close_to_others, key_in
from infra.local.request_guard import KEY_HEADER, SNAPSHOT_PATH
from infra.local.settings import ACCOUNT, HOST, REGION, LocalSettings
from infra.settings import ROOT
from infra.tools.console import ToolError

KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "TF_CPP_MIN_LOG_LEVEL")
MAIL = "MAIL"
"""Names to the emulator the open file that takes e-mails."""
SECONDS_TO_START = 60
SECONDS_TO_STOP = 6
SECONDS_TO_DIE = 2


@contextmanager
def running_cloud(settings: LocalSettings) -> Iterator["OwnCloud"]:
    """The emulator, from its first answer to its end; nothing it started outlives the block.

    Raises:
        ToolError: a port or the folder is in use, or the emulator did not come up.
    """
    with _alone(settings):
        for port, name in ((settings.port, "PORT"), (settings.cloud_port, "CLOUD_PORT")):
            _check_free(port, name)
        shutil.rmtree(settings.temporary, ignore_errors=True)
        settings.temporary.mkdir(mode=0o700)
        key_in(settings.key)
        cloud = _start(settings)
        try:
            cloud.wait_until_ready()
            yield cloud
        finally:
            cloud.stop()
            shutil.rmtree(settings.temporary, ignore_errors=True)


def cloud_at(settings: LocalSettings) -> "Cloud":
    """The emulator that another process has started.

    Raises:
        ToolError: none has.
    """
    if not settings.key.exists() or not _answers(settings.cloud_port):
        raise ToolError(f"No gallery runs on {settings.data} and port {settings.cloud_port}; `make dev` starts one.")
    return Cloud(settings)


class Cloud:
    """A running emulator."""

    def __init__(self, settings: LocalSettings) -> None:
        self.settings = settings
        self._clients: dict[str, Any] = {}

    @cached_property
    def session(self) -> boto3.Session:
        """Credentials of the one user who may do everything, and the region."""
        key = key_in(self.settings.key)
        return boto3.Session(key.access_key_id, key.secret_access_key, region_name=REGION)

    def client(self, service: str) -> Any:  # noqa: ANN401 (which client it is, only its user knows)
        """An AWS client for this cloud, made once a service."""
        if service not in self._clients:
            make: Callable[..., Any] = self.session.client
            config = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 3})
            self._clients[service] = make(service, endpoint_url=self.settings.endpoint, config=config)
        return self._clients[service]

    def take_snapshot(self) -> None:
        """Have the state of this moment written down before anything else is done with it."""
        key = key_in(self.settings.key).secret_access_key
        request = Request(self.settings.endpoint + SNAPSHOT_PATH, headers={KEY_HEADER: key})  # noqa: S310 (our own address)
        urlopen(request, timeout=60).close()  # noqa: S310


class OwnCloud(Cloud):
    """An emulator that this process has started, and the e-mails of its user pool, which nobody else gets."""

    def __init__(self, settings: LocalSettings, process: subprocess.Popen[bytes], mail: TextIO) -> None:
        super().__init__(settings)
        self.process = process
        self.mail = mail

    def wait_until_ready(self) -> None:
        """Return once both ports answer.

        Raises:
            ToolError: the emulator ended, or took too long.
        """
        deadline = time.monotonic() + SECONDS_TO_START
        while not all(_answers(port) for port in (self.settings.cloud_port, self.settings.port)):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise ToolError(f"The local cloud did not start; {self.settings.log} says why.")
            time.sleep(0.05)

    def stop(self) -> None:
        """Let the emulator save and end, then make sure that nothing of it is left."""
        if self.process.stdin:
            self.process.stdin.close()
        try:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(SECONDS_TO_STOP)
        finally:
            self.process.kill()
            self.process.wait()
            _kill_group(self.process.pid)


def _start(settings: LocalSettings) -> OwnCloud:
    reading, writing = os.pipe()
    with settings.log.open("ab") as log, os.fdopen(writing):
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.local.server"],
            cwd=ROOT,
            env=_environment(settings) | {MAIL: str(writing)},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[writing],
            process_group=0,
            umask=0o077,
        )
    return OwnCloud(settings, process, os.fdopen(reading))


def _environment(settings: LocalSettings) -> dict[str, str]:
    """The emulator's whole environment, which its functions inherit: nothing of this person's accounts or secrets."""
    nowhere = str(settings.temporary / "none")
    return {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ} | {
        "PORT": str(settings.port),
        "CLOUD_PORT": str(settings.cloud_port),
        "DATA": str(settings.data),
        "DEV_SERVER": str(int(settings.dev_server)),
        "HOME": str(settings.temporary),
        "TMPDIR": str(settings.temporary),
        "AWS_CONFIG_FILE": nowhere,
        "AWS_SHARED_CREDENTIALS_FILE": nowhere,
        "AWS_EC2_METADATA_DISABLED": "true",
        "DOCKER_HOST": f"unix://{nowhere}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "AUTH": "true",
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(settings.cloud_port),
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "MINISTACK_REGION": REGION,
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "LAMBDA_ACCOUNT_CONCURRENCY": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(settings.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(settings.objects),
    }


@contextmanager
def _alone(settings: LocalSettings) -> Iterator[IO[str]]:
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (settings.data / "lock").open("w")
    except OSError as error:
        raise ToolError(
            f"{settings.data} can't be written ({error.strerror}); name another folder with DATA=."
        ) from error
    with closing(lock):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ToolError(
                f"A gallery is already running on {settings.data}; stop it or set DATA= and PORT=."
            ) from error
        close_to_others(settings.data)
        yield lock


def _check_free(port: int, name: str) -> None:
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        way_out = f"choose another one, such as {name}={port + 1 if port < 65000 else port - 1}"
        raise ToolError(f"Port {port} can't be used ({os.strerror(error.errno or 0)}); {way_out}.") from error


def _answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex((HOST, port)) == 0


def _kill_group(group: int) -> None:
    """Kill what is left of a process group and wait, not for long, until it is gone."""
    deadline = time.monotonic() + SECONDS_TO_DIE
    with suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(group, signal.SIGKILL)
            time.sleep(0.02)
