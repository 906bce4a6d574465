"""Calling another function of the gallery without waiting for it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from gallery.aws import sdk

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


@cache
def client() -> "LambdaClient":
    """Return the Lambda client of this process."""
    return cast("LambdaClient", sdk.client("lambda"))


def call(function: str, event: Mapping[str, Any]) -> None:
    """Have a function handle an event some time soon, once or more; return as soon as that is sure."""
    client().invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(event))
