"""What was measured: every request with its route, start, duration and outcome, and who was killed when."""

import math
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby

import httpx

NO_ANSWER = 0
"""Stands for the status of a request that got none: the connection was refused or broke."""
SECONDS_AROUND = 0.5
"""How far from a kill, at most, its consequences begin or end by our clock."""


@dataclass(frozen=True)
class Sample:
    """One request: its route, when it began (seconds of time.time), how long it took, and its HTTP status."""

    route: str
    began: float
    seconds: float
    status: int

    @property
    def failed(self) -> bool:
        """Whether the gallery, rather than who asked, was to blame."""
        return self.status >= 500 or self.status == NO_ANSWER


@dataclass(frozen=True)
class Fault:
    """Something done to the cloud, from one moment to another; a killed process has but one moment."""

    what: str
    began: float
    ended: float


@dataclass
class Log:
    """All samples and faults of a run; any thread may add to it."""

    samples: list[Sample] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, sample: Sample) -> None:
        """Note a request."""
        with self._lock:
            self.samples.append(sample)

    @contextmanager
    def fault(self, what: str) -> Iterator[None]:
        """Note that something is done to the cloud in this block."""
        began = time.time()
        yield
        with self._lock:
            self.faults.append(Fault(what, began, time.time()))

    def explained(self, sample: Sample) -> bool:
        """Tell whether a request was under way while something was done to the cloud."""
        ended = sample.began + sample.seconds
        return any(
            sample.began - SECONDS_AROUND <= each.ended and each.began - SECONDS_AROUND <= ended for each in self.faults
        )

    def unexplained(self) -> list[Sample]:
        """Return the failures that no fault explains."""
        return [each for each in self.samples if each.failed and not self.explained(each)]

    def by_route(self) -> dict[str, list[Sample]]:
        """Return the samples of each route."""
        ordered = sorted(self.samples, key=lambda each: each.route)
        return {route: list(found) for route, found in groupby(ordered, key=lambda each: each.route)}


class Asking:
    """Asks as clients of HTTP do, and notes each request."""

    def __init__(self, http: httpx.Client, log: Log) -> None:
        self.http = http
        self.log = log

    def ask(self, route: str, method: str, url: str, **how: object) -> httpx.Response | None:
        """Send a request; return the answer, None where none came."""
        began, clock = time.time(), time.perf_counter()
        answer = None
        with suppress(httpx.TransportError):
            answer = self.http.request(method, url, **how)  # type: ignore[arg-type] # httpx's own options
        status = answer.status_code if answer is not None else NO_ANSWER
        self.log.add(Sample(route, began, time.perf_counter() - clock, status))
        return answer


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below or at which a share of all lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
