"""The few words of ASGI that both ports of the local cloud speak."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


def headers_of(scope: Scope) -> dict[str, str]:
    """A request's headers by lower-case name; what is sent on several lines is joined as HTTP says."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def read_body(receive: Receive, limit: int) -> bytes | None:
    """A request's body, or None where it is larger than the limit."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False) and len(body) <= limit
    return body if len(body) <= limit else None


async def answer(send: Send, status: int, headers: Mapping[str, str | list[str]], body: bytes) -> None:
    """Send one whole response."""
    lines = [
        (name, value) for name, given in headers.items() for value in ([given] if isinstance(given, str) else given)
    ]
    encoded = [(name.lower().encode("latin-1"), str(value).encode("latin-1")) for name, value in lines]
    if status != 304 and not any(name == b"content-length" for name, _ in encoded):
        encoded.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": body})
