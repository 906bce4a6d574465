"""What a deployment can choose, read once from the environment of a function."""

import os
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

Visibility = Literal["public", "private"]
AccessMode = Literal["open", "members"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment of a function as a typed value; see infra/settings.py for where each comes from."""

    table_name: str
    media_bucket: str
    caption_queue_url: str
    stuck_seconds: int
    access_mode: AccessMode
    default_visibility: Visibility
    originals_downloadable: bool
    demo_only: bool
    s3_browser_endpoint: str | None
    identity_browser_endpoint: str | None
    user_pool_id: str
    user_pool_client_id: str
    origin_proof: str
    model_name: str | None
    mosaic_function: str
    cifar10_tiles: str
    """Digest (hexadecimal) of the tiles made of CIFAR-10; empty where the deployment has none."""
    version: str

    @property
    def tile_sets(self) -> list[str]:
        """What mosaics can be made of."""
        return ["gallery", "cifar10"] if self.cifar10_tiles else ["gallery"]


@cache
def settings() -> Settings:
    """Read the environment once per process; raises KeyError naming a required variable that is missing."""
    return Settings(
        table_name=os.environ["TABLE_NAME"],
        media_bucket=os.environ["MEDIA_BUCKET"],
        caption_queue_url=os.environ.get("CAPTION_QUEUE_URL", ""),
        stuck_seconds=int(os.environ.get("STUCK_SECONDS", "900")),
        access_mode=cast("AccessMode", _one_of("ACCESS_MODE", "members", "open")),
        default_visibility=cast("Visibility", _one_of("DEFAULT_VISIBILITY", "public", "private")),
        originals_downloadable=_one_of("ORIGINALS_DOWNLOADABLE", "false", "true") == "true",
        demo_only=_one_of("DEMO_ONLY", "false", "true") == "true",
        s3_browser_endpoint=os.environ.get("S3_BROWSER_ENDPOINT") or None,
        identity_browser_endpoint=os.environ.get("IDENTITY_BROWSER_ENDPOINT") or None,
        user_pool_id=os.environ.get("USER_POOL_ID", ""),
        user_pool_client_id=os.environ.get("USER_POOL_CLIENT_ID", ""),
        origin_proof=os.environ.get("ORIGIN_PROOF", ""),
        model_name=os.environ.get("MODEL_NAME") or None,
        mosaic_function=os.environ.get("MOSAIC_FUNCTION", ""),
        cifar10_tiles=os.environ.get("CIFAR10_TILES", ""),
        version=os.environ.get("GALLERY_VERSION", "unknown"),
    )


def _one_of(name: str, default: str, other: str) -> str:
    value = os.environ.get(name) or default
    if value not in (default, other):
        raise ValueError(f"{name} is {value!r}; it must be {default!r} or {other!r}")
    return value
