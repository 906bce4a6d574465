"""How long a 12-megapixel picture takes by the memory of the function, which decides its share of a processor.

Lambda gives 1769 MB one processor and less memory less of it. A control group of Linux does the same here, which takes
the right to make one; where that is missing, `make cost` still computes the curve from the processor time measured.
Pictures come one after the other, so that what is waited for is the local cloud alone.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.tools.cost import PRICES, WHOLE_PROCESSOR_MB
from tests.benchmarks._gallery import as_the_captioner, cloud, let_arrivals_wait, output_of, photograph
from tests.benchmarks._size import sized
from tests.photographs import MODEL

MEMORIES = (512, 768, 1024, 1769, 3538)[: sized(5)]
TURNS = sized(10, 2)
PERIOD_US = 20_000
GROUPS = (Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup"))
"""Where control groups of the first and the second kind are made."""


@contextmanager
def limited_to(processors: float) -> Iterator[Path]:
    """Make a control group whose processes share so many processors; raises OSError where that is not allowed."""
    group = next(each for each in GROUPS if each.is_dir()) / f"gallery-{os.getpid()}"
    group.mkdir()
    try:
        quota = round(processors * PERIOD_US)
        if (group / "cpu.max").exists():
            (group / "cpu.max").write_text(f"{quota} {PERIOD_US}")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        yield group
    finally:
        group.rmdir()


def main() -> None:
    """Print time and price per picture for each memory size; says so where it can't be measured."""
    if not MODEL.exists():
        sys.stdout.write("memory: no model has been compiled; run `make model` first\n")
        return
    with cloud() as gallery:
        let_arrivals_wait(gallery)
        sys.stdout.write(f"{'memory':>10}{'of a processor':>16}{'median per 12 MP':>18}{'Lambda per 1000':>18}\n")
        for memory in MEMORIES:
            share = memory / WHOLE_PROCESSOR_MB
            ids = [gallery.upload(f"{turn}.jpg", photograph(12, turn)) for turn in range(TURNS)]
            try:
                with limited_to(share) as group:
                    limits = {"CONTROL_GROUP": str(group)}
                    found = output_of(
                        "tests.benchmarks._captioner", "warm", *ids, **as_the_captioner(gallery), **limits
                    )
            except (OSError, StopIteration):
                sys.stdout.write("memory: this takes the right to make a control group\n")
                return
            took = float(found[-1])
            dollars = took * memory / 1024 * PRICES["lambda_gb_second"]
            sys.stdout.write(f"{memory:>7} MB{share:>16.2f}{took:>15.0f} ms{f'${dollars:.4f}':>18}\n")


if __name__ == "__main__":
    main()
