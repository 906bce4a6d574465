"""How much a benchmark does: as much as its figures need, or next to nothing, so that a test can run each of them."""

import os


def sized(full: int, least: int = 1) -> int:
    """Return `full`, or where BENCH_PICTURES is set that many, at least `least` and at most `full`."""
    asked = os.environ.get("BENCH_PICTURES")
    return min(full, max(least, int(asked))) if asked else full
