"""The Lambda that makes mosaics; the pictures' API calls it and does not wait."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery import storage, table
from gallery.mosaics import Design, Job
from mosaic.making import make

logger = Logger()
metrics = Metrics()
# While the function starts its time costs least.
storage.client()
table.client()


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, bool]:  # noqa: ARG001 - Lambda's signature
    """Make one mosaic."""
    job = _job(event["mosaic"])
    made = make(job)
    metrics.add_metric("MosaicsMade", MetricUnit.Count, int(made))
    logger.info("mosaic", extra={"image_id": job.image_id, "design": job.design.name, "made": made})
    return {"made": made}


def _job(given: dict[str, Any]) -> Job:
    return Job(**{**given, "design": Design(**given["design"])})
