"""The queues, for whoever has to remind the captioner of a picture or wants a language model's sentence about it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import boto3
from aws_lambda_powertools import Logger

from gallery.events import reminder, wish
from gallery.retries import retrying
from gallery.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import SendMessageBatchResultTypeDef

logger = Logger()

_BATCH = 10


@cache
def client() -> "SQSClient":
    """Return the SQS client of this process."""
    return boto3.client("sqs", config=retrying())


def remind(ids: Sequence[str]) -> int:
    """Queue pictures for captioning (again); return how many were taken. Captioning one twice changes nothing."""
    taken = 0
    for answer in send(settings().caption_queue_url, {each: reminder(each) for each in ids}):
        for each in answer.get("Successful", ()):
            logger.info("reminded", extra={"correlation_id": each["Id"]})
        taken += len(answer.get("Successful", ()))
    return taken


def send(queue_url: str, messages: Mapping[str, str]) -> "Iterator[SendMessageBatchResultTypeDef]":
    """Put messages (id → body) into a queue, a batch at a time; yield what SQS says of each batch."""
    entries = [{"Id": each, "MessageBody": body} for each, body in messages.items()]
    for start in range(0, len(entries), _BATCH):
        yield client().send_message_batch(
            QueueUrl=queue_url,
            Entries=entries[start : start + _BATCH],  # type: ignore[arg-type] # the stub wants its own TypedDict
        )


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
    return sum(int(answer["Attributes"][each]) for each in kinds)


def wish_for_sentence(image_id: str) -> None:
    """Queue a picture for a language model; asking twice changes nothing."""
    client().send_message(QueueUrl=settings().sentence_queue_url, MessageBody=wish(image_id))
