"""`make load`: a burst of uploads and browsers while everything is killed now and then, and what is true afterwards."""

import os
import random
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from tests.e2e.conftest import CHROMIUM
from tests.load import browsing, faults
from tests.load.pictures import Album
from tests.load.plan import Plan, plan_from
from tests.load.report import BURST, Run, report
from tests.load.samples import Asking
from tests.load.truth import Truth, look_up
from tests.load.uploading import Uploader, Uploads, burst, resume
from tests.local_cloud import LocalCloud, eventually, running

SECONDS_OF_AN_ANSWER = 60
SHORTEST_REST, LONGEST_REST, LONGEST_SHARE = 3.0, 60.0, 5
"""What is true is looked up each minute, or more often where that takes no more than a fifth of the time."""


class Load:
    """One run against one cloud."""

    def __init__(self, plan: Plan, cloud: LocalCloud, http: httpx.Client) -> None:
        self.run = Run(plan)
        self.plan = plan
        self.cloud = cloud
        self.asking = Asking(http, self.run.log)
        self.album = Album(plan.seed, plan.poison_every)
        self.uploads = Uploads()
        self.uploader = Uploader(self.asking, self.uploads)

    def all(self) -> Truth:
        """Do everything in turn; return what is true in the end."""
        with self._killing(1), self._phase(BURST):
            self._burst()
        with self._phase("a browser's visit recorded"):
            requests = browsing.record(self.cloud.site_url)
        with self._killing(2), self._phase("traffic"):
            self._traffic(requests)
        with self._phase("until all was as it has to be"):
            truth = self._settled()
        self.run.odd = self.uploads.odd
        return truth

    def _burst(self) -> None:
        half = self.plan.pictures // 2
        with ThreadPoolExecutor(1) as aside:
            sending = aside.submit(burst, self.uploader, self.album, self.plan.pictures, self.plan.senders)
            eventually(lambda: len(self.uploads.arrived) >= half, float("inf"), lambda: not sending.done())
            faults.kill_everything(self.cloud, self.run.log)
            sending.result()

    def _traffic(self, requests: list[browsing.Request]) -> None:
        plan, end = self.plan, time.monotonic() + 60 * self.plan.minutes
        lot = random.Random(plan.seed)  # noqa: S311 - reproducible, not secret
        visit = max((each.at for each in requests), default=0)
        with ThreadPoolExecutor(plan.clients + plan.uploaders + 1) as people:
            seen = people.submit(browsing.visit_until, self.cloud.site_url, self.run.log, end)
            replays = [browsing.Replay(self.asking, requests) for _ in range(plan.clients)]
            busy: list[Future[None]] = [people.submit(each.until, end, lot.uniform(0, visit)) for each in replays]
            busy += [people.submit(resume, self.uploader, self.album, end) for _ in range(plan.uploaders)]
            time.sleep(max(0.0, end - time.monotonic() - 30 * plan.minutes))
            faults.stop_and_start(self.cloud, self.run.log)
            for each in busy:
                each.result()
            self.run.longest_frames = seen.result()

    def _settled(self) -> Truth:
        deadline = time.monotonic() + 60 * self.plan.settle_minutes
        while True:
            began = time.monotonic()
            truth = look_up(self.cloud, self.uploads.arrived)
            if not any(each.wrong for each in truth.checks()) or began > deadline:
                return truth
            share = LONGEST_SHARE * (time.monotonic() - began)
            time.sleep(min(LONGEST_REST, max(SHORTEST_REST, share)))

    @contextmanager
    def _killing(self, turn: int) -> Iterator[None]:
        stop = threading.Event()
        lot = random.Random(self.plan.seed + turn)  # noqa: S311 - reproducible, not secret
        with ThreadPoolExecutor(1) as aside:
            killing = aside.submit(faults.kill_functions, self.cloud, self.run.log, self.plan.kill_every, lot, stop)
            try:
                yield
            finally:
                stop.set()
            killing.result()

    @contextmanager
    def _phase(self, name: str) -> Iterator[None]:
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {name}…\n")
        began = time.monotonic()
        yield
        self.run.seconds[name] = time.monotonic() - began


def as_a_function(cloud: LocalCloud) -> None:
    """Give this process the environment of a function, for the domain to read by."""
    os.environ |= {
        "TABLE_NAME": cloud.outputs["TableName"],
        "MEDIA_BUCKET": cloud.outputs["MediaBucketName"],
    }


def main() -> int:
    """Run it; print the report; return 1 if anything is not as it has to be."""
    plan = plan_from(sys.argv[1:])
    if CHROMIUM is None:
        sys.stderr.write("A browser takes part: on Debian and Ubuntu, `sudo apt-get install chromium` installs it.\n")
        return 1
    with TemporaryDirectory() as folder, running(Path(folder)) as cloud:
        as_a_function(cloud)
        connections = httpx.Limits(max_connections=None, max_keepalive_connections=100)
        with cloud.http(limits=connections) as http:
            http.timeout = httpx.Timeout(SECONDS_OF_AN_ANSWER)
            load = Load(plan, cloud, http)
            truth = load.all()
            sys.stdout.write(report(load.run, truth))
            return 1 if load.run.failures or any(each.wrong for each in truth.checks()) else 0


if __name__ == "__main__":
    sys.exit(main())
