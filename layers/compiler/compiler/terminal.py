"""What whoever starts a compiler sees: one line, and nothing of what TensorFlow says to itself."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from compiler.product import CompileError


@contextmanager
def progress(title: str) -> Iterator[None]:
    """Say what is going on, and how long it took once it is over."""
    started = time.monotonic()
    sys.stdout.write(f"{title}, once …")
    sys.stdout.flush()
    try:
        yield
    finally:
        sys.stdout.write(f" {time.monotonic() - started:.0f} s\n")
        sys.stdout.flush()


@contextmanager
def quiet_tensorflow() -> Iterator[None]:
    """Let Keras run on TensorFlow, without the log that its native code writes past Python.

    Raises CompileError where a package is missing.
    """
    os.environ["KERAS_BACKEND"] = "tensorflow"
    try:
        with _no_stderr():
            yield
    except ImportError as problem:
        raise CompileError(f"Compiling needs TensorFlow, which is not installed here ({problem}).") from problem


@contextmanager
def _no_stderr() -> Iterator[None]:
    sys.stderr.flush()
    terminal = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nowhere)
