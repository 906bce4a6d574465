"""How often the SDK tries a request, for every client of the functions."""

from typing import Any

from botocore.config import Config

from gallery.settings import settings


def retrying(**how: Any) -> Config:  # noqa: ANN401 - the configuration's own options
    """Return the configuration of a client that tries as often as this function may, and further options of it.

    In standard mode the SDK waits up to a second after the first try, two after the second, four after the third …
    """
    return Config(retries={"mode": "standard", "total_max_attempts": settings().tries}, **how)
