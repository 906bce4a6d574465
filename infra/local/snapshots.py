"""What the emulator remembers, written down soon after each change; by itself it saves only when stopped in peace."""

import contextvars
import copy
import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from ministack import app as ministack
from ministack.core import persistence
from ministack.services import cloudformation, cloudwatch_logs, dynamodb, lambda_svc, s3, sqs

from infra.local.snapshot_store import SnapshotStore

T = TypeVar("T")

logger = logging.getLogger(__name__)
_reading = contextvars.ContextVar("reading", default=False)


class Snapshots:
    """Snapshots of all services, kept as generations; the emulator loads the newest one at its start."""

    def __init__(self, store: SnapshotStore) -> None:
        self.store = store
        self._code_in_use: set[str] = set()
        persistence.STATE_DIR = str(store.newest)
        ministack.save_all = lambda _services: self.write(self.read())
        # The emulator removes function code that nothing refers to while it is read; the newest generation on disk
        # may still refer to it.
        self._remove_code, lambda_svc._prune_orphan_code_blobs = lambda_svc._prune_orphan_code_blobs, self._spare_code
        for service in (cloudwatch_logs, dynamodb, sqs):
            service.copy = _NoCopyWhileReading()

    def read(self) -> dict[str, str]:
        """All services' state at one moment: call it where the emulator answers requests, on its event loop.

        Nothing while a deployment is under way: a start from the middle of one could never finish it.
        """
        if any(stack["StackStatus"].endswith("IN_PROGRESS") for stack in cloudformation._stacks.all_values()):
            return {}
        token = _reading.set(True)
        try:
            services: dict[str, Callable[[], Any]] = ministack._build_persistence_save_dict()
            return {name: text for name, get_state in services.items() if (text := _read(name, get_state))}
        finally:
            _reading.reset(token)

    def write(self, state: dict[str, str]) -> None:
        """Write down what was read."""
        if state:
            self.store.write(state)
            self._remove_code(self._code_in_use)

    def _spare_code(self, in_use: set[str]) -> None:
        self._code_in_use = in_use


def return_in_flight_messages() -> None:
    """Make what was in work when the last run ended visible again: no receiver survives a restart."""
    for queue in sqs._queues.all_values():
        for message in queue["messages"]:
            if message["receive_count"]:
                message["visible_at"] = 0


def forget_unfinished_buckets() -> None:
    """Drop empty buckets that no snapshot knows: a folder of theirs is all that a torn deployment leaves on disk."""
    known = (persistence.load_state("s3") or {}).get("buckets_meta")
    for name in [name for name, bucket in s3._buckets._data.items() if not bucket["objects"]]:
        if known is None or name not in known._data:
            del s3._buckets._data[name]


def _read(service: str, get_state: Callable[[], Any]) -> str:
    try:
        state = get_state()
        wrapped = {"__ministack_format__": persistence._state_format_version(service), "payload": state}
        # One call of the C encoder: nothing else runs meanwhile, so what is written is of one moment.
        return "" if state is None else json.dumps(wrapped, default=persistence._json_default)
    except (RuntimeError, TypeError, ValueError):
        logger.exception("The state of %s could not be read; its last one is kept.", service)
        return ""


class _NoCopyWhileReading:
    """Stands in for the `copy` module where services copy everything before it is only read, which is slow."""

    def deepcopy(self, value: T) -> T:
        return value if _reading.get() else copy.deepcopy(value)

    def __getattr__(self, name: str) -> object:
        return getattr(copy, name)
