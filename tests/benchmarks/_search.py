"""Search as a measured process: `python -m tests.benchmarks._search ANSWERS QUERY`.

ANSWERS is a file with what the table answered to the same query. The last line of the output is when the function had
answered, in seconds since the epoch; it loads nothing but what is measured and a stand-in for the network.
"""

import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

CONTEXT = SimpleNamespace(
    function_name="search",
    memory_limit_in_mb=1769,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:search",
    aws_request_id="benchmark",
)


def event(path: str, **query: str) -> dict[str, Any]:
    """Return a GET request as API Gateway hands it to the function."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "queryStringParameters": query,
        "headers": {"content-type": "application/json"},
        "requestContext": {"http": {"method": "GET", "path": path, "sourceIp": "203.0.113.7"}, "stage": "$default"},
        "isBase64Encoded": False,
    }


def main(answers: Path, query: str) -> None:
    """Answer a query as Lambda has a new function do, and say when that was done."""
    from search.handler import handler  # noqa: PLC0415 - loading is part of what is measured

    _replay(answers)
    answer = handler(event("/api/search", query=query), cast("Any", CONTEXT))
    answered = time.time()
    assert answer["statusCode"] == 200, answer
    assert '"image"' in answer["body"], answer
    sys.stdout.write(f"\n{answered}\n")


def _replay(answers: Path) -> None:
    import pickle  # noqa: PLC0415 - only here, like the next

    from tests.benchmarks._network import stand_in  # noqa: PLC0415

    recorded: dict[bytes, bytes] = pickle.loads(answers.read_bytes())  # noqa: S301 - our own
    stand_in(recorded.__getitem__)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
