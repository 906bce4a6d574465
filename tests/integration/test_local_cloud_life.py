"""How the local cloud starts, stops, is killed and comes back."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from botocore.exceptions import BotoCoreError, ClientError
from tests import photographs
from tests.local_cloud import ROOT, LocalCloud, eventually, free_port, running
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.long, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def own_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """A local cloud that may be stopped and killed."""
    with running(Path(tmp_path_factory.mktemp("own"))) as cloud:
        yield cloud


def wait_for_snapshot(cloud: LocalCloud) -> None:
    """Return once what was done is on disk: at the second snapshot from now, since the next may have begun before."""
    newest = cloud.data / "state" / "generations" / "newest"
    last = int(newest.read_text())

    def taken() -> bool:
        cloud.client("sqs").list_queues()  # snapshots are taken only while something is asked
        return int(newest.read_text()) >= last + 2

    assert eventually(taken, 60)


def put_rows(cloud: LocalCloud, names: range) -> None:
    dynamodb = cloud.client("dynamodb")
    for name in names:
        row = {"pk": {"S": "test"}, "sk": {"S": f"{name:05}"}, "binary": {"B": bytes([name % 256])}}
        dynamodb.put_item(TableName=cloud.outputs["TableName"], Item=row)


def rows(cloud: LocalCloud) -> list[str]:
    found = cloud.client("dynamodb").query(
        TableName=cloud.outputs["TableName"],
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": "test"}},
    )
    return [item["sk"]["S"] for item in found["Items"]]


def picture_ids(cloud: LocalCloud, ids: list[str]) -> set[str]:
    with cloud.http() as http:
        found = http.get("/api/images", params={"ids": ",".join(ids)}).raise_for_status().json()
    return {image["id"] for image in found["images"]}


def captioned(cloud: LocalCloud, ids: list[str]) -> set[str]:
    with cloud.http() as http:
        found = http.get("/api/images", params={"ids": ",".join(ids)}).raise_for_status().json()
    return {image["id"] for image in found["images"] if image["status"] == "captioned"}


def resources(cloud: LocalCloud) -> int:
    """How many resources of the gallery's stack are made already."""
    try:
        found = cloud.client("cloudformation").describe_stack_resources(StackName="NeuralGallery-local")
    except (OSError, BotoCoreError, ClientError):
        return 0  # the cloud, or its stack, is not there yet
    return sum(each["ResourceStatus"] == "CREATE_COMPLETE" for each in found["StackResources"])


