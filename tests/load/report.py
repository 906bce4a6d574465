"""A run as Markdown, fit for docs/load.md."""

import os
import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil
from tests.load.plan import Plan
from tests.load.samples import Log, Sample, percentile
from tests.load.truth import Truth

BURST = "burst"
SHARES = ("p50", "p95", "p99", "longest")


@dataclass
class Run:
    """What a run has found out."""

    plan: Plan
    log: Log = field(default_factory=Log)
    load_before: float = field(default_factory=lambda: os.getloadavg()[0])
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each phase took."""
    longest_frames: list[float] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)

    @property
    def failures(self) -> list[str]:
        """What went wrong though nothing was done to the cloud at that moment."""
        return [f"{each.route} {each.status}" for each in (*self.log.unexplained(), *self._refused())] + self.odd

    def _refused(self) -> list[Sample]:
        return [each for each in self.log.samples if 400 <= each.status < 500]


def report(run: Run, truth: Truth) -> str:
    """Return everything about a run."""
    sections = (_size(run), _faults(run), _invariants(run, truth), _captions(truth), _latencies(run), _page(run))
    return "\n\n".join("\n".join(each) for each in sections) + "\n"


def _size(run: Run) -> Iterable[str]:
    memory = psutil.virtual_memory().total / 2**30
    yield f"Machine: {psutil.cpu_count()} processors ({_processor()}), {memory:.0f} GB, {platform.system()};"
    yield f"other work kept {run.load_before:.0f} processes busy when the run began."
    yield ""
    yield "Numbers: " + ", ".join(f"{name} {value}" for name, value in asdict(run.plan).items()) + "."
    yield ""
    yield from _table(("Phase", "Seconds"), ((phase, f"{took:.0f}") for phase, took in run.seconds.items()))
    yield ""
    yield f"In the burst {run.plan.pictures / run.seconds[BURST]:.1f} pictures arrived a second."


def _faults(run: Run) -> Iterable[str]:
    kinds = Counter(each.what for each in run.log.faults)
    longest = {
        each.what: max(f.ended - f.began for f in run.log.faults if f.what == each.what) for each in run.log.faults
    }
    yield from _table(
        ("What was done", "Times", "Longest, s"),
        ((what, str(times), f"{longest[what]:.1f}") for what, times in sorted(kinds.items())),
    )


def _invariants(run: Run, truth: Truth) -> Iterable[str]:
    ends = Counter(each.end for each in truth.arrived)
    yield "Uploads that ended well: " + ", ".join(f"{times} {end}" for end, times in ends.most_common()) + "."
    yield f"Tickets that nobody used, because the answer that held them got lost: {truth.unused_tickets}."
    yield ""
    yield from _table(("What must be so", ""), ((each.what, str(each)) for each in truth.checks()))
    unexplained = Counter(run.failures)
    yield f"| no request failed but those under way when something was killed | {_named(unexplained)} |"


def _captions(truth: Truth) -> Iterable[str]:
    yield from _table(("", "Pictures", *SHARES), [("bytes arrived to caption, s", *_row(truth.seconds_to_caption()))])


def _latencies(run: Run) -> Iterable[str]:
    yield from _table(
        ("Request, ms", "Answered", *SHARES, "Broken by a fault"),
        ((route, *_measured(found)) for route, found in run.log.by_route().items() if not route.startswith("page: ")),
    )


def _page(run: Run) -> Iterable[str]:
    found = {route: each for route, each in run.log.by_route().items() if route.startswith("page: ")}
    lines = [(route.removeprefix("page: "), *_measured(each)) for route, each in found.items()]
    lines.append(("longest time between two frames, scrolling", *_row(run.longest_frames), "0"))
    yield from _table(("In the browser, ms until drawn", "Times", *SHARES, "Broken by a fault"), lines)


def _measured(found: Sequence[Sample]) -> tuple[str, ...]:
    answered = [1000 * each.seconds for each in found if not each.failed]
    return (*_row(answered), str(len(found) - len(answered)))


def _row(values: Sequence[float]) -> tuple[str, ...]:
    if not values:
        return ("0", *("-" for _ in SHARES))
    found = [f"{percentile(values, share):,.{0 if max(values) >= 300 else 1}f}" for share in (0.5, 0.95, 0.99, 1)]
    return (str(len(values)), *found)


def _named(found: Counter[str]) -> str:
    return "; ".join(f"{times} times {what}" for what, times in found.most_common(5)) or "✓"


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterable[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for line in lines:
        yield f"| {' | '.join(line)} |"


def _processor() -> str:
    said = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()
