"""The caption function as the cloud runs it: its image is built, confined no less than Lambda does, and put to work."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from infra.tools.image import engine as working_engine
from infra.tools.image import size_beyond_base
from tests import photographs
from tests.integration.stored import rows_of
from tests.local_cloud import LocalCloud, eventually
from tests.runtime_api import RuntimeApi, runtime_api

from caption.source import default_source

pytestmark = [pytest.mark.container, pytest.mark.cloud, pytest.mark.long, pytest.mark.timeout(1200)]

ROOT = Path(__file__).parents[2]
IMAGE = "localhost/neural-gallery-caption:test"
DEBIAN = "localhost/neural-gallery-base:trixie"
MOST_BYTES = 260_000_000
FUNCTION = "neural-gallery-local-caption"
REGION = "us-east-1"
HOST_ONLY = ("AWS_CA_BUNDLE",)

CONFINED = ["--read-only", "--tmpfs=/tmp", "--ipc=none", "--cap-drop=ALL", "--security-opt=no-new-privileges"]
PODMAN_CONFINED = ["--read-only-tmpfs=false"]  # or it adds temporary folders of its own
WRITABLE_FOLDERS = """
import os
for folder, folders, _ in os.walk("/"):
    folders[:] = [each for each in folders if os.path.join(folder, each) not in ("/proc", "/sys", "/dev/mqueue")]
    if os.access(folder, os.W_OK):
        print(folder)
"""
IMPORTABLE = (
    "import importlib.util; print(*(n for n in ('tensorflow', 'keras', 'pip', 'uv') if importlib.util.find_spec(n)))"
)


@dataclass(frozen=True)
class Engine:
    """Docker or Podman."""

    name: str

    def __call__(self, *words: str) -> str:
        """Do something; return what it says, or fail with that."""
        done = subprocess.run([self.name, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def can(self, *words: str) -> bool:
        """Do something; tell whether it could be done."""
        return subprocess.run([self.name, *words], capture_output=True, check=False).returncode == 0


@dataclass(frozen=True)
class Container:
    """The caption function's container at work."""

    engine: Engine
    name: str
    api: RuntimeApi
    seconds_to_start: float

    def python(self, program: str) -> str:
        """Run a program inside, as whoever runs the function."""
        return self.engine("exec", self.name, "python3", "-c", program)


@pytest.fixture(scope="module")
def engine() -> Engine:
    name = working_engine()
    if not name:
        pytest.skip("needs Docker or Podman")
    return Engine(name)


@pytest.fixture(scope="module")
def base(engine: Engine) -> str | None:
    """What to build upon: $BASE_IMAGE, else a Debian where one can be made, else what the Dockerfile says."""
    chosen = os.environ.get("BASE_IMAGE")
    if chosen or not shutil.which("mmdebstrap"):
        return chosen
    if not engine.can("image", "inspect", DEBIAN):
        subprocess.run([ROOT / "tests/container/base_image.sh", engine.name, DEBIAN], check=True)
    if not engine.can("run", "--rm", DEBIAN, "true"):
        pytest.skip(
            f"{engine.name} cannot run containers here; CONTAINERS_CONF=tests/container/containers.conf may help"
        )
    return DEBIAN


