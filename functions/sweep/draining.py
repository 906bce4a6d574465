"""Emptying the queue of dead letters, since nobody can look into a queue."""

from aws_lambda_powertools import Logger

from gallery.aws import queue
from gallery.captioning import recaptions
from gallery.captioning.dead_letters import record_failure
from gallery.captioning.events import arrivals, description_requested
from gallery.settings import settings

logger = Logger()

_BATCHES = 20
"""Most batches of ten at a time."""


def drain_dead_letters() -> int:
    """Keep where an admin sees it what was given up; return how many messages there were.

    A message is deleted last: where the sweeper is killed before, it comes again, and is kept or counted once more.
    """
    drained = 0
    for _ in range(_BATCHES):
        messages = queue.take(settings().dead_letters_url)
        if not messages:
            break
        for message in messages:
            _keep(message["Body"])
            queue.delete(settings().dead_letters_url, message)
        drained += len(messages)
    return drained


def _keep(body: str) -> None:
    if task := recaptions.task_of(body):
        recaptions.count(task, "failed")
        logger.error("the captioner gave up captioning again", extra={"correlation_id": task.image_id})
    for image_id in arrivals(body):
        if record_failure(image_id):
            logger.error("the captioner gave up", extra={"correlation_id": image_id})
    if (undescribed := description_requested(body)) and record_failure(undescribed, "describe"):
        logger.error("the language model was given up", extra={"correlation_id": undescribed})
