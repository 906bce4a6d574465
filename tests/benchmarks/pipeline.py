"""A picture's way through the whole captioner: its stages, its memory, how many a second, how long until it is seen.

S3, DynamoDB and SQS are the local cloud's, one process on this machine, whose own work is in fetch and write; so the
processor time of the captioner alone (both its processes) stands beside. Times are the fastest of several pictures,
since other work on the machine only ever adds. Renditions are written while the model looks.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from statistics import median, quantiles
from typing import Any, NamedTuple

import httpx
import psutil
from tests.benchmarks._gallery import (
    as_the_captioner,
    cloud,
    eventually,
    let_arrivals_in,
    let_arrivals_wait,
    output_of,
    photograph,
)
from tests.benchmarks._size import sized
from tests.local_cloud import LocalCloud
from tests.photographs import MODEL, some

from caption import decoder
from caption.decoding import decode
from caption.metadata.reading import read
from caption.opening import open_picture

CAPTIONER = "tests.benchmarks._captioner"
MEGAPIXELS = (0.1, 3, 12, 48)[: sized(4)]
TURNS = sized(12, 2)
SIDE = 224
SEEN = sized(60, 12)
BATCH = sized(5)
BURST = sized(100)


class Stages(NamedTuple):
    """Milliseconds per picture: the fastest of each; the mean that the captioner's processes used; the median whole."""

    fetch: float
    examine: float
    infer: float
    write: float
    whole: float
    processor: float
    typical: float


def _fastest(work: Callable[[], Any]) -> float:
    took = []
    for _ in range(TURNS):
        started = time.process_time()
        work()
        took.append((time.process_time() - started) * 1000)
    return min(took)


def decode_and_encode(body: bytes) -> tuple[float, float]:
    """Return the milliseconds that the decoding child takes to decode, and to make everything from the pixels."""
    opened = open_picture(body)
    decoded = decode(opened)

    def make() -> None:
        decoder._made_of(decoded, read(opened.image, body), SIDE)

    return _fastest(lambda: decode(open_picture(body))), _fastest(make)


def stages(gallery: LocalCloud, megapixels: float) -> Stages:
    """Caption some pictures of a size, one after the other, in a warm captioner."""
    ids = [gallery.upload(f"{turn}.jpg", photograph(megapixels, turn)) for turn in range(TURNS)]
    return Stages(*map(float, output_of(CAPTIONER, "warm", *ids, **as_the_captioner(gallery))))


def print_stages(gallery: LocalCloud) -> None:
    """Print milliseconds per stage and size."""
    names = ("fetch", "decode", "encode", "hand over", "infer", "write", "whole", "processor")
    sys.stdout.write(f"{'warm, ms per picture':22}" + "".join(f"{name:>11}" for name in names) + "\n")
    for size in MEGAPIXELS:
        body = photograph(size)
        decoding, encoding = decode_and_encode(body)
        found = stages(gallery, size)
        between = max(0.0, found.examine - decoding - encoding)
        row = (found.fetch, decoding, encoding, between, found.infer, found.write, found.whole, found.processor)
        label = f"{size:g} MP, {len(body) / 1e6:.2f} MB"
        sys.stdout.write(f"{label:22}" + "".join(f"{each:>11.1f}" for each in row) + "\n")


def print_peak(gallery: LocalCloud, pictures: int) -> None:
    """Print the memory that a batch of so many 12-megapixel JPEGs takes, each with a decoding child of its own."""
    ids = [gallery.upload(f"{turn}.jpg", photograph(12, 100 * pictures + turn)) for turn in range(pictures)]
    parent, *children = map(float, output_of(CAPTIONER, "peak", *ids, **as_the_captioner(gallery)))
    sys.stdout.write(
        f"peak memory for {pictures} JPEG of 12 MP: {parent:.0f} MB + {sum(children):.0f} MB"
        f" in {len(children)} decoding children = {parent + sum(children):.0f} MB\n"
    )


def print_until_seen(gallery: LocalCloud) -> None:
    """Print how long after the end of an upload the caption is there for the page, one picture at a time."""
    took = []
    with gallery.http() as http:
        for name, body in some(SEEN):
            image_id = gallery.upload(name, body)
            started = time.monotonic()
            while http.get(f"/api/images/{image_id}").json()["status"] != "captioned":
                assert time.monotonic() < started + 60, "no caption in a minute"
                time.sleep(0.01)
            took.append(time.monotonic() - started)
    warm = took[SEEN // 6 :]
    sys.stdout.write(
        f"upload's end to caption in GET /api/images/{{id}}: median {median(warm):.2f} s,"
        f" nine in ten within {quantiles(warm, n=10)[-1]:.2f} s, over {len(warm)} pictures\n"
    )


def print_rate(gallery: LocalCloud) -> None:
    """Print how many pictures of a burst are captioned in a second, on this machine and by the captioner alone."""
    let_arrivals_wait(gallery)
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda each: gallery.upload(*each), some(BURST)))
    before = _processor_seconds(gallery)
    started = time.monotonic()
    let_arrivals_in(gallery)
    with gallery.http() as http:
        assert eventually(lambda: _all_captioned(http, ids), 120)
    took = time.monotonic() - started
    after = _processor_seconds(gallery)
    used = sum(seconds - before[each] for each, seconds in after.items()) / BURST
    cores = os.cpu_count() or 1
    sys.stdout.write(
        f"burst of {BURST} photographs: {BURST / took:.1f} pictures a second, {BURST / took / cores:.1f} per core,"
        " with the emulator and all else on the machine;\n"
        f"  the captioner alone uses {used * 1000:.0f} ms of a processor per picture:"
        f" {1 / used:.1f} pictures a second per core\n"
    )


def _all_captioned(http: httpx.Client, ids: Sequence[str]) -> bool:
    found = http.get("/api/images", params={"ids": ",".join(ids)}).raise_for_status().json()["images"]
    return len(found) == len(ids) and all(each["status"] == "captioned" for each in found)


def _processor_seconds(gallery: LocalCloud) -> Counter[psutil.Process]:
    """Return what each process of the captioner has used so far."""
    used: Counter[psutil.Process] = Counter()
    for worker in gallery.workers("caption"):
        with suppress(psutil.Error):
            used.update({each: sum(each.cpu_times()[:2]) for each in (worker, *worker.children(recursive=True))})
    return used


def main() -> None:
    """Print all of it; says so where there is no model."""
    if not MODEL.exists():
        sys.stdout.write("pipeline: no model has been compiled; run `make model` first\n")
        return
    sys.stdout.write(f"other work on this machine: {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors busy\n")
    with cloud() as gallery:
        print_until_seen(gallery)
        print_rate(gallery)
        let_arrivals_wait(gallery)
        print_stages(gallery)
        for pictures in (1, BATCH):
            print_peak(gallery, pictures)


if __name__ == "__main__":
    main()
