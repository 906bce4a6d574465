"""The Lambda behind the queue of pictures that wait for a language model's sentence."""

from contextlib import suppress
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from describe.describing import describe
from gallery.captioning.dead_letters import record_error
from gallery.captioning.events import description_requested

logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


def _record(record: SQSRecord) -> None:
    image_id = description_requested(record.body)
    if image_id is None:
        logger.warning("a message about no picture", extra={"message_id": record.message_id})
        return
    try:
        outcome = describe(image_id)
    except Exception as error:
        logger.exception("could not describe", extra={"image_id": image_id})
        # If even this fails, the log has it.
        with suppress(Exception):
            record_error(image_id, error, "describe", int(record.attributes.approximate_receive_count))
        raise
    logger.info("description %s", outcome, extra={"image_id": image_id})


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Describe a batch of pictures; answer which of them have to come again."""
    return process_partial_response(event, _record, processor, context)
