"""One HTTP request of a bounded length to an endpoint that need not be trusted.

TLS is verified, plain HTTP goes to this machine alone, redirects are not followed (they could lead a key astray), an
answer has at most a megabyte, and however slowly it drips in, the whole exchange has one deadline.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from threading import Event, Timer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from describe.answer import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_ANSWER = 2**20


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> bytes:
    """Send a body; return that of the answer with status 200. Raises ToolError for everything else."""
    connection = _connection(url, seconds)
    with closing(connection):
        try:
            connection.connect()
        except (OSError, ssl.SSLError) as error:
            raise ModelError(f"The endpoint cannot be reached ({error}).", billed=False) from error
        with _deadline(connection, seconds) as late:
            try:
                return _exchanged(connection, url, body, headers)
            except (OSError, HTTPException) as error:
                waited = late.is_set() or isinstance(error, TimeoutError)
                reason = f"no answer within {seconds:g} seconds" if waited else f"a broken answer ({error!r})"
                raise ModelError(f"The endpoint gave {reason}.", billed=True) from error


def _connection(url: str, seconds: float) -> HTTPConnection:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        return HTTPSConnection(host, parts.port, timeout=seconds, context=ssl.create_default_context())
    if parts.scheme == "http" and _is_this_machine(host):
        return HTTPConnection(host, parts.port, timeout=seconds)
    raise ModelError("The endpoint has to be reached by https.", billed=False)


def _is_this_machine(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


@contextmanager
def _deadline(connection: HTTPConnection, seconds: float) -> "Iterator[Event]":
    """Cut the connection after so many seconds, which ends whatever waits for it; the event tells that it was cut."""
    late, open_socket = Event(), connection.sock

    def cut() -> None:
        late.set()
        with suppress(OSError):
            # Below TLS, which is not to be touched from two threads.
            socket.socket.shutdown(open_socket, socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _exchanged(connection: HTTPConnection, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    connection.request("POST", urlsplit(url).path, body, {**headers, "Connection": "close"})
    response = connection.getresponse()
    if response.status != 200:
        raise ModelError(f"The endpoint answered with status {response.status}.", billed=False)
    answer = response.read(LARGEST_ANSWER + 1)
    if len(answer) > LARGEST_ANSWER:
        raise ModelError("The endpoint answered with more than a megabyte.", billed=True)
    if response.length:
        raise HTTPException(f"{response.length} bytes are missing")
    return answer
