"""What a deployment can choose, read once from the environment of a function."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

Visibility = Literal["public", "private"]
AccessMode = Literal["open", "members"]
SignUp = Literal["invite", "open", "closed"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment of a function as a typed value; see infra/settings.py for where each comes from."""

    table_name: str
    dynamodb_client: Literal["lean", "boto3"]
    """Which client the table is reached by: ours, or the SDK's."""
    media_bucket: str
    caption_queue_url: str
    dead_letters_url: str
    receives: int
    """How often a message is received before it becomes a dead letter."""
    sentence_queue_url: str
    """Where pictures wait for a language model; empty where none is asked."""
    stuck_seconds: int
    compare_every_days: int
    """How long the sweeper rests after it has begun to compare all objects with all rows; 0 for not at all."""
    unconfirmed_seconds: int
    """How long an account may wait for its address to be confirmed."""
    access_mode: AccessMode
    default_visibility: Visibility
    originals_downloadable: bool
    downloads_from_site: bool
    """Whether the distribution saves files under a name, as S3 does for signed requests."""
    demo_only: bool
    s3_browser_endpoint: str | None
    identity_browser_endpoint: str | None
    site_url: str
    """The address people open, such as https://gallery.example.org."""
    user_pool_id: str
    user_pool_client_id: str
    sign_up: SignUp
    passkeys: bool
    origin_secrets: Sequence[str]
    """What the distribution may prove itself with; none where there is no distribution."""
    model_name: str | None
    mosaic_function: str
    erase_function: str
    albums_function: str
    """Which takes pictures out of albums that are gone, and brings back albums that the table has lost."""
    embed_function: str
    """Which makes vectors of what was written of pictures; empty where it is none of a function's business."""
    vector_index: bool
    """Whether the table has a vector index; otherwise lists are read in its place."""
    cifar10_tiles: str
    """Digest (hexadecimal) of the tiles made of CIFAR-10; empty where the deployment has none."""
    max_upload_mb: int
    """How large a file may be, in MB of 2**20 bytes."""
    uploads_per_hour: int | None
    trials_per_hour: int | None
    mosaics_per_hour: int | None
    """How many pictures one sender may upload, or have looked at without keeping them; None for any number."""
    captions_per_hour: int | None
    captions_a_day: int | None
    """Above how many captions within an hour or a day (UTC) the brake stops captioning; None where nothing does."""
    picture_dollars: float | None
    """What Amazon charges for an upload and its caption, roughly."""
    export_gb_dollars: float | None
    """What Amazon charges for a GB of originals that somebody takes away, roughly."""
    max_concurrent_mosaics: int | None
    """How many mosaics are made at once; None for any number."""
    brake_function: str
    spending_mappings: Sequence[str]
    """The event source mappings through which money is spent whenever pictures come; known to the brake alone."""
    recaption_mapping: str
    """The one that is enabled only while pictures are captioned again; likewise."""
    recaption_queue_url: str
    admin_function: str
    """Which walks over all pictures where they are to be captioned again."""
    version: str
    tries: int
    """How often a request to a service is tried; where people wait it is four times."""

    @property
    def longest_wait(self) -> int:
        """The most seconds that the SDK waits between its tries, 7 between four."""
        return int(2 ** (self.tries - 1) - 1)

    @property
    def tile_sets(self) -> list[str]:
        """What mosaics can be made of."""
        return ["gallery", "cifar10"] if self.cifar10_tiles else ["gallery"]


