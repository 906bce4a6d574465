"""The functions of whichever build is on its path: `python tests/benchmarks/_requests.py [FUNCTION]`.

For each name of a request on a line of its input it answers that request some times, and prints the milliseconds of
processor time of one, in the median. With a function's name it answers one request of it, and prints what the whole
process has used until then.
"""

import json
import sys
import time
from importlib import import_module
from statistics import median
from types import SimpleNamespace
from typing import Any

TIMES = 20
CONTEXT = SimpleNamespace(
    function_name="bench",
    memory_limit_in_mb=1769,
    invoked_function_arn="arn:aws:lambda:::function:bench",
    aws_request_id="1",
)


def ask(function: str, path: str, query: dict[str, str] | None = None, body: object = None) -> dict[str, Any]:
    """Ask a function as API Gateway does; return the answer's body."""
    method = "GET" if body is None else "POST"
    http = {"method": method, "path": path, "sourceIp": "203.0.113.7"}
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in (query or {}).items()),
        "queryStringParameters": query or {},
        "headers": {"content-type": "application/json"},
        "requestContext": {"http": http, "stage": "$default"},
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }
    answer = import_module(f"{function}.handler").handler(event, CONTEXT)
    assert answer["statusCode"] in {200, 201}, answer
    content: dict[str, Any] = json.loads(answer["body"])
    return content


def listed() -> dict[str, Any]:
    """Ask for a page of the newest pictures."""
    return ask("images", "/api/images", {"limit": "24"})


def request(name: str) -> None:
    """Make one of the requests that are compared."""
    match name:
        case "list of 24":
            listed()
        case "one image":
            ask("images", f"/api/images/{_an_id()}")
        case "search":
            ask("search", "/api/search", {"query": "dog"})
        case "similar":
            ask("search", f"/api/images/{_an_id()}/similar")
        case "50 tickets":
            files = [
                {"name": f"{number}.jpg", "type": "image/jpeg", "size": 1000, "visibility": "public"}
                for number in range(50)
            ]
            ask("images", "/api/uploads", body={"files": files})


_IDS: list[str] = []


def _an_id() -> str:
    if not _IDS:
        _IDS.extend(image["id"] for image in listed()["images"])
    return _IDS[0]


def _milliseconds(name: str) -> float:
    _an_id()
    request(name)  # what is made at the first time and kept
    taken = []
    for _ in range(2 if name == "50 tickets" else TIMES):
        begun = time.process_time()
        request(name)
        taken.append((time.process_time() - begun) * 1000)
    return median(taken)


def main() -> None:
    """Answer until the input ends, or once."""
    if sys.argv[1:] == ["images"]:
        listed()
    elif sys.argv[1:] == ["search"]:
        ask("search", "/api/search", {"query": "dog"})
    else:
        for line in sys.stdin:
            sys.stdout.write(f"\n=> {_milliseconds(line.strip())}\n")
            sys.stdout.flush()
        return
    sys.stdout.write(f"\n=> {time.process_time() * 1000}\n")


if __name__ == "__main__":
    main()
