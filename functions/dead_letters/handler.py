"""The Lambda behind the queue of dead letters."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery.events import arrivals
from gallery.letters import keep

logger = Logger()
metrics = Metrics()
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


def _record(record: SQSRecord) -> None:
    ids = arrivals(record.body)
    for image_id in ids:
        keep(image_id)
    logger.error("the captioner gave up", extra={"image_ids": ids})
    metrics.add_metric("DeadLetters", MetricUnit.Count, len(ids))


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Keep a batch of dead letters; what could not be kept stays in the queue."""
    return process_partial_response(event, _record, processor, context)
