"""The Lambda behind demo mode, of one image with the captioner."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from caption.classifier import classifier
from caption.demo import app
from caption.examine import prepare

logger = Logger()
# While the function starts its time costs least.
prepare()
classifier()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0)."""
    return app.resolve(event, context)
