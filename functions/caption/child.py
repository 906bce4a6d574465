"""A decoding child as its parent sees it: questions, answers, and an end that always comes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Timer
from typing import IO, Any, cast

from caption.frames import ANSWER_FRAMES, GO_AHEAD, HEADER_FRAMES, Body, read_frames, write_frames
from caption.rejection import Rejected
from gallery import limits

_ALLOCATION = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(64 * 2**20),
}
"""Keep up to 64 MB from one picture to the next: having the system clear thousands of new pages takes a sixth of all
the time that a 12-megapixel JPEG does."""

Reserve = Callable[[int], AbstractContextManager[None]]


def _libraries() -> dict[str, str]:
    """Where Lambda's own Python finds its shared library, without which it doesn't start."""
    return {name: value for name, value in os.environ.items() if name == "LD_LIBRARY_PATH"}


class Child:
    """A process that decodes pictures; it knows nothing of its parent's settings, credentials least of all."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-m", "caption.decoder"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": os.pathsep.join(sys.path), **_ALLOCATION} | _libraries(),
        )
        self._requests = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    @property
    def alive(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def ask(self, body: Body, side: int, reserve: Reserve) -> tuple[dict[str, Any], Sequence[bytes]]:
        """Return what is known of a picture, and the frames made of it, with a tensor of (side, side, 3).

        Decoding starts once `reserve` has granted the memory it takes. Raises Rejected; OSError, EOFError or ValueError
        where the child fails or is late.
        """
        with self._deadline():
            write_frames(self._requests, [body, str(side).encode()])
            header = self._known()
        with reserve(int(header["memory"])), self._deadline():
            write_frames(self._requests, GO_AHEAD)
            return self._known(), read_frames(self._answers, ANSWER_FRAMES - HEADER_FRAMES)

    def _known(self) -> dict[str, Any]:
        known: dict[str, Any] = json.loads(read_frames(self._answers, HEADER_FRAMES)[0])
        if "code" in known:
            raise Rejected(known["code"], known["detail"], known["cause"])
        return known

    @contextmanager
    def _deadline(self) -> Iterator[None]:
        """Kill the process if it is not done in time, which ends whatever is being read or written."""
        timer = Timer(limits.MAX_DECODE_SECONDS, self._process.kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def end(self) -> None:
        """Kill the process, if it still lives, and forget it."""
        self._process.kill()
        with suppress(BrokenPipeError), self._process:
            pass
