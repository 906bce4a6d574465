"""The function `people`: profiles, who follows whom, and files of everything of one's own."""

from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime, allow_call
from infra.constructs.identity import Identity
from infra.constructs.media import EXPORTS, PARTS, Media
from infra.constructs.table import Table


class People(GalleryFunction):
    """Profiles from everybody; files of everything of one's own the function makes in a call of its own."""

    def __init__(
        self, scope: Construct, runtime: Runtime, media: Media, table: Table, api: Api, identity: Identity
    ) -> None:
        settings = runtime.settings
        super().__init__(
            scope,
            "people",
            runtime=runtime,
            memory=settings.people_memory,
            timeout=settings.people_timeout,
            environment={
                **identity.environment,
                "ERASE_FUNCTION": f"{settings.prefix}-erase",
                "EXPORT_FUNCTION": f"{settings.prefix}-export",
            },
            permissions=[
                table.allow("GetItem", "BatchGetItem", "Query"),
                table.allow_writes("people", "PutItem", "UpdateItem", "DeleteItem"),
                media.allow("PutObject", EXPORTS),
                media.allow("GetObject", EXPORTS, PARTS),
                allow_call(scope, settings, "people"),
                allow_call(scope, settings, "erase"),
                allow_call(scope, settings, "export"),
            ],
        )
        api.serve(
            self,
            "/api/me",
            "/api/me/{proxy+}",
            "/api/users",
            "/api/users/{proxy+}",
            "/api/suggestions",
        )