@pytest.fixture(scope="module")
def image(engine: Engine, base: str | None) -> str:
    """The image, built as `make image` builds it."""
    wanted = {"ENGINE": engine.name, "IMAGE": IMAGE, "BASE_IMAGE": base or "", "MODEL_SOURCE": default_source()}
    command = [sys.executable, "-m", "infra.tools.image"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | wanted, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return IMAGE


@pytest.fixture(scope="module")
def container(
    engine: Engine, image: str, local_cloud: LocalCloud, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Container]:
    """The image at work with the caption function's own role, settings and queue."""
    file = tmp_path_factory.mktemp("container") / "environment"
    given = environment(local_cloud)
    with captioner_switched_off(local_cloud), runtime_api() as api:
        settings = given | {"AWS_LAMBDA_RUNTIME_API": api.address}
        file.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        name = f"neural-gallery-caption-{os.getpid()}"
        confined = CONFINED + (PODMAN_CONFINED if engine.name == "podman" else [])
        started = time.monotonic()
        engine("run", "--detach", f"--name={name}", *confined, "--network=host", f"--env-file={file}", image)
        try:
            assert api.asked.wait(60), engine("logs", name)
            yield Container(engine, name, api, time.monotonic() - started)
        finally:
            engine.can("kill", name)
            engine("rm", "--force", name)


@contextmanager
def captioner_switched_off(cloud: LocalCloud) -> Iterator[None]:
    """Keep the local cloud's own caption function from the queue."""
    functions = cloud.client("lambda")

    def mappings() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = functions.list_event_source_mappings(FunctionName=FUNCTION)["EventSourceMappings"]
        return found

    def switch(*, on: bool) -> None:
        for each in mappings():
            functions.update_event_source_mapping(UUID=each["UUID"], Enabled=on)

    switch(on=False)
    assert eventually(lambda: {each["State"] for each in mappings()} == {"Disabled"}, 60)
    try:
        yield
    finally:
        switch(on=True)


def environment(cloud: LocalCloud) -> dict[str, str]:
    """What the function's environment is in this cloud, the credentials of its own role included."""
    if not cloud.workers("caption"):
        cloud.upload(*photographs.some(1)[0])
        assert eventually(lambda: cloud.workers("caption"), 60)
    given = cloud.workers("caption")[0].environ()
    configuration = cloud.client("lambda").get_function_configuration(FunctionName=FUNCTION)
    settings: dict[str, str] = configuration["Environment"]["Variables"]
    return settings | {
        name: value for name, value in given.items() if name.startswith("AWS_") and name not in HOST_ONLY
    }


def arrival(cloud: LocalCloud, image_id: str) -> dict[str, Any]:
    """The caption queue's message about a picture, as Lambda hands it to the function."""
    queue = cloud.client("sqs")
    url = queue.get_queue_url(QueueName="neural-gallery-local-pictures")["QueueUrl"]
    message = {"Body": ""}
    while image_id not in message["Body"]:
        (message,) = queue.receive_message(QueueUrl=url, WaitTimeSeconds=10)["Messages"]
    queue.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    record = {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "md5OfBody": message["MD5OfBody"],
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": str(int(time.time() * 1000))},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:000000000000:neural-gallery-local-pictures",
        "awsRegion": REGION,
    }
    return {"Records": [record]}


def image_of(cloud: LocalCloud, image_id: str) -> dict[str, Any]:
    with cloud.http() as http:
        found: dict[str, Any] = http.get(f"/api/images/{image_id}").raise_for_status().json()
    return found


def predicted_labels(cloud: LocalCloud, image_id: str) -> list[Any]:
    (row,) = [row for row in rows_of(cloud, image_id) if "reading" in row]
    found: list[Any] = row["reading"]["M"]["labels"]["L"]
    return found


def tell(capsys: pytest.CaptureFixture[str], measured: str) -> None:
    """Show a measurement even where the test passes."""
    with capsys.disabled():
        sys.stdout.write(f"\n{measured}\n")


def test_the_image_adds_little_to_its_base(engine: Engine, image: str, capsys: pytest.CaptureFixture[str]) -> None:
    size = size_beyond_base(engine.name, image)
    tell(capsys, f"the caption image adds {size / 1e6:.0f} MB to its base")
    assert size <= MOST_BYTES


def test_the_container_captions_pictures_that_arrive(
    container: Container, local_cloud: LocalCloud, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = []
    for name, content in photographs.some(4)[1:]:
        image_id = local_cloud.upload(name, content)
        assert image_of(local_cloud, image_id)["status"] == "pending"
        event = arrival(local_cloud, image_id)
        started = time.monotonic()
        assert container.api.invoke(event) == {"batchItemFailures": []}
        seconds.append(time.monotonic() - started)
        captioned = image_of(local_cloud, image_id)
        assert captioned["status"] == "captioned"
        assert captioned["model"] == Path(default_source()).stem.replace("imagenet", "ResNet50")
        assert len(predicted_labels(local_cloud, image_id)) == 10, "shown or, where sensitive and unsure, kept back"
        assert captioned["labels"]
    cold = f"{container.seconds_to_start:.2f} s to start and {seconds[0]:.2f} s for the first picture"
    tell(capsys, f"the caption container takes {cold}, {min(seconds[1:]):.2f} s for one when warm")


def test_the_container_can_write_nowhere_but_in_its_temporary_folder(container: Container) -> None:
    assert container.python(WRITABLE_FOLDERS).split() == ["/tmp"]  # noqa: S108 (where Lambda has it)


def test_nobody_runs_the_container_and_may_do_nothing_special(container: Container) -> None:
    status = container.python("print(open('/proc/1/status').read())")
    known = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert known["Uid"].split() == ["65534"] * 4
    assert int(known["CapEff"], 16) == 0


def test_what_only_building_needs_stays_out_of_the_image(container: Container) -> None:
    assert container.python(IMPORTABLE) == ""
