"""Events as a queue hands them to a function, and messages that a queue gives up."""

from types import SimpleNamespace
from typing import Any

from gallery.aws import queue
from gallery.captioning.events import reminder
from gallery.settings import settings

CONTEXT: Any = SimpleNamespace(
    function_name="f", memory_limit_in_mb=1, invoked_function_arn="arn:x", aws_request_id="r",
    get_remaining_time_in_millis=lambda: 300_000,
)  # fmt: skip


def batch(*bodies: str, receives: int = 1) -> dict[str, Any]:
    """Messages as Lambda hands them over, which were received so often."""
    attributes = {"ApproximateReceiveCount": str(receives)}
    message = {"eventSource": "aws:sqs", "attributes": attributes, "messageAttributes": {}}
    return {"Records": [message | {"messageId": str(number), "body": body} for number, body in enumerate(bodies)]}


def give_up(*ids: str) -> None:
    """Have the queue give up what it says of these pictures, and the sweeper find that."""
    drain(*(reminder(each) for each in ids))


def drain(*bodies: str) -> None:
    """Have the sweeper find messages that a queue gave up."""
    from sweep.draining import drain_dead_letters  # noqa: PLC0415 - after the environment is set

    for body in bodies:
        queue.client().send_message(QueueUrl=settings().dead_letters_url, MessageBody=body)
    assert drain_dead_letters() == len(bodies)
    assert drain_dead_letters() == 0
