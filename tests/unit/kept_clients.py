"""The clients of the SDK that tests share: making one takes longer than most tests do with it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.retries.quota import RetryQuota

_Key = tuple[str, ...]


class KeptClients:
    """Stands in for `boto3.client`: the same client for the same arguments and environment, as long as it is as new.

    A client that was given a handler of events, and every client after a retry (which takes from its quota), is used
    to the end of the test and made anew for the next.
    """

    def __init__(self) -> None:
        self._kept: dict[_Key, Any] = {}
        self._used: set[_Key] = set()
        self._retried = False

    def __call__(self, service: str, **how: Any) -> Any:  # noqa: ANN401 - which client it is, only its user knows
        key = _key(service, how)
        if key not in self._kept:
            # A session of its own, since sessions keep the credentials of when they were first asked.
            client: Any = boto3.Session().client(service, **how)  # type: ignore[call-overload]
            for name in ("register_first", "register", "register_last"):
                note = _first(lambda: self._used.add(key), getattr(client.meta.events, name))
                setattr(client.meta.events, name, note)
            self._kept[key] = client
        return self._kept[key]

    def forget(self) -> None:
        """Make every client anew."""
        self._kept.clear()
        self.between_tests()

    def between_tests(self) -> None:
        """Drop the clients that are not as new."""
        for key in list(self._kept) if self._retried else self._used:
            self._kept.pop(key, None)
        self._used.clear()
        self._retried = False

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Have `boto3.client` be this one."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(boto3, "client", self)
            patch.setattr(RetryQuota, "acquire", _first(self._note_retry, RetryQuota.acquire))
            yield

    def _note_retry(self) -> None:
        self._retried = True


CLIENTS = KeptClients()


def _first(note: Callable[[], None], then: Callable[..., Any]) -> Callable[..., Any]:
    def noted(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the function's own
        note()
        return then(*given, **named)

    return noted


def _key(service: str, how: dict[str, Any]) -> _Key:
    """All that a client depends on: what it was asked with, and the SDK's part of the environment."""
    given = [f"{name}={_options(value)}" for name, value in sorted(how.items())]
    environment = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith("AWS_")]
    return service, *given, *environment


def _options(value: object) -> object:
    return sorted(vars(value).items(), key=str) if isinstance(value, Config) else value
