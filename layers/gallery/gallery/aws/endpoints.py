"""Where services answer: as the SDK's environment says, or at their usual address in the region."""

import os

from gallery.aws import sdk
from gallery.aws.credentials import region

_OTHER_KINDS = "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"


def endpoint(service: str, service_id: str | None = None) -> str:
    """Return the address of a service, such as `cognito-idp`; its `service_id` is what variables are named after.

    Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".

    The SDK is asked where the environment wants FIPS or dual-stack endpoints, whose names only it knows.
    """
    own = f"AWS_ENDPOINT_URL_{(service_id or service).upper()}"
    if configured := os.environ.get(own) or os.environ.get("AWS_ENDPOINT_URL"):
        return configured
    if any(os.environ.get(name, "").lower() == "true" for name in _OTHER_KINDS):
        return str(sdk.client(service).meta.endpoint_url)
    return f"https://{service}.{region()}.amazonaws.com{'.cn' if region().startswith('cn-') else ''}"


def bucket_endpoint(bucket: str) -> str:
    """Return the address of a bucket in its region; that of S3 as a whole would redirect there."""
    return endpoint("s3").replace("://", f"://{bucket}.", 1)
