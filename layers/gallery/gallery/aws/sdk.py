"""Clients of the SDK, which is loaded where the first of them is asked for: that takes longer than most requests do."""

from functools import cache
from typing import TYPE_CHECKING, Any

from gallery.settings import settings

if TYPE_CHECKING:
    from boto3 import Session
    from botocore.config import Config


def client(service: str, *, endpoint_url: str | None = None, **how: Any) -> Any:  # noqa: ANN401 - the caller knows which
    """Return a client of a service that tries as often as this function may, with further options of its configuration.

    In standard mode the SDK waits up to a second after the first try, two after the second, four after the third …
    """
    import boto3  # noqa: PLC0415

    return boto3.client(service, endpoint_url=endpoint_url, config=_retrying(**how))  # type: ignore[call-overload]


def _retrying(**how: Any) -> "Config":  # noqa: ANN401 - the configuration's own options
    from botocore.config import Config  # noqa: PLC0415

    return Config(retries={"mode": "standard", "total_max_attempts": settings().tries}, **how)


@cache
def session() -> "Session":
    """Return the SDK's session of this process."""
    import boto3  # noqa: PLC0415

    return boto3.Session()