@cache
def settings() -> Settings:
    """Read the environment once per process; raises KeyError naming a required variable that is missing."""
    return Settings(
        table_name=os.environ["TABLE_NAME"],
        dynamodb_client=cast('Literal["lean", "boto3"]', _one_of("DYNAMODB_CLIENT", "lean", "boto3")),
        media_bucket=os.environ["MEDIA_BUCKET"],
        caption_queue_url=os.environ.get("CAPTION_QUEUE_URL", ""),
        dead_letters_url=os.environ.get("DEAD_LETTERS_URL", ""),
        receives=int(os.environ.get("RECEIVES", "5")),
        sentence_queue_url=os.environ.get("SENTENCE_QUEUE_URL", ""),
        stuck_seconds=int(os.environ.get("STUCK_SECONDS", "900")),
        compare_every_days=int(os.environ.get("COMPARE_EVERY_DAYS", "0")),
        unconfirmed_seconds=int(os.environ.get("UNCONFIRMED_SECONDS", "86400")),
        access_mode=cast("AccessMode", _one_of("ACCESS_MODE", "members", "open")),
        default_visibility=cast("Visibility", _one_of("DEFAULT_VISIBILITY", "public", "private")),
        originals_downloadable=_one_of("ORIGINALS_DOWNLOADABLE", "false", "true") == "true",
        downloads_from_site=_one_of("DOWNLOADS_FROM_SITE", "true", "false") == "true",
        demo_only=_one_of("DEMO_ONLY", "false", "true") == "true",
        s3_browser_endpoint=os.environ.get("S3_BROWSER_ENDPOINT") or None,
        identity_browser_endpoint=os.environ.get("IDENTITY_BROWSER_ENDPOINT") or None,
        site_url=os.environ.get("SITE_URL", ""),
        user_pool_id=os.environ.get("USER_POOL_ID", ""),
        user_pool_client_id=os.environ.get("USER_POOL_CLIENT_ID", ""),
        sign_up=cast("SignUp", _one_of("SIGN_UP", "invite", "open", "closed")),
        passkeys=_one_of("PASSKEYS", "false", "true") == "true",
        origin_secrets=os.environ.get("ORIGIN_SECRETS", "").split(),
        model_name=os.environ.get("MODEL_NAME") or None,
        mosaic_function=os.environ.get("MOSAIC_FUNCTION", ""),
        erase_function=os.environ.get("ERASE_FUNCTION", ""),
        albums_function=os.environ.get("ALBUMS_FUNCTION", ""),
        embed_function=os.environ.get("EMBED_FUNCTION", ""),
        vector_index=_one_of("VECTOR_INDEX", "false", "true") == "true",
        cifar10_tiles=os.environ.get("CIFAR10_TILES", ""),
        max_upload_mb=_whole("MAX_UPLOAD_MB") or 200,
        uploads_per_hour=_whole("UPLOADS_PER_HOUR"),
        trials_per_hour=_whole("TRIALS_PER_HOUR"),
        mosaics_per_hour=_whole("MOSAICS_PER_HOUR"),
        captions_per_hour=_whole("CAPTIONS_PER_HOUR"),
        captions_a_day=_whole("CAPTIONS_A_DAY"),
        picture_dollars=_dollars("PICTURE_DOLLARS"),
        export_gb_dollars=_dollars("EXPORT_GB_DOLLARS"),
        max_concurrent_mosaics=_whole("MOSAICS_AT_ONCE"),
        brake_function=os.environ.get("BRAKE_FUNCTION", ""),
        spending_mappings=os.environ.get("SPENDING_MAPPINGS", "").split(),
        recaption_mapping=os.environ.get("RECAPTION_MAPPING", ""),
        recaption_queue_url=os.environ.get("RECAPTION_QUEUE_URL", ""),
        admin_function=os.environ.get("ADMIN_FUNCTION", ""),
        version=os.environ.get("GALLERY_VERSION", "unknown"),
        tries=int(os.environ.get("AWS_MAX_ATTEMPTS", "4")),
    )


def _dollars(name: str) -> float | None:
    """Return a price; None where the variable is missing or empty."""
    return float(os.environ[name]) if os.environ.get(name) else None


def _whole(name: str) -> int | None:
    value = os.environ.get(name)
    return int(value) if value else None


def _one_of(name: str, default: str, *others: str) -> str:
    value = os.environ.get(name) or default
    if value not in (default, *others):
        raise ValueError(
            f"{name} is {value!r}; it must be {' or '.join(repr(choice) for choice in (default, *others))}"
        )
    return value
