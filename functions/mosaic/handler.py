"""The Lambda that makes mosaics; the pictures' API calls it and does not wait."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery.aws import table
from gallery.mosaics.mosaics import Design, Job
from gallery.pictures import storage
from mosaic.making import make

logger = Logger()
# While the function starts its time costs least.
storage.client()
table.client()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, bool]:  # noqa: ARG001 - Lambda's signature
    """Make one mosaic."""
    job = _job(event["mosaic"])
    made = make(job)
    logger.info("mosaic", extra={"correlation_id": job.image_id, "design": job.design.name, "made": made})
    return {"made": made}


def _job(given: dict[str, Any]) -> Job:
    return Job(**{**given, "design": Design(**given["design"])})
