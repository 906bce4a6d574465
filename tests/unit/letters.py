"""Events as a queue hands them to a function, and pictures that a queue gives up."""

from types import SimpleNamespace
from typing import Any

from gallery.captioning.events import reminder

CONTEXT: Any = SimpleNamespace(
    function_name="f", memory_limit_in_mb=1, invoked_function_arn="arn:x", aws_request_id="r",
    get_remaining_time_in_millis=lambda: 300_000,
)  # fmt: skip


def batch(*bodies: str) -> dict[str, Any]:
    records = [
        {"messageId": str(number), "body": body, "eventSource": "aws:sqs", "attributes": {}, "messageAttributes": {}}
        for number, body in enumerate(bodies)
    ]
    return {"Records": records}


def give_up(*ids: str) -> None:
    from dead_letters.handler import handler  # noqa: PLC0415 - after the environment is set

    assert handler(batch(*(reminder(each) for each in ids)), CONTEXT) == {"batchItemFailures": []}
