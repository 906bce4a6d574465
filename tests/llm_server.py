"""A language model's server on this machine, speaking real HTTP, that answers as it is told to."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class LlmServer:
    """What was asked of it, in order, and how it answers the next request."""

    url: str = ""
    reply: Reply = field(default=lambda _: None)
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)


def answering(body: bytes, status: int = 200, **headers: str) -> Reply:
    """Answer with these bytes."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(body))} | given).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def completion(text: str | None, prompt_tokens: int = 1000, completion_tokens: int = 20) -> Reply:
    """Answer as OpenAI's chat completions do."""
    message = {"role": "assistant", "content": text, "refusal": None}
    usage = {"prompt_tokens": prompt_tokens, "completion_tokens": completion_tokens}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return answering(json.dumps({"id": "1", "object": "chat.completion", "choices": choices, "usage": usage}).encode())


def conversation(text: str) -> Reply:
    """Answer as Bedrock's Converse API does."""
    output = {"message": {"role": "assistant", "content": [{"text": text}]}}
    usage = {"inputTokens": 1000, "outputTokens": 20, "totalTokens": 1020}
    found = {"output": output, "stopReason": "end_turn", "usage": usage, "metrics": {"latencyMs": 5}}
    return answering(json.dumps(found).encode())


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Answer nothing until whoever asked has gone."""
    handler.rfile.read(1)


def dripping(body: bytes, pause: float) -> Reply:
    """Answer a byte at a time, so that no single wait is long."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        for each in body:
            handler.wfile.write(bytes([each]))
            handler.wfile.flush()
            time.sleep(pause)

    return reply


@contextmanager
def running_llm() -> Iterator[LlmServer]:
    """A server until the end of the block."""
    server = LlmServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            server.asked.append((self.path, dict(self.headers), json.loads(self.rfile.read(length))))
            with suppress(OSError):  # whoever asked may have gone
                server.reply(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.url = f"http://127.0.0.1:{http.server_port}"
        threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        http.shutdown()
