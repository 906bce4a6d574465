"""The Lambda that puts somebody's originals into ZIP files; it calls itself until all of them are there."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from people.originals import Job, make

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, str]:
    """Write as much as the time allows; who asks for the files again calls again where this dies for good."""
    job = Job(**event["originals"])
    progress = make(job, context.get_remaining_time_in_millis)
    logger.info("export %s", progress, extra={"sub": job.sub})
    return {"progress": progress}
