"""What the person who started a command sees: one line a step, one sentence when something is wrong."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class ToolError(Exception):
    """Something the person can mend; the message is one sentence with the way out."""


def say(text: str, end: str = "\n") -> None:
    """Print at once, so that progress shows wherever the output goes."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show a step and, once done, how long it took."""
    say(f"{title} … ", end="")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f"{time.monotonic() - started:.1f} s")
