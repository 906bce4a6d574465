"""What `encoder` measures, each as a process: `python -m tests.benchmarks._encoder encoder|function QUERY…`.

It loads nothing but what is measured. The last line of its output is the time of the first answer, in seconds since
the epoch, and the median of the milliseconds for each query after. `FOLDER` names the encoder's folder; the function
runs in the environment that a local cloud gives it.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

CONTEXT = SimpleNamespace(
    function_name="search",
    memory_limit_in_mb=1769,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:search",
    aws_request_id="benchmark",
)


def encoder(queries: Sequence[str]) -> None:
    """Load an encoder, and embed each query."""
    from search.encoder import Encoder  # noqa: PLC0415 (loading is part of what is measured)

    _report(Encoder(Path(os.environ["FOLDER"])).encode, queries)


def function(queries: Sequence[str]) -> None:
    """Answer each query as Lambda has the function do."""
    from search.handler import handler  # noqa: PLC0415

    def ask(query: str) -> None:
        answer = handler(_event(query), cast("Any", CONTEXT))
        assert json.loads(answer["body"])["query"] == query, answer

    _report(ask, queries)


def _event(query: str) -> dict[str, Any]:
    http = {"method": "GET", "path": "/api/search"}
    return {
        "version": "2.0",
        "rawPath": "/api/search",
        "headers": {},
        "queryStringParameters": {"query": query},
        "requestContext": {"http": http, "stage": "$default"},
    }


def _report(answer: Callable[[str], object], queries: Sequence[str]) -> None:
    answer(queries[0])
    first = time.time()
    took = []
    for query in queries:
        started = time.perf_counter()
        answer(query)
        took.append(time.perf_counter() - started)
    sys.stdout.write(f"\n{first} {sorted(took)[len(took) // 2] * 1000}\n")


if __name__ == "__main__":
    {"encoder": encoder, "function": function}[sys.argv[1]](sys.argv[2:])
