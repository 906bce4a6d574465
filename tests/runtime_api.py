"""Lambda's side of its Runtime API: hands events to a function in a container and takes its answers, one at a time."""

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Event, Thread
from typing import Any

SECONDS_TO_ANSWER = 60
ARN = "arn:aws:lambda:us-east-1:000000000000:function:caption"


class RuntimeApi(ThreadingHTTPServer):
    """What a runtime client finds at AWS_LAMBDA_RUNTIME_API."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.events: Queue[bytes | None] = Queue()
        self.answers: Queue[tuple[str, bytes]] = Queue()
        self.asked = Event()

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_port}"

    def invoke(self, event: Any) -> Any:  # noqa: ANN401 (JSON)
        """Return the function's answer; raises RuntimeError with its words if it fails, queue.Empty if it is late."""
        self.events.put(json.dumps(event).encode())
        kind, answer = self.answers.get(timeout=SECONDS_TO_ANSWER)
        if kind != "response":
            raise RuntimeError(answer.decode())
        return json.loads(answer)


@contextmanager
def runtime_api() -> Iterator[RuntimeApi]:
    """A Runtime API of one's own for as long as the context lasts."""
    with RuntimeApi() as api:
        thread = Thread(target=api.serve_forever)
        thread.start()
        try:
            yield api
        finally:
            api.events.put(None)
            api.shutdown()
            thread.join()


class _Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RuntimeApi

    def do_GET(self) -> None:
        """Answer `invocation/next` when there is one."""
        self.server.asked.set()
        event = self.server.events.get()
        if event is not None:
            self._answer(200, event)

    def do_POST(self) -> None:
        """Take `invocation/{id}/response`, `invocation/{id}/error` or `init/error`."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(202, b"{}")
        self.server.answers.put((self.path.rsplit("/", 1)[-1], body))

    def _answer(self, status: int, body: bytes) -> None:
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()),
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + SECONDS_TO_ANSWER) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": ARN,
            "Lambda-Runtime-Trace-Id": "Root=1-0-0;Sampled=0",
        }
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 (the base class's own words)
        """Say nothing."""
