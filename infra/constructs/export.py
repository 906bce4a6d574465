"""The function `export`: it puts all originals of a person who asks for them into ZIP files."""

from constructs import Construct

from infra.constructs.function import PATIENT, GalleryFunction, Runtime, allow_call, allow_loop
from infra.constructs.media import ORIGINALS, PARTS, Media
from infra.constructs.table import Table


class Export(GalleryFunction):
    """It calls itself until all of them are there; reading and writing by parts, it needs neither memory nor disk."""

    def __init__(self, scope: Construct, runtime: Runtime, media: Media, table: Table) -> None:
        settings = runtime.settings
        super().__init__(
            scope,
            "export",
            handler="people.export.handler",
            runtime=runtime,
            memory=settings.export_memory,
            timeout=settings.export_timeout,
            tries=PATIENT,
            environment={"EXPORT_FUNCTION": f"{settings.prefix}-export"},
            permissions=[
                table.allow("GetItem", "BatchGetItem", "Query"),
                table.allow_writes("export", "UpdateItem"),
                media.allow("GetObject", ORIGINALS, PARTS),
                media.allow("PutObject", PARTS),
                media.allow("DeleteObject", PARTS),
                media.allow_listing([ORIGINALS, PARTS]),
                allow_call(scope, settings, "export"),
            ],
        )
        allow_loop(self.function)
