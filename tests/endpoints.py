"""A cloud that is there before the tests: what it lacks, and the gallery in it."""

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NoReturn

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from infra.local.settings import REGION
from tests.local_cloud import LocalCloud

ENDPOINT = os.environ.get("AWS_ENDPOINT_URL")
"""Where it is, for whoever has one; read before any test sets it for a cloud of its own."""
ASKING: Mapping[str, tuple[str, str]] = {
    "S3": ("s3", "list_buckets"),
    "SQS": ("sqs", "list_queues"),
    "DynamoDB": ("dynamodb", "list_tables"),
    "CloudFormation": ("cloudformation", "list_stacks"),
    "Cognito": ("cognito-idp", "list_user_pools"),
    "ApiGatewayV2": ("apigatewayv2", "get_apis"),
    "CloudFront": ("cloudfront", "list_distributions"),
    "ECR": ("ecr", "describe_repositories"),
}
"""Service → a client and a call that every cloud which has it answers."""

Clients = Callable[[str], Any]


class FoundCloud(LocalCloud):
    """A gallery in a cloud whose processes, files and words on the screen are out of reach: tests of those skip."""

    def __init__(self, endpoint: str, session: boto3.Session, site_url: str | None = None) -> None:
        self.endpoint = endpoint
        self.session = session
        self.site_url = site_url or self.outputs["SiteUrl"]

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        pytest.skip(f"needs a local cloud of the tests' own ({name})")

    @cached_property
    def key(self) -> dict[str, str]:
        """Whose access is used: `id` and `secret`."""
        credentials = self.session.get_credentials()
        assert credentials
        return {"id": credentials.access_key, "secret": credentials.secret_key}


def gallery_at(endpoint: str) -> FoundCloud:
    """The gallery at an endpoint; where it lacks what a gallery needs, the tests of it skip and name that."""
    session = boto3.Session(region_name=REGION)
    missing = lacking(clients(session, endpoint))
    if missing:
        pytest.skip(f"{endpoint} has no {', '.join(missing)}")
    return FoundCloud(endpoint, session, os.environ.get("SITE_URL"))


def clients(session: boto3.Session, endpoint: str) -> Clients:
    """Return what makes clients of an endpoint, which answer soon or not at all."""
    config = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, read_timeout=60)
    return lambda service: session.client(service, endpoint_url=endpoint, config=config)  # type: ignore[call-overload]


def lacking(client: Clients) -> tuple[str, ...]:
    """Return the names of services that don't answer."""
    return tuple(name for name, (service, call) in ASKING.items() if not _answers(client(service), call))


def _answers(client: Any, call: str) -> bool:  # noqa: ANN401 (any client)
    options = {"MaxResults": 1} if call == "list_user_pools" else {}
    try:
        getattr(client, call)(**options)
    except (ClientError, BotoCoreError):
        return False
    return True
