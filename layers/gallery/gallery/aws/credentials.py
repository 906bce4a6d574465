"""The keys that requests are signed with, and the region they are for.

A function has them in its environment, which costs nothing to read; where they are elsewhere (a profile, a role, a
container), the SDK finds and renews them, and is only loaded then.
"""

import os
from typing import NamedTuple

from gallery.aws import sdk


class Keys(NamedTuple):
    """An access key and its secret; `token` belongs to temporary keys, as all of Lambda's are."""

    access: str
    secret: str
    token: str | None


def keys() -> Keys:
    """Return the present keys; raises RuntimeError where there are none."""
    access, secret = os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY")
    if access and secret:
        return Keys(access, secret, os.environ.get("AWS_SESSION_TOKEN") or None)
    credentials = sdk.session().get_credentials()
    if credentials is None:
        raise RuntimeError("There are no AWS credentials to sign a request with.")
    frozen = credentials.get_frozen_credentials()
    if not (frozen.access_key and frozen.secret_key):
        raise RuntimeError("The AWS credentials that were found are incomplete.")
    return Keys(frozen.access_key, frozen.secret_key, frozen.token)


def region() -> str:
    """Return the region that requests go to; raises RuntimeError where none is named."""
    name = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or sdk.session().region_name
    if not name:
        raise RuntimeError("No AWS region is named; set AWS_REGION.")
    return name
