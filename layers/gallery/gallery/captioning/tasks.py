"""Sending pictures to the queues of the captioner and of the language model; both ignore what is already done."""

from collections.abc import Sequence

from aws_lambda_powertools import Logger

from gallery.aws import queue
from gallery.captioning.events import description_request, reminder
from gallery.settings import settings

logger = Logger()


def enqueue_captioning(ids: Sequence[str]) -> int:
    """Queue pictures for captioning (again); return how many were taken. Captioning one twice changes nothing."""
    taken = 0
    for answer in queue.send(settings().caption_queue_url, {image_id: reminder(image_id) for image_id in ids}):
        for entry in answer.get("Successful", ()):
            logger.info("reminded", extra={"correlation_id": entry["Id"]})
        taken += len(answer.get("Successful", ()))
    return taken


def enqueue_description(image_id: str) -> None:
    """Queue a picture for a language model; asking twice changes nothing."""
    queue.client().send_message(QueueUrl=settings().sentence_queue_url, MessageBody=description_request(image_id))
