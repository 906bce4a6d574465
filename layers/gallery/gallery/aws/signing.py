"""Presigned addresses that stay the same for minutes, so that a browser finds in its cache what it has fetched before.

The SDK signs for the moment at which it is asked, and so never twice the same. Signature Version 4 takes any moment:
here it is the beginning of a span of time. Each process of a function has keys of its own, so that addresses of two
differ.
"""

from datetime import UTC, datetime
from functools import cache
from urllib.parse import quote, urlencode

import boto3
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest

SPAN_SECONDS = 300
"""How long an address stays the same."""


def signed_for_a_span(url: str, region: str, *, seconds: int) -> str:
    """Return a presigned GET of an address of S3 that works `seconds` from the beginning of the present span."""
    credentials = _session().get_credentials()
    if credentials is None:
        raise RuntimeError("There are no keys to sign an address with.")
    keys = credentials.get_frozen_credentials()
    auth = S3SigV4QueryAuth(keys, "s3", region, expires=seconds)
    request = AWSRequest(method="GET", url=url)
    request.context["timestamp"] = f"{_beginning():%Y%m%dT%H%M%SZ}"
    parameters = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": auth.scope(request),
        "X-Amz-Date": request.context["timestamp"],
        "X-Amz-Expires": str(seconds),
        "X-Amz-SignedHeaders": "host",
        **({"X-Amz-Security-Token": keys.token} if keys.token else {}),
    }
    request.url = f"{url}?{urlencode(parameters, quote_via=quote, safe='')}"
    signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return f"{request.url}&X-Amz-Signature={signature}"


def _beginning() -> datetime:
    now = int(datetime.now(UTC).timestamp())
    return datetime.fromtimestamp(now - now % SPAN_SECONDS, UTC)


@cache
def _session() -> boto3.Session:
    return boto3.Session()
