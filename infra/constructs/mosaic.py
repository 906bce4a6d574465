"""Mosaics: the function that lays them, called by the pictures' API, which does not wait."""

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.function import PATIENT, GalleryFunction, Runtime, packages_layers
from infra.constructs.media import MOSAICS, PRIVATE, RENDITIONS, Media
from infra.constructs.table import Table

RETRIES = 1
LATEST = Duration.minutes(10)
"""A call that waited longer is forgotten: whoever asked may have asked again."""


class Mosaic(GalleryFunction):
    """It reads renditions and tiles and writes mosaics, which it may not confuse: their names differ."""

    def __init__(self, scope: Construct, runtime: Runtime, media: Media, table: Table) -> None:
        scope = Construct(scope, "Mosaic")
        settings = runtime.settings
        super().__init__(
            scope,
            "mosaic",
            runtime=runtime,
            memory=settings.mosaic_memory,
            timeout=settings.mosaic_timeout,
            tries=PATIENT,
            layers=packages_layers(scope, settings, "mosaic"),
            permissions=[
                table.allow("GetItem", "BatchGetItem", "Query"),
                table.allow_writes("mosaic", "UpdateItem"),
                media.allow("GetObject", RENDITIONS, PRIVATE),
                media.allow("PutObject", *MOSAICS),
                media.allow("DeleteObject", *MOSAICS),
            ],
        )
        lambda_.EventInvokeConfig(scope, "Calls", function=self.function, retry_attempts=RETRIES, max_event_age=LATEST)
