"""Examine a picture: what it is, how it looks, and everything made from its pixels, without ever trusting its bytes.

Decoding happens in children that are kept warm. A child that died, hung, or met a bad picture is not asked again, and
as many children work as there are pictures at the same time, so that a bad one delays no other.
"""

import atexit
import json
import os
import subprocess
import sys
from base64 import b64encode
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

import numpy as np
import numpy.typing as npt

from caption.frames import ANSWER_FRAMES, read_frames, write_frames
from caption.rejection import Rejected
from caption.thumbhash import thumbhash
from gallery import limits

__all__ = ["Examination", "Rejected", "examine", "prepare"]

INPUT_SIZE = 224


@dataclass(frozen=True, slots=True, eq=False)
class Examination:
    """A picture that can be captioned.

    `width` and `height` are in pixels as seen, after EXIF rotation; `small` and `large` are renditions without
    metadata; `tensor` is the model's input, uint8 RGB (224, 224, 3); `placeholder` is a ThumbHash in base 64.
    """

    media_type: str
    width: int
    height: int
    color: str
    placeholder: str
    rendition_type: str
    rendition_extension: str
    small: bytes
    large: bytes
    tensor: npt.NDArray[np.uint8]


class _Child:
    """A decoding process at the other end of two pipes."""

    def __init__(self) -> None:
        environment = {"PYTHONPATH": os.pathsep.join(sys.path), "MALLOC_ARENA_MAX": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-m", "caption.decoder"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, body: bytes, side: int) -> Sequence[bytes]:
        """Return the answer's frames; raises OSError, EOFError or ValueError if the child fails, late ones too."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests  # noqa: S101 (both are pipes)
        assert answers  # noqa: S101
        deadline = Timer(limits.MAX_DECODE_SECONDS, self._process.kill)
        deadline.start()
        try:
            write_frames(requests, [body, str(side).encode()])
            return read_frames(answers, ANSWER_FRAMES)
        finally:
            deadline.cancel()

    def end(self) -> None:
        self._process.kill()
        with suppress(BrokenPipeError), self._process:
            pass


_idle: deque[_Child] = deque()


def prepare() -> None:
    """Start a child now, so that it is warm when the first picture comes."""
    _idle.append(_Child())


def examine(body: bytes, side: int = INPUT_SIZE) -> Examination:
    """Return what is found in the bytes of a file, with a tensor of (side, side, 3); raises Rejected, nothing else."""
    if len(body) > limits.MAX_UPLOAD_BYTES:
        raise Rejected("too_large", f"The file is larger than {limits.MAX_UPLOAD_BYTES // 2**20} MB.")
    child = _child()
    try:
        frames = child.ask(body, side)
        examination = _examination(frames, side)
    except (OSError, EOFError, ValueError, KeyError, TypeError) as problem:
        child.end()
        detail = "The picture could not be opened within the time and memory the gallery spends on one."
        raise Rejected("unreadable", detail, repr(problem)) from problem
    except Rejected:
        child.end()
        raise
    _idle.append(child)
    return examination


def _child() -> _Child:
    while _idle:
        with suppress(IndexError):
            child = _idle.pop()
            if child.alive:
                return child
            child.end()
    return _Child()


def _examination(frames: Sequence[bytes], side: int) -> Examination:
    known, large, small, tensor, thumbnail = json.loads(frames[0]), *frames[1:]
    if "code" in known:
        raise Rejected(known["code"], known["detail"], known["cause"])
    shape = (known.pop("thumbnail_height"), known.pop("thumbnail_width"), 3)
    return Examination(
        **known,
        placeholder=b64encode(thumbhash(np.frombuffer(thumbnail, np.uint8).reshape(shape))).decode(),
        small=small,
        large=large,
        tensor=np.frombuffer(tensor, np.uint8).reshape(side, side, 3),
    )


@atexit.register
def _end() -> None:
    while _idle:
        _idle.pop().end()
