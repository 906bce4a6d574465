"""What the emulator remembers, written down so often and so carefully that a kill costs seconds at most.

The emulator itself saves only when it is stopped in peace, and file by file. Here all services are written as one
generation into a folder of its own; a pointer names the newest complete generation and is replaced last.
"""

import contextvars
import copy
import hashlib
import json
import logging
import os
import shutil
from pathlib import Path
from typing import Any, TypeVar

from ministack import app as ministack
from ministack.core import persistence
from ministack.services import cloudwatch_logs, dynamodb, lambda_svc, sqs

T = TypeVar("T")
State = dict[str, str]
"""Service → what it remembers, as JSON."""

logger = logging.getLogger(__name__)
_reading = contextvars.ContextVar("reading", default=False)


class Snapshots:
    """The generations of state below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pointer = folder / "newest"
        folder.mkdir(parents=True, exist_ok=True)
        self.newest = int(self.pointer.read_text()) if self.pointer.exists() else 0
        self._written: dict[str, str] = {}
        self._forget_all_but({self.newest})

    def install(self) -> None:
        """Let the emulator load the newest generation at its start and save a new one when it is stopped."""
        persistence.STATE_DIR = str(self._generation(self.newest))
        ministack.save_all = lambda _services: self.write(read_state())
        # The emulator removes function code that nothing refers to while a state is read; the newest complete
        # generation may still refer to it.
        self._prune, lambda_svc._prune_orphan_code_blobs = lambda_svc._prune_orphan_code_blobs, self._keep_code
        for service in (cloudwatch_logs, dynamodb, sqs):
            service.copy = _NoCopyWhileReading()

    def write(self, state: State) -> None:
        """Write a state as the newest generation, whole or not at all; a service that gave none keeps its last."""
        number = self.newest + 1
        folder = self._generation(number)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for service in {*state, *self._services_of(self.newest)}:
            self._write_service(service, state.get(service), folder)
        _write_through(self.folder / "newest.new", str(number))
        (self.folder / "newest.new").replace(self.pointer)
        previous, self.newest = self.newest, number
        self._forget_all_but({previous, number})
        self._prune(self._code_in_use)

    def _write_service(self, service: str, text: str | None, folder: Path) -> None:
        last = self._generation(self.newest) / f"{service}.json"
        digest = hashlib.sha256(text.encode()).hexdigest() if text is not None else self._written.get(service)
        if last.exists() and (text is None or digest == self._written.get(service)):
            os.link(last, folder / last.name)
        elif text is not None and digest is not None:
            _write_through(folder / f"{service}.json", text)
            self._written[service] = digest

    def _services_of(self, number: int) -> list[str]:
        return [file.stem for file in self._generation(number).glob("*.json")]

    def _generation(self, number: int) -> Path:
        return self.folder / f"{number:08}"

    def _forget_all_but(self, numbers: set[int]) -> None:
        kept = {self._generation(number) for number in numbers}
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _keep_code(self, in_use: set[str]) -> None:
        self._code_in_use = in_use


def read_state() -> State:
    """Read all services' state at one moment: call it where the emulator answers requests, on its event loop."""
    token = _reading.set(True)
    try:
        states = {name: _read(name, get_state) for name, get_state in ministack._build_persistence_save_dict().items()}
    finally:
        _reading.reset(token)
    return {name: text for name, text in states.items() if text is not None}


def return_in_flight_messages() -> None:
    """Make what was in work when the last run ended visible again: no receiver survives a restart."""
    for queue in sqs._queues.all_values():
        for message in queue["messages"]:
            if message["receive_count"]:
                message["visible_at"] = 0


def _read(service: str, get_state: Any) -> str | None:  # noqa: ANN401 (the emulator is untyped)
    try:
        state = get_state()
        # One call of the C encoder: nothing else runs meanwhile, so what is written is of one moment.
        wrapped = {"__ministack_format__": persistence._state_format_version(service), "payload": state}
        return None if state is None else json.dumps(wrapped, default=persistence._json_default)
    except (RuntimeError, TypeError, ValueError):
        logger.exception("The state of %s could not be read; its last one is kept.", service)
        return None


def _write_through(file: Path, text: str) -> None:
    with file.open("w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


class _NoCopyWhileReading:
    """Stands in for the `copy` module where services copy everything before it is only read, which is slow."""

    def deepcopy(self, value: T) -> T:
        return value if _reading.get() else copy.deepcopy(value)

    def __getattr__(self, name: str) -> object:
        return getattr(copy, name)
