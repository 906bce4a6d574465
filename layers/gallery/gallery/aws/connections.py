"""Connections to one address that are kept open and used again, by any number of threads.

The SDK's pool spends three times the processor time of `http.client` on a request, for redirects, proxies and encodings
that a service of AWS has none of.
"""

import os
import select
import ssl
from collections import deque
from collections.abc import Mapping
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

TIMEOUT_SECONDS = 20.0
"""How long to wait for a connection, and for each part of an answer."""


class ConnectionFailed(Exception):
    """No whole answer came: no connection, one that broke or timed out, or bytes that are not those that were sent."""


class Answer(NamedTuple):
    """The status and body of an answer, and its headers by lower-case name."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class Connections:
    """Those to the origin of one address."""

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(endpoint)
        self.host = parts.netloc
        """As the Host header has it: with the port where it is not the usual one."""
        self._secure = parts.scheme == "https"
        self._idle: deque[HTTPConnection] = deque()

    def post(self, headers: dict[str, str], body: bytes) -> Answer:
        """Send a body to `/`; return the answer, whatever its status. Raises ConnectionFailed where none comes.

        Where a connection that was kept turns out to be closed, the next is taken, at last a new one.
        """
        while True:
            kept = self._taken()
            connection = kept or self._opened()
            try:
                return _checked(self._asked(connection, headers, body), self.host)
            except (OSError, HTTPException) as error:
                connection.close()
                if not (kept and isinstance(error, ConnectionError)):
                    raise ConnectionFailed(f"{self.host} did not answer ({type(error).__name__}).") from error

    def _asked(self, connection: HTTPConnection, headers: dict[str, str], body: bytes) -> Answer:
        connection.request("POST", "/", body, headers)
        response = connection.getresponse()
        answer = Answer(
            response.status, response.read(), {name.lower(): value for name, value in response.getheaders()}
        )
        if not response.will_close:
            self._idle.append(connection)
        return answer

    def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            self._idle.pop().close()

    def _taken(self) -> HTTPConnection | None:
        """Return a connection that is open still; one that has something to read was closed by the other side."""
        while self._idle:
            connection = self._idle.pop()
            if connection.sock is not None and not select.select([connection.sock], [], [], 0)[0]:
                return connection
            connection.close()
        return None

    def _opened(self) -> HTTPConnection:
        if not self._secure:
            return HTTPConnection(self.host, timeout=TIMEOUT_SECONDS)
        return HTTPSConnection(self.host, timeout=TIMEOUT_SECONDS, context=_context())


def _checked(answer: Answer, host: str) -> Answer:
    """Return an answer whose bytes are those that DynamoDB sent, which it gives a checksum of."""
    checksum = answer.headers.get("x-amz-crc32")
    if checksum and int(checksum) != crc32(answer.body):
        raise ConnectionFailed(f"{host} answered with a wrong checksum.")
    return answer


@cache
def _context() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))
