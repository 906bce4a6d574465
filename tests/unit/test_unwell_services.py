"""S3 and DynamoDB unwell: what passes soon is waited for, what lasts comes again, and nothing is lost or doubled."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.unit.captioning import SeesAPug, consistent
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import failing, leaving_undone, photograph
from tests.unit.pictures import ticket

from caption import pipeline
from gallery.aws import table
from gallery.aws.table import Throttled
from gallery.pictures import catalogue, rows, storage

PHOTO = photograph()


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = SeesAPug()
    monkeypatch.setattr(pipeline, "classifier", lambda: seen)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)


def clients() -> dict[str, Any]:
    return {"S3": storage.client(), "DynamoDB": table.client()}


CALLS = [
    ("S3", "GetObject", 503, "SlowDown"),
    ("S3", "PutObject", 500, "InternalError"),
    ("DynamoDB", "GetItem", 400, "ProvisionedThroughputExceededException"),
    ("DynamoDB", "PutItem", 500, "InternalServerError"),
    ("DynamoDB", "BatchWriteItem", 400, "ThrottlingException"),
]


@pytest.mark.fault("S3 or DynamoDB answers 500 or throttles for a moment", "waited for; captioned at the first try")
@pytest.mark.parametrize(("service", "operation", "status", "code"), CALLS)
def test_a_passing_weakness_is_waited_for(
    gallery: Gallery, service: str, operation: str, status: int, code: str
) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    with failing(clients()[service], operation, 2, status, code) as answered:
        done = pipeline.caption(picture.id)
    assert len(answered) == 2
    assert done
    assert (done.status, done.version) == ("captioned", 2)
    consistent(gallery)


@pytest.mark.fault("S3 or DynamoDB fails for longer", "the message comes again; captioned once, nothing left over")
@pytest.mark.parametrize(("service", "operation", "status", "code"), CALLS)
def test_a_lasting_weakness_makes_the_message_come_again(
    gallery: Gallery, service: str, operation: str, status: int, code: str
) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    with failing(clients()[service], operation, 1000, status, code) as answered, pytest.raises(ClientError):
        pipeline.caption(picture.id)
    assert len(answered) >= 3
    done = pipeline.caption(picture.id)
    assert done
    assert (done.status, done.version) == ("captioned", 2)
    consistent(gallery)


@pytest.mark.fault("DynamoDB does only a part of a batch", "the rest is sent again, after waits of random length")
def test_a_batch_that_was_left_undone_is_finished(gallery: Gallery) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    with leaving_undone(3) as left:
        done = pipeline.caption(picture.id)
    assert len(left) == 3
    assert done
    consistent(gallery)


@pytest.mark.fault(
    "DynamoDB goes on doing only a part", "given up after eight tries without progress; the message comes again"
)
def test_a_batch_that_stays_undone_is_given_up(gallery: Gallery) -> None:
    picture = ticket()
    gallery.upload(picture.id, PHOTO)
    with leaving_undone(100) as left, pytest.raises(Throttled):
        pipeline.caption(picture.id)
    assert len(left) == 8
    assert [each.id for each in catalogue.page(rows.PUBLIC, 10).pictures] == []
    assert pipeline.caption(picture.id)
    consistent(gallery)


NO_DISK = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from caption.examine import examine
found = examine(sys.stdin.buffer.read())
sys.stdout.write(f"{found.width}x{found.height} {len(found.small) > 0}")
"""


@pytest.mark.fault("the disk is full", "captioned all the same: looking at a picture writes no file")
@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a Unix kind")
def test_a_full_disk_does_not_matter() -> None:
    root = Path(__file__).parents[2]
    environment = {"PYTHONPATH": f"{root}/functions:{root}/layers/gallery", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", NO_DISK], input=PHOTO, capture_output=True, env=environment, timeout=60, check=False
    )
    assert done.stdout.decode() == "256x256 True", done.stderr.decode()


def test_the_captioner_starts_without_what_only_the_api_needs() -> None:
    """Pydantic and the resolver would take a seventh of a second of each start, and 10 MB."""
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": f"{root}/functions:{root}/layers/gallery"}
    started = "import sys, caption.handler; sys.exit('pydantic' in sys.modules)"
    subprocess.run([sys.executable, "-c", started], env=environment, timeout=110, check=True)


@pytest.mark.fault("DynamoDB does only a part, and somebody waits for the answer", "a 503 that says when to come again")
def test_who_asks_while_the_table_is_overloaded_is_told_to_come_again(
    api: Api,
) -> None:
    photo = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000}
    with leaving_undone(100):
        answer = api("POST", "/api/uploads", body={"files": [photo]})
    assert (answer.status, answer.json["title"]) == (503, "Service Unavailable")
    assert int(answer.headers["retry-after"]) >= 1
