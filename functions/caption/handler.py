"""The Lambda behind the caption queue: every message of a batch on its own, and only those that failed come again."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType, async_process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from caption.classifier import classifier
from caption.examine import prepare
from caption.pipeline import Outcome, attend
from caption.recaption import recaption
from gallery.aws import table
from gallery.captioning import recaptions
from gallery.captioning.dead_letters import record_error
from gallery.captioning.events import arrivals, arrived_at
from gallery.captioning.recaptions import RecaptionTask, task_of
from gallery.captioning.tasks import enqueue_description
from gallery.pictures import counters, storage
from gallery.settings import settings

logger = Logger()
metrics = Metrics()
# While the function starts its time costs least.
prepare()
classifier()
storage.client()
table.client()
_COUNTED_AS = {"captioned": "PicturesCaptioned", "failed": "PicturesFailed"}
"""Metrics of what can become of a picture; each costs money, so everything else is counted as one."""
_TRIED = "PicturesTried"
"""What the brake goes by, captioning again included: what is sent or told of once more is no other try."""
processor = AsyncBatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


async def _record(record: SQSRecord) -> None:
    """Caption the pictures of one message; a thread of its own lets no slow picture delay the others."""
    ids, description_request = arrivals(record.body), task_of(record.body)
    if description_request:
        await asyncio.to_thread(_recaption, description_request)
    elif not ids:
        logger.warning("a message about no picture", extra={"message_id": record.message_id})
        metrics.add_metric("MessagesIgnored", MetricUnit.Count, 1)
    for image_id in ids:
        await asyncio.to_thread(_caption, image_id, record)


def _caption(image_id: str, record: SQSRecord) -> None:
    logger.thread_safe_append_keys(correlation_id=image_id)
    try:
        outcome = attend(image_id)
        picture = outcome.picture
        if picture and picture.status == "captioned" and not picture.is_described and settings().sentence_queue_url:
            enqueue_description(image_id)
    except Exception as error:
        logger.exception("could not caption")
        metrics.add_metric("PicturesInTrouble", MetricUnit.Count, 1)
        _count_other_try()
        # If even this fails, the log has it.
        with suppress(Exception):
            record_error(image_id, error, "caption", int(record.attributes.approximate_receive_count))
        raise
    _tell(outcome, arrived_at(record.body))


def _recaption(description_request: RecaptionTask) -> None:
    logger.thread_safe_append_keys(correlation_id=description_request.image_id)
    try:
        outcome = recaption(description_request)
    except Exception:
        logger.exception("could not caption again")
        _count_other_try()
        raise
    if outcome:
        recaptions.count(description_request, outcome)
    if outcome == "captioned":
        metrics.add_metric(_TRIED, MetricUnit.Count, 1)
    elif outcome:
        _count_other_try()
    logger.info("picture %s again", outcome or "not captioned", extra={"model": description_request.model})


def _tell(outcome: Outcome, arrived: datetime | None) -> None:
    picture = outcome.picture
    status = picture.status if picture else "gone"
    told_of = outcome.looked and not outcome.renewed
    counted_as = _COUNTED_AS.get(status, "PicturesSkipped") if told_of else "PicturesSkipped"
    metrics.add_metric(counted_as, MetricUnit.Count, 1)
    if told_of and status == "captioned":
        metrics.add_metric(_TRIED, MetricUnit.Count, 1)
    elif outcome.looked:
        _count_other_try()
    logger.info("picture %s", status, extra={"failure": picture.failure if picture else None})
    if outcome.looked and picture and picture.status == "captioned" and picture.reading and arrived:
        waited = datetime.fromisoformat(picture.reading.captioned_at) - arrived
        metrics.add_metric("CaptionLatency", MetricUnit.Milliseconds, max(0.0, waited.total_seconds() * 1000))


def _count_other_try() -> None:
    """Count a try that wrote no caption; one that did is counted in the table with the caption itself."""
    metrics.add_metric(_TRIED, MetricUnit.Count, 1)
    with suppress(Exception):  # it may be the table that is in trouble
        counters.count_try()


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Caption a batch of the queue's messages; answer which of them have to come again."""
    return async_process_partial_response(event, _record, processor, context)
