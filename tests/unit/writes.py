"""Which function wrote what: every write to the table is held against what the function's role allows."""

import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.client import BaseClient
from infra.constructs.writes import WRITES

if TYPE_CHECKING:
    from types import FrameType

ROOT = Path(__file__).parents[2]
FUNCTIONS, TESTS = f"{ROOT / 'functions'}/", f"{ROOT / 'tests'}/"
OF_THEIR_OWN = {
    "caption/demo.py": "classify",
    "search/embed.py": "embed",
    "search/embedding.py": "embed",
    "people/erase.py": "erase",
    "people/erasing.py": "erase",
    "people/export.py": "export",
}
"""Files that belong to another function than the one that their folder is named after."""
WRITING = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}
_starter: ContextVar[str | None] = ContextVar("starter", default=None)


def function_at_work() -> str | None:
    """The function whose code is running, by the outermost of its files since a test called it.

    None where a test does something itself, such as what happens between any two steps of a function.
    """
    found = _starter.get()
    frame: FrameType | None = sys._getframe()
    while frame:
        path = frame.f_code.co_filename
        if path.startswith(TESTS) and path != __file__:
            break
        if path.startswith(FUNCTIONS):
            file = path.removeprefix(FUNCTIONS)
            found = OF_THEIR_OWN.get(file, file.partition("/")[0])
        frame = frame.f_back
    return found


def partitions(asked: dict[str, Any]) -> Iterator[str]:
    """The partition of each row that a call writes."""
    batched = [request for requests in asked.get("RequestItems", {}).values() for request in requests]
    actions = [action for each in [*batched, *asked.get("TransactItems", ())] for kind, action in each.items()
               if kind != "ConditionCheck"]  # fmt: skip
    for each in actions or [asked]:
        yield (each.get("Item") or each["Key"])["pk"]["S"]


def is_allowed(function: str | None, partition: str) -> bool:
    return function not in WRITES or any(fnmatchcase(partition, each) for each in WRITES[function])


@contextmanager
def watched_writes() -> Iterator[None]:
    """Fail at the end where a function wrote what its role in the cloud would not let it write."""
    client_class: Any = BaseClient  # whose types do not know the method that all calls go through
    call, submit, refused = client_class._make_api_call, ThreadPoolExecutor.submit, set[tuple[str | None, str]]()

    def watched_call(client: BaseClient, action: str, asked: dict[str, Any]) -> Any:  # noqa: ANN401 - any answer
        if action in WRITING:
            function = function_at_work()
            refused.update((function, each) for each in partitions(asked) if not is_allowed(function, each))
        return call(client, action, asked)

    def watched_submit(pool: ThreadPoolExecutor, act: Any, /, *args: Any, **how: Any) -> Future[Any]:  # noqa: ANN401
        function = function_at_work()

        def run(*args: Any, **how: Any) -> Any:  # noqa: ANN401
            _starter.set(function)
            return act(*args, **how)

        return submit(pool, run, *args, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client_class, "_make_api_call", watched_call)
        patch.setattr(ThreadPoolExecutor, "submit", watched_submit)
        yield
    assert not refused, f"say in infra/constructs/writes.py that functions write {sorted(map(str, refused))}"
