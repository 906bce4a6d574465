"""The Lambda that makes vectors of what was written of pictures; it is called after a change, and by the sweeper."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from search.embedding import embed

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Make what some pictures lack; a call that comes twice finds nothing to do."""
    done = embed([str(image_id) for image_id in event["ids"]], context.get_remaining_time_in_millis)
    logger.info("vectors were made", extra=done)
    return done
