"""How a parent and its decoding child talk: frames of bytes over pipes, a length before each.

Nothing of it is ever executed or unpickled: whatever took the child over could say no more than wrong bytes.
"""

import struct
from collections.abc import Iterable, Sequence
from mmap import mmap
from typing import IO

Body = bytes | mmap
"""Of a file; a large one is mapped from disk."""

_LENGTH = struct.Struct("!I")
REQUEST_FRAMES = 2
"""A picture's bytes; the side of the model's tensor, as text."""
HEADER_FRAMES = 1
"""What decoding will cost, or why it won't be done, as JSON. The child then waits for the parent's word."""
GO_AHEAD = (b"go",)
ANSWER_FRAMES = 7
"""What is known, as JSON; a rendition of each size, empty where the next larger one stands in; the tensor; the
thumbnail's pixels; the tile."""
MAX_FRAME_BYTES = 256 * 1024 * 1024
"""Room for the largest file."""


def write_frames(stream: IO[bytes], frames: Iterable[Body]) -> None:
    """Write frames and flush; raises OSError when nobody reads any more."""
    for frame in frames:
        stream.write(_LENGTH.pack(len(frame)))
        stream.write(frame)
    stream.flush()


def read_frames(stream: IO[bytes], count: int) -> Sequence[bytes]:
    """Read so many frames; raises EOFError when the stream ends before, ValueError at a length that can't be."""
    return [_read(stream, _LENGTH.unpack(_read(stream, _LENGTH.size))[0]) for _ in range(count)]


def _read(stream: IO[bytes], length: int) -> bytes:
    if length > MAX_FRAME_BYTES:
        raise ValueError(f"a frame of {length} bytes")
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
