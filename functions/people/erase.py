"""The Lambda that erases what is somebody's; it calls itself until nothing is left."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery.people.people import call_eraser
from people.erasing import resume

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, str]:
    """Erase as much of somebody as the time allows; the sweeper calls again where this dies."""
    sub = str(event["erase"])
    progress = resume(sub, context.get_remaining_time_in_millis)
    logger.info("erasure %s", progress, extra={"sub": sub})
    if progress == "more":
        call_eraser(sub)
    return {"progress": progress}
