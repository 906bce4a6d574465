"""The captioner side by side with that of commit 5a01465, before renditions had three sizes and metadata were read.

Both caption the same files in turns, each in a process of its own against the emulator's S3 and
DynamoDB; what is told is processor time, in the median, and the most memory. The former build is checked out into
build/former. `python -m tests.benchmarks.former` prints the table.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import boto3
from tests.benchmarks._gallery import environment, photograph
from tests.benchmarks._size import sized
from tests.engines.running import running_engine
from tests.local_cloud import ROOT
from tests.photographs import MODEL, some
from ulid import ULID

COMMIT = "5a01465"
FORMER = ROOT / "build" / "former"
TURNS = sized(15, 2)
BURST = sized(100, 2)
KEY = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


class Used(NamedTuple):
    """Milliseconds of processor time of the whole captioner and of its decoding child, and megabytes at most."""

    whole: float
    child: float
    peak: float


class Build:
    """The captioner of a build, with a table and a bucket of its own; its functions may be asked beside it."""

    def __init__(self, name: str, root: Path, endpoint: str) -> None:
        self._s3 = _session().client("s3", endpoint_url=endpoint)
        self._bucket = f"{name}-{ULID()}".lower()
        self._s3.create_bucket(Bucket=self._bucket)
        _make_table(self._bucket, endpoint)
        places = {"PYTHONPATH": f"{root}/functions:{root}/layers/gallery", "TABLE_NAME": self._bucket}
        function = {"MEDIA_BUCKET": self._bucket, "MODEL_NAME": "resnet50", "POWERTOOLS_METRICS_NAMESPACE": "Former"}
        self.environment = environment(**KEY, **places, **function, AWS_ENDPOINT_URL=endpoint, ACCESS_MODE="open")
        """Of its functions."""
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("_side.py"))],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def caption(self, body: bytes) -> Used:
        """Caption a picture and return what that took."""
        image_id = str(ULID())
        self._s3.put_object(Bucket=self._bucket, Key=f"originals/{image_id}", Body=body)
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{image_id}\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("=> "):
                return Used(*map(float, line.split()[1:]))
        raise RuntimeError("The captioner has ended.")

    def end(self) -> None:
        """End its process."""
        self._process.kill()
        self._process.communicate()


def _session() -> boto3.Session:
    return boto3.Session("test", "test", region_name="us-east-1")


def _make_table(name: str, endpoint: str) -> None:
    _session().client("dynamodb", endpoint_url=endpoint).create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": "S"} for each in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )


def check_out() -> bool:
    """Have the former build in its folder; tell whether the history has it."""
    if not FORMER.exists():
        command = ["git", "-C", str(ROOT), "worktree", "add", "--quiet", "--detach", str(FORMER), COMMIT]
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode:
            return False
    for function in ("caption", "search"):
        model = FORMER / "functions" / function / "model"
        if not model.exists():
            model.symlink_to(ROOT / "functions" / function / "model")
    return True


@contextmanager
def both() -> Iterator[Sequence[Build]]:
    """The former captioner and the present one."""
    with running_engine("ministack") as endpoint, ExitStack() as ending:
        builds = [Build(name, root, endpoint) for name, root in (("former", FORMER), ("present", ROOT))]
        for each in builds:
            ending.callback(each.end)
        yield builds


def compare(pictures: Sequence[bytes]) -> list[Used]:
    """Caption pictures by both in turns; return the medians of each, and their memory."""
    with both() as builds:
        found = [[each.caption(body) for each in builds] for body in pictures]
    # The first of each makes what is kept from then on.
    sides = zip(*(found[1:] or found), strict=True)
    return [Used(*(median(each) for each in zip(*side, strict=True))) for side in sides]


def main() -> None:
    """Print the table; says so where there is no model or no history."""
    if not MODEL.exists():
        sys.stdout.write("former: no model has been compiled; run `make model` first\n")
        return
    if not check_out():
        sys.stdout.write(f"former: this clone has no commit {COMMIT}\n")
        return
    sys.stdout.write(f"{'':24}{'whole':>22}{'decoding child':>22}{'memory':>20}\n")
    for label, pictures in (
        ("12 MP", [photograph(12, turn) for turn in range(TURNS)]),
        ("3 MP", [photograph(3, turn) for turn in range(TURNS)]),
        (f"{BURST} photographs", [body for _, body in some(BURST)]),
    ):
        before, now = compare(pictures)
        columns = (
            f"{before.whole:.0f} -> {now.whole:.0f} ms ({now.whole / before.whole:.2f})",
            f"{before.child:.0f} -> {now.child:.0f} ms ({now.child / before.child:.2f})",
            f"{before.peak:.0f} -> {now.peak:.0f} MB",
        )
        sys.stdout.write(f"{label:24}{columns[0]:>22}{columns[1]:>22}{columns[2]:>20}\n")


if __name__ == "__main__":
    main()
