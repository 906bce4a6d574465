"""The captioner as a measured process: `python -m tests.benchmarks._captioner first|warm|peak ID…`.

It runs in the environment that a local cloud gives the function, and its last line of output is the measurement.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast

CONTEXT = SimpleNamespace(
    function_name="caption",
    memory_limit_in_mb=1769,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:caption",
    aws_request_id="benchmark",
)


class Stopwatch:
    """Milliseconds spent in each stage of captioning a picture."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def around(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the work as it was, but timed as part of a stage."""

        def timed(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the work takes and gives
            started = time.perf_counter()
            try:
                return work(*args, **kwargs)
            finally:
                self.spent[stage] = self.spent.get(stage, 0) + (time.perf_counter() - started) * 1000

        return timed


def first(ids: Sequence[str]) -> str:
    """Handle one picture as Lambda has a new function do; answer when that was done, in seconds since the epoch."""
    from caption.handler import handler  # noqa: PLC0415 - loading is part of what is measured
    from gallery.captioning.events import reminder  # noqa: PLC0415

    records = [{"messageId": each, "body": reminder(each), "eventSource": "aws:sqs"} for each in ids]
    answer = handler({"Records": records}, cast("Any", CONTEXT))
    assert answer == {"batchItemFailures": []}
    return str(time.time())


def warm(ids: Sequence[str]) -> str:
    """Caption pictures one after the other; answer milliseconds.

    First the fewest of each stage and of the whole, then of processor time per picture, then the median of the whole.
    """
    from statistics import median  # noqa: PLC0415 - only here, like the next two
    from unittest.mock import patch  # noqa: PLC0415

    import psutil  # noqa: PLC0415

    from caption import handler, pipeline  # noqa: F401, PLC0415 - the handler warms its clients and the model
    from caption.classifier import Classifier  # noqa: PLC0415
    from gallery.pictures import catalogue, storage  # noqa: PLC0415

    stages: Sequence[tuple[str, Any, str]] = (
        ("fetch", catalogue, "find"),
        ("fetch", storage, "read_original"),
        ("examine", pipeline, "examine"),
        ("infer", Classifier, "classify"),
        ("write", pipeline, "_store_renditions"),
        ("write", catalogue, "change"),
    )
    everybody = [psutil.Process(), *psutil.Process().children()]
    spent: list[dict[str, float]] = []
    used: list[float] = []
    for image_id in ids:
        watch = Stopwatch()
        patches = [
            patch.object(where, name, watch.around(stage, getattr(where, name))) for stage, where, name in stages
        ]
        before = sum(sum(each.cpu_times()[:2]) for each in everybody)
        for each in patches:
            each.start()
        picture = watch.around("whole", pipeline.caption)(image_id)
        for each in patches:
            each.stop()
        assert picture is not None
        assert picture.status == "captioned"
        used.append((sum(sum(each.cpu_times()[:2]) for each in everybody) - before) * 1000)
        spent.append(watch.spent)
    fastest = [min(each[stage] for each in spent) for stage in ("fetch", "examine", "infer", "write", "whole")]
    return " ".join(map(str, [*fastest, sum(used[1:]) / len(used[1:]), median(each["whole"] for each in spent)]))


def peak(ids: Sequence[str]) -> str:
    """Caption pictures; answer the most memory that this process and its children each held, in megabytes."""
    import psutil  # noqa: PLC0415 - only here

    first(ids)
    return " ".join(str(_high_water(each.pid)) for each in [psutil.Process(), *psutil.Process().children()])


def _high_water(pid: int) -> float:
    with open(f"/proc/{pid}/status") as status:  # noqa: PTH123 - pathlib would be loaded for this alone
        (line,) = (each for each in status if each.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


if __name__ == "__main__":
    if "CONTROL_GROUP" in os.environ:
        with open(f"{os.environ['CONTROL_GROUP']}/cgroup.procs", "w") as members:  # noqa: PTH123 - as above
            members.write(str(os.getpid()))
    measured = {"first": first, "warm": warm, "peak": peak}[sys.argv[1]](sys.argv[2:])
    sys.stdout.write(f"\n{measured}\n")
