"""Presigned addresses that stay the same for minutes, so that a browser finds in its cache what it has fetched before.

The SDK signs for the moment at which it is asked, and so never twice the same. Signature Version 4 takes any moment:
here it is the beginning of a span of time. Each process of a function has keys of its own, so that addresses of two
differ.
"""

from datetime import UTC, datetime

from gallery.aws import signature
from gallery.aws.credentials import keys, region

SPAN_SECONDS = 300
"""How long an address stays the same."""


def signed_for_a_span(url: str, *, seconds: int) -> str:
    """Return a presigned GET of an address of S3 that works `seconds` from the beginning of the present span."""
    return signature.presigned(keys(), region(), "s3", url, seconds, _beginning())


def _beginning() -> datetime:
    now = int(datetime.now(UTC).timestamp())
    return datetime.fromtimestamp(now - now % SPAN_SECONDS, UTC)
