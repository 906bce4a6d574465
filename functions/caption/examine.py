"""Examine a picture: what it is, how it looks, and everything made from its pixels, without ever trusting its bytes.

Decoding happens in children that are kept warm. A child that died, was late, or met a bad picture is not asked again,
and as many children work as there are pictures at the same time, so that a bad one delays no other; only what takes
much memory waits for its turn.
"""

import atexit
from base64 import b64encode
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from caption.child import Child
from caption.frames import Body
from caption.likeness import signature
from caption.memory import MemoryBudget
from caption.rejection import Rejected
from caption.thumbhash import thumbhash
from gallery import limits
from gallery.pictures.metadata import Metadata, metadata_of
from gallery.pictures.model import Tile
from gallery.sizes import SIZES, Extent, Size, stand_ins

__all__ = ["Examination", "Rejected", "examine", "prepare", "side_of"]

INPUT_SIZE = 224

_budget = MemoryBudget(limits.MAX_DECODE_MEMORY_BYTES)
_large = Lock()
_idle: deque[Child] = deque()


@dataclass(frozen=True, slots=True, eq=False)
class Examination:
    """A picture that can be captioned.

    `width` and `height` are in pixels as seen, after EXIF rotation; `color` is #rrggbb, `placeholder` a ThumbHash in
    base 64, `signature` what near copies are found by; `renditions` are files without metadata and `sizes` their widths
    and heights, see gallery.sizes; `tile` is for mosaics; `tensor` is the model's input, uint8 RGB (side, side, 3);
    `metadata` is what the file says of when, where and with what it was taken.
    """

    media_type: str
    width: int
    height: int
    color: str
    placeholder: str
    signature: bytes
    rendition_type: str
    rendition_extension: str
    renditions: Mapping[Size, bytes]
    sizes: Mapping[Size, Extent]
    tile: Tile
    tensor: npt.NDArray[np.uint8]
    metadata: Metadata

    @property
    def large(self) -> bytes:
        """The large rendition, which there always is."""
        return self.renditions["large"]

    @property
    def medium(self) -> bytes:
        """What is shown as the medium rendition."""
        return self.renditions[stand_ins(self.renditions)["medium"]]

    @property
    def small(self) -> bytes:
        """What is shown as the small rendition."""
        return self.renditions[stand_ins(self.renditions)["small"]]


class TakesPictures(Protocol):
    """A model, as far as it says how large it wants pictures."""

    @property
    def input_size(self) -> int:
        """Side of the square it takes, in pixels."""


def side_of(model: TakesPictures | None) -> int:
    """Return the side of the tensor a model takes, in pixels; any does where there is no model yet."""
    return model.input_size if model else INPUT_SIZE


def prepare() -> None:
    """Start a child now, so that it is warm when the first picture comes."""
    _idle.append(Child())


def examine(body: Body, side: int = INPUT_SIZE) -> Examination:
    """Return what is found in the bytes of a file; raises Rejected, and nothing else because of the bytes.

    Of large files one at a time is with a child, which holds it in memory.
    """
    if len(body) > limits.MAX_UPLOAD_BYTES:
        raise Rejected("too_large", f"The file is larger than {limits.MAX_UPLOAD_BYTES // 2**20} MB.")
    with _large if len(body) > limits.IN_MEMORY_BYTES else nullcontext():
        return _examined(body, side)


def _examined(body: Body, side: int) -> Examination:
    child = _warm_child()
    try:
        examination = _examination(*child.ask(body, side, _budget.reserved), side)
    except (OSError, EOFError, ValueError, LookupError, TypeError) as problem:
        child.end()
        detail = "The picture could not be opened within the time and memory the gallery spends on one."
        raise Rejected("unreadable", detail, repr(problem)) from problem
    except BaseException:
        child.end()
        raise
    _idle.append(child)
    return examination


def _warm_child() -> Child:
    with suppress(IndexError):
        while True:
            child = _idle.pop()
            if child.alive:
                return child
            child.end()
    return Child()


def _examination(known: Mapping[str, Any], frames: Sequence[bytes], side: int) -> Examination:
    *files, tensor, thumbnail, tile = frames
    renditions = {size: file for size, file in zip(SIZES, files, strict=True) if file}
    red, green, blue = map(int, known["tile_color"])
    shape = (known["thumbnail_height"], known["thumbnail_width"], 3)
    pixels = np.frombuffer(thumbnail, np.uint8).reshape(shape)
    return Examination(
        media_type=known["media_type"],
        width=known["width"],
        height=known["height"],
        color=known["color"],
        placeholder=b64encode(thumbhash(pixels)).decode(),
        signature=signature(pixels),
        rendition_type=known["rendition_type"],
        rendition_extension=known["rendition_extension"],
        renditions=renditions,
        sizes={size: _extent(known["sizes"][size]) for size in renditions},
        tile=Tile(tile, (red, green, blue)),
        tensor=np.frombuffer(tensor, np.uint8).reshape(side, side, 3),
        metadata=metadata_of(known["metadata"]),
    )


def _extent(announced: Sequence[Any]) -> Extent:
    width, height = announced
    return int(width), int(height)


@atexit.register
def _end() -> None:
    while _idle:
        _idle.pop().end()
