"""The Lambda behind the queue of dead letters."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery.captioning import recaptions
from gallery.captioning.dead_letters import record_failure
from gallery.captioning.events import arrivals, description_requested

logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


def _record(record: SQSRecord) -> None:
    if description_request := recaptions.task_of(record.body):
        recaptions.count(description_request, "failed")
        logger.error("the captioner gave up captioning again", extra={"correlation_id": description_request.image_id})
    for image_id in arrivals(record.body):
        record_failure(image_id)
        logger.error("the captioner gave up", extra={"correlation_id": image_id})
    if undescribed := description_requested(record.body):
        record_failure(undescribed, "describe")
        logger.error("the language model was given up", extra={"correlation_id": undescribed})


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Keep a batch of dead letters; what could not be kept stays in the queue."""
    return process_partial_response(event, _record, processor, context)
