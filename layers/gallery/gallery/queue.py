"""The queues, for whoever has to remind the captioner of a picture or wants a language model's sentence about it."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import boto3
from aws_lambda_powertools import Logger

from gallery.events import reminder, wish
from gallery.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

logger = Logger()

_BATCH = 10


@cache
def client() -> "SQSClient":
    """Return the SQS client of this process."""
    return boto3.client("sqs")


def remind(ids: Sequence[str]) -> int:
    """Queue pictures for captioning (again); return how many were taken. Captioning one twice changes nothing."""
    taken = 0
    for start in range(0, len(ids), _BATCH):
        entries = [{"Id": each, "MessageBody": reminder(each)} for each in ids[start : start + _BATCH]]
        answer = client().send_message_batch(
            QueueUrl=settings().caption_queue_url,
            Entries=entries,  # type: ignore[arg-type] # the stub wants its own TypedDict
        )
        for each in answer.get("Successful", ()):
            logger.info("reminded", extra={"correlation_id": each["Id"]})
        taken += len(answer.get("Successful", ()))
    return taken


def waiting() -> int:
    """Return about how many messages nobody has taken from the captioner's queue yet."""
    answer = client().get_queue_attributes(
        QueueUrl=settings().caption_queue_url, AttributeNames=["ApproximateNumberOfMessages"]
    )
    return int(answer["Attributes"]["ApproximateNumberOfMessages"])


def wish_for_sentence(image_id: str) -> None:
    """Queue a picture for a language model; asking twice changes nothing."""
    client().send_message(QueueUrl=settings().sentence_queue_url, MessageBody=wish(image_id))
