"""An answer from AWS without a network."""

from types import SimpleNamespace
from typing import Any, cast

from botocore.awsrequest import AWSResponse, HeadersDict


def answered(url: str, body: bytes) -> AWSResponse:
    """Return a body as botocore gets it from DynamoDB."""
    raw = SimpleNamespace(stream=lambda: iter([body]), close=lambda: None)
    headers = HeadersDict({"content-type": "application/x-amz-json-1.0"})
    return AWSResponse(url, 200, cast("Any", headers), raw)
