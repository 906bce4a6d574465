"""The emulator's process: `python -m infra.local.server`, started by the local cloud with an environment of its own.

It ends when its standard input does, so that it never outlives the process that started it.
"""

import asyncio
import logging
import logging.handlers
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import ministack.app as ministack
from hypercorn.asyncio import serve
from hypercorn.config import Config

from infra.local.asgi import Receive, Scope, Send, answer, headers_of
from infra.local.cloud import MAIL
from infra.local.edge import Edge
from infra.local.emulator_patches import admit_administrator, admit_functions, forget_old_logs, harden
from infra.local.key import Key, key_in
from infra.local.mail import show_mail
from infra.local.request_guard import SNAPSHOT_PATH, refuse_stranger, refuse_unsigned
from infra.local.settings import HOST, LocalSettings, settings_from
from infra.local.snapshot_store import SnapshotStore
from infra.local.snapshots import Snapshots, forget_unfinished_buckets, return_in_flight_messages

if TYPE_CHECKING:
    from hypercorn.typing import ASGIFramework

SECONDS_TO_END = 1.0
SHORTEST_REST = 1.0
LONGEST_SHARE = 5
"""A snapshot is taken at most every second, and so seldom that it costs no more than a fifth of the time."""

App = Callable[[Scope, Receive, Send], Awaitable[None]]
logger = logging.getLogger(__name__)


class Gateway:
    """The emulator behind the request guard."""

    def __init__(self, settings: LocalSettings, key: Key, snapshots: Snapshots) -> None:
        self.settings = settings
        self.key = key
        self.snapshots = snapshots
        self.changed = False
        self._writing = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or take part in start and end."""
        if scope["type"] == "lifespan":
            await ministack.app(scope, receive, self._when_loaded(send))
            return
        headers = headers_of(scope)
        method = scope.get("method", "GET")
        query = scope["query_string"].decode("latin-1")
        refusal = refuse_stranger(self.settings, self.settings.cloud_port, method, query, headers) or refuse_unsigned(
            self.key.secret_access_key, method, scope["path"], query, headers
        )
        if refusal and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif refusal:
            await answer(send, refusal[0], {"content-type": "text/plain"}, refusal[1].encode())
        elif scope["path"] == SNAPSHOT_PATH:
            await self.take_snapshot()
            await answer(send, 204, {}, b"")
        else:
            self.changed = self.changed or method not in ("GET", "HEAD", "OPTIONS")
            await ministack.app(_over_tls(scope), receive, send)

    async def take_snapshot(self) -> None:
        """Write down the state of this moment."""
        async with self._writing:
            self.changed = False
            forget_old_logs()
            await asyncio.to_thread(self.snapshots.write, self.snapshots.read())

    def _when_loaded(self, send: Send) -> Send:
        async def send_when_loaded(message: dict[str, object]) -> None:
            if message["type"] == "lifespan.startup.complete":
                admit_administrator(self.key)
                admit_functions()
                forget_unfinished_buckets()
                return_in_flight_messages()
            await send(message)

        return send_when_loaded


def _over_tls(scope: Scope) -> Scope:
    """The request as if sent over TLS, which bucket and queue policies ask for and the loopback doesn't need."""
    fields = [field for field in scope["headers"] if field[0].lower() != b"x-forwarded-proto"]
    return scope | {"headers": [*fields, (b"x-forwarded-proto", b"https")]}


async def keep_snapshots(gateway: Gateway) -> None:
    """Write the state down soon after each change."""
    rest = SHORTEST_REST
    while True:
        await asyncio.sleep(rest)
        if gateway.changed:
            started = time.monotonic()
            await gateway.take_snapshot()
            rest = max(SHORTEST_REST, LONGEST_SHARE * (time.monotonic() - started))


async def run(settings: LocalSettings) -> None:
    """Serve both ports until standard input ends."""
    key = key_in(settings.key)
    harden(key)
    show_mail(os.fdopen(int(os.environ.pop(MAIL)), "w"))
    snapshots = Snapshots(SnapshotStore(settings.state / "generations"))
    gateway = Gateway(settings, key, snapshots)
    stop = asyncio.Event()
    ending = asyncio.get_running_loop().run_in_executor(None, sys.stdin.buffer.read)
    ending.add_done_callback(lambda _: stop.set())
    keeping = asyncio.create_task(keep_snapshots(gateway))
    await asyncio.gather(
        serve(cast("ASGIFramework", gateway), _listen(settings.cloud_port), shutdown_trigger=stop.wait),
        serve(
            cast("ASGIFramework", _without_lifespan(Edge(settings))), _listen(settings.port), shutdown_trigger=stop.wait
        ),
    )
    keeping.cancel()


def _without_lifespan(app: App) -> App:
    async def serve_requests(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            return await app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        for _ in ("startup", "shutdown"):
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
        return None

    return serve_requests


def _listen(port: int) -> Config:
    listener = socket.create_server((HOST, port), backlog=512)
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 2
    config.shutdown_timeout = 5
    config.errorlog = logging.getLogger("hypercorn")
    config.accesslog = None
    return config


def _log_to(settings: LocalSettings) -> None:
    file = logging.handlers.RotatingFileHandler(settings.log, maxBytes=5_000_000, backupCount=2, encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[file], level=logging.INFO, force=True)
    logging.getLogger("persistence").setLevel(logging.WARNING)


def main() -> None:
    """Serve until told to stop, then take every process started meanwhile along."""
    settings = settings_from()
    _log_to(settings)
    try:
        asyncio.run(run(settings))
    except BaseException:
        logger.exception("The local cloud had to stop.")
        logging.shutdown()
        os._exit(1)
    logging.shutdown()
    end_group()


def end_group() -> None:
    """End this process and all it started; neither functions at work nor threads that wait for them hold it up."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_END
    with suppress(ChildProcessError):  # there are no more
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
