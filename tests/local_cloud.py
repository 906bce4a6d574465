"""Start a local cloud as `make dev` does, reach it, stop or kill it, and look for what it left behind."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import httpx
import psutil
import pytest
from botocore.config import Config
from infra.local.settings import ACCOUNT, settings_from
from tests.assemblies import lend

ROOT = Path(__file__).parent.parent
SECONDS_TO_START = 180
READY = "The gallery is at "
PREFIX = "neural-gallery-local-"


class LocalCloud:
    """One local cloud and its gallery."""

    def __init__(self, data: Path, port: int, cloud_port: int) -> None:
        self.data = data
        self.port = port
        self.cloud_port = cloud_port
        self.site_url = f"http://localhost:{port}"
        self.endpoint = f"http://127.0.0.1:{cloud_port}"
        self.said: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int:
        """The process that a person starts and stops."""
        assert self._process
        return self._process.pid

    @property
    def environment(self) -> dict[str, str]:
        """Settings of this cloud as a person gives them."""
        return {"PORT": str(self.port), "CLOUD_PORT": str(self.cloud_port), "DATA": str(self.data)}

    def start(self, **more: str) -> None:
        """Start it and return once it says where the gallery is."""
        self.begin(**more)
        eventually(lambda: any(line.startswith(READY) for line in self.said), SECONDS_TO_START, self._alive)
        assert self._alive(), "\n".join(self.said)

    def begin(self, **more: str) -> None:
        """Start it and return at once."""
        self.said = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "infra.local"],
            cwd=ROOT,
            env=os.environ | self.environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._reader.start()

    def stop(self, number: signal.Signals = signal.SIGTERM, seconds: float = 30) -> int:
        """Ask it to stop, as Ctrl-C or a service manager does, and wait so long for that; return its exit code."""
        assert self._process
        self._process.send_signal(number)
        return self.wait(seconds)

    def kill(self) -> None:
        """Kill every process of it at once, without a word."""
        victims = [psutil.Process(self.pid), *psutil.Process(self.pid).children(recursive=True)]
        for victim in victims:
            with suppress(psutil.NoSuchProcess):
                victim.kill()
        self.wait(5)

    def processes(self) -> list[psutil.Process]:
        """Every process that belongs to this cloud: its children, or whose temporary files are in its folder."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get("DATA") == str(self.data) or str(self.data) in process.cwd():
                    found.append(process)
        return found

    def leftovers(self) -> list[str]:
        """What is still there of it though it has ended: processes and temporary files."""
        return [str(process) for process in self.processes()] + [str(path) for path in self.data.glob("tmp/*")]

    def workers(self, function: str) -> list[psutil.Process]:
        """Processes that run a function's code at present."""
        return self.functions().get(function, [])

    def functions(self) -> dict[str, list[psutil.Process]]:
        """Processes that run functions' code at present, by the function."""
        found: dict[str, list[psutil.Process]] = {}
        for process in self.processes():
            with suppress(psutil.Error):  # one may end as it is looked at
                name = process.environ().get("AWS_LAMBDA_FUNCTION_NAME", "")
                if name.startswith(PREFIX):
                    found.setdefault(name.removeprefix(PREFIX), []).append(process)
        return found

    @cached_property
    def session(self) -> boto3.Session:
        """Credentials of the user who may do everything here, and the region."""
        return boto3.Session(self.key["id"], self.key["secret"], region_name="us-east-1")

    @cached_property
    def key(self) -> dict[str, str]:
        """Its `id` and `secret`."""
        found = json.loads((self.data / "key.json").read_text())
        return {"id": found["access_key_id"], "secret": found["secret_access_key"]}

    def client(self, service: str, **config: Any) -> Any:  # noqa: ANN401 (which client it is, only its user knows)
        """An AWS client for this cloud."""
        make: Callable[..., Any] = self.session.client
        return make(service, endpoint_url=self.endpoint, config=Config(**config))

    @cached_property
    def outputs(self) -> dict[str, str]:
        """What the stack tells about itself: bucket names, the table's name and so on."""
        stack = self.client("cloudformation").describe_stacks(StackName="NeuralGallery-local")["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def role_of(self, function: str) -> str:
        """Name of a function's role, which CloudFormation chose."""
        found = self.client("lambda").get_function_configuration(FunctionName=f"{PREFIX}{function}")
        return str(found["Role"].rpartition("/")[2])

    def http(self, **options: Any) -> httpx.Client:  # noqa: ANN401 (httpx's own options)
        """A client of the gallery's one address."""
        return httpx.Client(base_url=self.site_url, timeout=30, **options)

    def upload(self, name: str, content: bytes, kind: str = "image/jpeg") -> str:
        """Upload a picture as the page does; return its id."""
        with self.http() as http:
            asked = {"files": [{"name": name, "type": kind, "size": len(content)}]}
            (ticket,) = http.post("/api/uploads", json=asked).raise_for_status().json()["uploads"]
        file = {"file": (name, content, kind)}
        httpx.post(ticket["url"], data=ticket["fields"], files=file, timeout=30).raise_for_status()
        return str(ticket["image_id"])

    def keep(self, bucket: str, key: str, body: bytes, media_type: str, caching: str | None = None) -> None:
        """Put an object where the emulator will find it at its next start: a tenth of the time that S3's API takes.

        The cloud must not be running. Beside the bytes the emulator keeps what else it knows of an object, as JSON.
        """
        file = settings_from(self.environment).objects / ACCOUNT / bucket / key
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(body)
        known = {
            "key": key,
            "content_type": media_type,
            "etag": f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"',
            "size": len(body),
            "preserved_headers": {"cache-control": caching} if caching else {},
        }
        file.with_name(f"{file.name}.meta.json").write_text(json.dumps(known))

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout
        with process.stdout as lines:
            for line in lines:
                self.said.append(line.rstrip("\n"))

    def wait(self, seconds: float) -> int:
        """Wait until the process that a person starts has ended; return its exit code."""
        assert self._process
        code = self._process.wait(seconds)
        assert self._reader
        self._reader.join(seconds)
        return code


@contextmanager
def running(data: Path, **more: str) -> Iterator[LocalCloud]:
    """A started local cloud on free ports; killed at the end of the block where it still runs."""
    cloud = LocalCloud(data, free_port(), free_port())
    lend(settings_from(cloud.environment | more))
    try:
        cloud.start(**more)
        yield cloud
    finally:
        if cloud._alive():
            cloud.kill()


@contextmanager
def entered(cloud: LocalCloud) -> Iterator[None]:
    """Have this process reach a cloud's table and bucket as the functions do."""
    from gallery.aws import table  # noqa: PLC0415 - not all who start a cloud have the functions' packages
    from gallery.pictures import storage  # noqa: PLC0415
    from gallery.settings import settings  # noqa: PLC0415

    environment = {
        "TABLE_NAME": cloud.outputs["TableName"],
        "MEDIA_BUCKET": cloud.outputs["MediaBucketName"],
        "AWS_ENDPOINT_URL": cloud.endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": cloud.key["id"],
        "AWS_SECRET_ACCESS_KEY": cloud.key["secret"],
    }
    read_once = (settings, table.client, storage.client)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        for cached in read_once:
            cached.cache_clear()
        yield
        for client in (table.client(), storage.client()):
            client.close()  # or its sockets would be left to the garbage collector, which warns of them
    for cached in read_once:
        cached.cache_clear()


def eventually(true: Callable[[], object], seconds: float, while_: Callable[[], bool] = lambda: True) -> bool:
    """Wait until something is so, at most this long; tell whether it came true."""
    deadline = time.monotonic() + seconds
    while not (done := bool(true())) and time.monotonic() < deadline and while_():
        time.sleep(0.05)
    return done


def free_port() -> int:
    """A port that nothing listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
