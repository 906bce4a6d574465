"""Answers from DynamoDB without a network: all of the client's own work is done, and measured."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from gallery.aws import dynamodb, table
from gallery.aws.connections import Answer


class Network:
    """Stands where the client keeps its connections; `answer` gets the operation and the body of a request."""

    host = "dynamodb"

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self._answer = answer

    def post(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Answer as a connection does."""
        return Answer(200, self._answer(headers["x-amz-target"].encode() + body), {})

    def close(self) -> None:
        """There is nothing to close."""


def stand_in(answer: Callable[[bytes], bytes]) -> Callable[[], None]:
    """Have the table's client ask `answer` from now on; return what ends that."""
    client: Any = dynamodb.Client(tries=1)
    client._connections = Network(answer)
    own = table.client
    table.client = cache(cast("Any", lambda: client))

    def stand_aside() -> None:
        table.client = own

    return stand_aside
