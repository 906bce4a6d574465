"""Whoever pulls plugs: functions' processes at random, and the whole cloud in the middle."""

import random
import threading
from contextlib import suppress

import psutil
from tests.load.samples import Log
from tests.local_cloud import LocalCloud

SECONDS_TO_STOP = 60


def kill_functions(cloud: LocalCloud, log: Log, every: float, lot: random.Random, stop: threading.Event) -> None:
    """Kill a process of some function every few seconds, at random, until told to stop."""
    while every and not stop.wait(lot.expovariate(1 / every)):
        with suppress(psutil.Error):
            running = cloud.functions()
            if running:
                name = lot.choice(sorted(running))
                with log.fault(f"a process of {name} killed"):
                    lot.choice(running[name]).kill()


def kill_everything(cloud: LocalCloud, log: Log) -> None:
    """Kill all processes of the cloud at once, and start it again."""
    with log.fault("everything killed in the middle of the burst, and started again"):
        cloud.kill()
        cloud.start()


def stop_and_start(cloud: LocalCloud, log: Log) -> None:
    """Stop the cloud in peace, and start it again."""
    with log.fault("the cloud stopped in the middle of the traffic, and started again"):
        cloud.stop(seconds=SECONDS_TO_STOP)
        cloud.start()
