"""The function `images`: pictures, uploads, albums and whatever else of `/api/` no other function serves."""

from infra import assets
from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime, allow_call
from infra.constructs.identity import Identity
from infra.constructs.media import DOWNLOADS, EVERYTHING, INCOMING, ORIGINALS, PRIVATE, RECORDS, RENDITIONS, Media
from infra.constructs.table import Table
from infra.tools.cost import rates


class Images(GalleryFunction):
    """It signs uploads and downloads, and has `mosaic` lay mosaics."""

    def __init__(self, api: Api, runtime: Runtime, media: Media, table: Table, identity: Identity) -> None:
        settings = runtime.settings
        super().__init__(
            api,
            "images",
            runtime=runtime,
            memory=settings.images_memory,
            timeout=settings.images_timeout,
            environment={
                **identity.environment,
                "MOSAIC_FUNCTION": f"{settings.prefix}-mosaic",
                "EMBED_FUNCTION": f"{settings.prefix}-embed",
                "CIFAR10_TILES": assets.cifar10_digest(),
                "MAX_UPLOAD_MB": str(settings.max_upload_mb),
                "UPLOADS_PER_HOUR": str(settings.uploads_per_hour or ""),
                **settings.caption_limits,
                "EXPORT_GB_DOLLARS": "" if settings.browser_endpoint else f"{rates(settings).export_gb:.6f}",
                "PICTURE_DOLLARS": "" if settings.browser_endpoint else f"{rates(settings).picture:.6f}",
                "MOSAICS_PER_HOUR": str(settings.mosaics_per_hour or ""),
                "MOSAICS_AT_ONCE": str(settings.max_concurrent_mosaics or ""),
            },
            permissions=[
                allow_call(api, settings, "mosaic"),
                allow_call(api, settings, "embed"),
                table.allow("GetItem", "BatchGetItem", "Query", "ConditionCheckItem"),
                table.allow_writes("images"),
                media.allow("GetObject", ORIGINALS, RENDITIONS, PRIVATE, DOWNLOADS),
                media.allow("PutObject", INCOMING, RENDITIONS, PRIVATE, RECORDS, DOWNLOADS),
                media.allow("DeleteObject", *EVERYTHING),
                media.allow_listing([DOWNLOADS]),
            ],
        )
        api.serve(self, "/api/{proxy+}")
