"""Take over the pictures of CIFAR-10 as tiles: `python -m mosaic.cifar FOLDER`.

FOLDER is `cifar-10-batches-py`, whose batches are pickles, files that could make whoever opens them do anything. They
are read here, on the machine of who deploys, by a reader that knows nothing but the arrays they should hold; the
function gets one plain array. The pictures are not part of the gallery: see their own terms of use.
"""

import argparse
import pickle
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from gallery import limits
from mosaic.sets import CIFAR10

_SIDE = 32
_VALUES = 3 * _SIDE * _SIDE
_LARGEST_BATCH = 64 * 1024 * 1024
_BATCHES = ("data_batch_*", "test_batch")


class NotCifar(Exception):
    """A file is not what CIFAR-10 holds, and why."""


class _Array:
    """An array in a pickle: its shape and bytes, of which NumPy sees nothing before they were checked."""

    shape: tuple[int, ...] = ()
    values: bytes = b""

    def __setstate__(self, state: Any) -> None:  # noqa: ANN401 - whatever the file says
        _, self.shape, _, by_columns, self.values = state
        if by_columns or not isinstance(self.values, bytes):
            raise NotCifar("it holds an array of another kind")


class _Kind:
    """The type of an array's values in a pickle; that there are as many bytes as values is checked."""

    def __setstate__(self, state: Any) -> None:  # noqa: ANN401 - whatever the file says
        """Forget it."""


def _encode(text: str, _encoding: str) -> bytes:
    return text.encode("latin-1")


_KNOWN: dict[tuple[str, str], Any] = {
    ("numpy.core.multiarray", "_reconstruct"): lambda *_: _Array(),
    ("numpy._core.multiarray", "_reconstruct"): lambda *_: _Array(),
    ("numpy", "ndarray"): None,
    ("numpy", "dtype"): lambda *_: _Kind(),
    ("_codecs", "encode"): _encode,
}
"""All that a batch refers to, and what stands in for it; none of it does anything but hold bytes."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - what a pickle may name is of any kind
        if (module, name) not in _KNOWN:
            raise NotCifar(f"it asks for {module}.{name}")
        return _KNOWN[module, name]

    def persistent_load(self, pid: Any) -> NoReturn:  # noqa: ANN401 - whatever the file says
        raise NotCifar(f"it asks for {pid}")


def read_batch(path: Path) -> npt.NDArray[np.uint8]:
    """Return a batch's pictures as sRGB values (n, 32, 32, 3); raises NotCifar for any other file."""
    if path.stat().st_size > _LARGEST_BATCH:
        raise NotCifar(f"{path.name} is too large for a batch")
    try:
        with path.open("rb") as file:
            data = _Reader(file, encoding="bytes").load()[b"data"]
        return _pictures(data)
    except Exception as problem:  # a pickle's ways to fail are not known
        raise NotCifar(f"{path.name} is no batch of CIFAR-10: {problem}") from problem


def _pictures(data: Any) -> npt.NDArray[np.uint8]:  # noqa: ANN401 - whatever the file says
    if not isinstance(data, _Array) or len(data.values) % _VALUES or not data.values:
        raise NotCifar("it holds no pictures")
    count = len(data.values) // _VALUES
    if tuple(data.shape) != (count, _VALUES):
        raise NotCifar(f"it holds an array of the shape {data.shape}")
    channels = np.frombuffer(data.values, np.uint8).reshape(count, 3, _SIDE, _SIDE)
    return channels.transpose(0, 2, 3, 1)


def convert(folder: Path, target: Path = CIFAR10) -> int:
    """Write a folder's pictures as one array; return how many. Raises NotCifar where there are none.

    There are at most as many as a mosaic can have, of all batches alike.
    """
    batches = [path for pattern in _BATCHES for path in sorted(folder.glob(pattern)) if path.is_file()]
    if not batches:
        raise NotCifar(f"{folder} holds no batches; it should be cifar-10-batches-py")
    pictures = np.concatenate([read_batch(path) for path in batches])
    kept = pictures[:: -(-len(pictures) // limits.MAX_MOSAIC_TILES)]
    _write(np.ascontiguousarray(kept), target)
    return len(kept)


def _write(pictures: npt.NDArray[np.uint8], target: Path) -> None:
    """Write all of it or nothing."""
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        unfinished = Path(scratch) / target.name
        np.save(unfinished, pictures, allow_pickle=False)
        unfinished.replace(target)


def main(arguments: list[str] | None = None) -> int:
    """Take the tiles over; answer 1 and say why where they can't be had."""
    parser = argparse.ArgumentParser(prog="python -m mosaic.cifar", description="Take over CIFAR-10 as tiles.")
    parser.add_argument("folder", type=Path, help="cifar-10-batches-py")
    parser.add_argument("--output", type=Path, default=CIFAR10, help="the array to write")
    options = parser.parse_args(arguments)
    try:
        count = convert(options.folder, options.output)
    except (NotCifar, OSError) as problem:
        sys.stderr.write(f"No tiles were taken over: {problem}.\n")
        return 1
    sys.stdout.write(f"{count} tiles are in {options.output}; the next deployment has them.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
