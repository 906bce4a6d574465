"""The queues: sending messages in batches, receiving them without Lambda, and counting those that wait."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from gallery.aws import sdk
from gallery.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import MessageTypeDef, SendMessageBatchResultTypeDef

_BATCH = 10


@cache
def client() -> "SQSClient":
    """Return the SQS client of this process."""
    return cast("SQSClient", sdk.client("sqs"))


def send(queue_url: str, messages: Mapping[str, str]) -> "Iterator[SendMessageBatchResultTypeDef]":
    """Put messages (id → body) into a queue, a batch at a time; yield what SQS says of each batch."""
    entries = [{"Id": message_id, "MessageBody": body} for message_id, body in messages.items()]
    for start in range(0, len(entries), _BATCH):
        yield client().send_message_batch(
            QueueUrl=queue_url,
            Entries=entries[start : start + _BATCH],  # type: ignore[arg-type] # the stub wants its own TypedDict
        )


def take(queue_url: str) -> "Sequence[MessageTypeDef]":
    """Receive up to ten messages; those that are not deleted come again."""
    answer = client().receive_message(QueueUrl=queue_url, MaxNumberOfMessages=_BATCH)
    return answer.get("Messages", [])


def delete(queue_url: str, message: "MessageTypeDef") -> None:
    """Delete a message that was received."""
    client().delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])


def waiting() -> int:
    """Return about how many messages nobody has taken from the captioner's queue yet."""
    return _count(settings().caption_queue_url, ["ApproximateNumberOfMessages"])


def unfinished(queue_url: str) -> int:
    """Return about how many messages are in a queue, those that somebody is at work on and those to come included."""
    return _count(
        queue_url,
        [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ],
    )


def _count(queue_url: str, kinds: "Sequence[QueueAttributeNameType]") -> int:
    answer = client().get_queue_attributes(QueueUrl=queue_url, AttributeNames=kinds)
    return sum(int(answer["Attributes"][kind]) for kind in kinds)