def refused(**environment: str) -> str:
    """What is said to somebody for whom the gallery can't start; it has to be one sentence."""
    given = {"PORT": str(free_port()), "CLOUD_PORT": str(free_port()), "DATA": "/nonexistent/never"} | environment
    done = subprocess.run(
        [sys.executable, "-m", "infra.local"],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_a_restart_makes_nothing_anew_and_finds_everything(own_cloud: LocalCloud) -> None:
    picture = own_cloud.upload("a.jpg", b"no picture, but an upload")
    put_rows(own_cloud, range(20))
    assert own_cloud.stop(signal.SIGINT) == 0
    assert own_cloud.leftovers() == []
    own_cloud.start()
    assert picture_ids(own_cloud, [picture]) == {picture}
    assert rows(own_cloud) == [f"{name:05}" for name in range(20)]
    assert f"The gallery is at {own_cloud.site_url}" in own_cloud.said
    assert not any("template" in line for line in own_cloud.said)


def test_a_kill_loses_nothing_older_than_a_few_seconds(own_cloud: LocalCloud) -> None:
    before = set(rows(own_cloud))
    picture = own_cloud.upload("b.jpg", b"another upload")
    put_rows(own_cloud, range(100, 150))
    wait_for_snapshot(own_cloud)
    own_cloud.kill()
    own_cloud.start()
    assert set(rows(own_cloud)) == before | {f"{name:05}" for name in range(100, 150)}
    assert picture_ids(own_cloud, [picture]) == {picture}


def test_a_ticket_lets_its_picture_in_after_a_kill(own_cloud: LocalCloud) -> None:
    asked = {"files": [{"name": "c.jpg", "type": "image/jpeg", "size": 5}]}
    with own_cloud.http() as http:
        (ticket,) = http.post("/api/uploads", json=asked).raise_for_status().json()["uploads"]
    wait_for_snapshot(own_cloud)
    own_cloud.kill()
    own_cloud.start()
    assert httpx.post(ticket["url"], data=ticket["fields"], files={"file": b"later"}).status_code == 204


@pytest.mark.slow
def test_a_kill_in_the_middle_of_the_first_deployment_leaves_a_start_that_works(tmp_path: Path) -> None:
    cloud = LocalCloud(tmp_path, free_port(), free_port())
    for made in (1, 10, 40, 100):
        cloud.begin()
        assert eventually(lambda: resources(cloud) >= made, 120)  # noqa: B023 (waited for right here)
        cloud.kill()
    cloud.start()
    assert httpx.get(f"{cloud.site_url}/api/health").status_code == 200
    assert cloud.stop() == 0


@pytest.mark.slow
def test_a_kill_in_the_middle_of_a_burst_keeps_every_object_that_arrived(own_cloud: LocalCloud) -> None:
    s3, bucket = own_cloud.client("s3", retries={"max_attempts": 0}), "burst"
    s3.create_bucket(Bucket=bucket)
    written: list[str] = []

    def write(number: int) -> None:
        key = str(number)
        s3.put_object(Bucket=bucket, Key=key, Body=number.to_bytes(4, "big") * 20_000)
        written.append(key)

    for attempt in range(2):
        with ThreadPoolExecutor(8) as clients:
            burst = [clients.submit(write, number) for number in range(attempt * 500, attempt * 500 + 500)]
            assert eventually(lambda: len(written) > 100 + attempt * 100, 60)  # noqa: B023 (waited for right here)
            own_cloud.kill()
            for put in burst:
                put.cancel()
        own_cloud.start()
        for key in written:
            body = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
            assert body == int(key).to_bytes(4, "big") * 20_000


@needs_model
@pytest.mark.slow
@pytest.mark.fault("everything is killed in a burst of uploads", "every picture that arrived is captioned")
def test_every_picture_that_arrived_before_a_kill_is_captioned_in_the_end(own_cloud: LocalCloud) -> None:
    arrived: list[str] = []

    def upload(picture: tuple[str, bytes]) -> None:
        arrived.append(own_cloud.upload(*picture))

    with ThreadPoolExecutor(8) as people:
        burst = [people.submit(upload, picture) for picture in photographs.some(60)]
        assert eventually(lambda: len(arrived) >= 30, 60)
        own_cloud.kill()
        for each in burst:
            each.cancel()
    own_cloud.start()
    assert eventually(lambda: captioned(own_cloud, arrived) == set(arrived), 200)


@pytest.mark.fault("everything is killed with pictures at work", "taken up again at the next start")
def test_what_was_in_work_when_it_was_killed_is_taken_up_again_at_once(own_cloud: LocalCloud) -> None:
    sqs = own_cloud.client("sqs")
    queue = sqs.create_queue(QueueName="test", Attributes={"VisibilityTimeout": "600"})["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="work")
    assert len(sqs.receive_message(QueueUrl=queue)["Messages"]) == 1
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    wait_for_snapshot(own_cloud)
    own_cloud.kill()
    own_cloud.start()
    assert [message["Body"] for message in sqs.receive_message(QueueUrl=queue)["Messages"]] == ["work"]


def test_it_stops_in_time_with_functions_at_work_and_leaves_no_process(own_cloud: LocalCloud) -> None:
    with ThreadPoolExecutor(8) as clients, own_cloud.http() as http:
        calls: list[Future[httpx.Response]] = [clients.submit(http.get, "/api/images") for _ in range(300)]
        assert eventually(lambda: own_cloud.workers("images"), 60)
        started = time.monotonic()
        assert own_cloud.stop() == 0
        assert time.monotonic() - started < 10
        for call in calls:
            call.cancel()
    assert own_cloud.leftovers() == []
    own_cloud.start()


def test_the_emulator_never_outlives_the_process_that_started_it(own_cloud: LocalCloud) -> None:
    os.kill(own_cloud.pid, signal.SIGKILL)
    own_cloud.wait(5)
    assert eventually(lambda: not own_cloud.processes(), 10)
    own_cloud.start()


@pytest.mark.slow
def test_two_run_side_by_side_but_never_on_one_folder(own_cloud: LocalCloud, tmp_path: Path) -> None:
    assert "already running" in refused(DATA=str(own_cloud.data))
    with running(tmp_path) as other:
        assert httpx.get(f"{other.site_url}/api/health").status_code == 200
        assert httpx.get(f"{own_cloud.site_url}/api/health").status_code == 200
        assert other.stop() == 0


@pytest.mark.parametrize("name", ["PORT", "CLOUD_PORT"])
def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path, name: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        said = refused(DATA=str(tmp_path), **{name: str(port)})
    assert f"Port {port}" in said
    assert f"{name}=" in said


def test_a_missing_node_is_named_with_the_way_out(tmp_path: Path) -> None:
    said = refused(DATA=str(tmp_path), PATH=str(tmp_path))
    assert "Node.js" in said
    assert "https://nodejs.org" in said


@pytest.mark.parametrize("port", ["nine", "0", "65536", "-1"])
def test_a_port_that_is_none_is_named_with_the_way_out(port: str) -> None:
    assert "PORT=8080" in refused(PORT=port)


def test_a_folder_that_cannot_be_written_is_named_with_the_way_out() -> None:
    assert "DATA=" in refused(DATA="/dev/null/gallery")
