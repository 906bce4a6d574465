"""The function `feedback`: votes on search results, reports, and what admins read from them."""

from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime, allow_call
from infra.constructs.identity import Identity
from infra.constructs.media import EXPORTS, Media
from infra.constructs.table import RANKING, Table


class Feedback(GalleryFunction):
    """Votes from everybody, and what admins read from them; long tables the function makes in a call of its own."""

    def __init__(
        self, scope: Construct, runtime: Runtime, media: Media, table: Table, api: Api, identity: Identity
    ) -> None:
        scope = Construct(scope, "Feedback")
        settings = runtime.settings
        super().__init__(
            scope,
            "feedback",
            runtime=runtime,
            memory=settings.feedback_memory,
            timeout=settings.feedback_timeout,
            environment=identity.environment,
            permissions=[
                table.allow("GetItem", "BatchGetItem", "Query"),
                table.allow_writes("feedback", "PutItem", "UpdateItem"),
                table.allow_index(RANKING),
                media.allow("PutObject", EXPORTS),
                media.allow("GetObject", EXPORTS),
                allow_call(scope, settings, "feedback"),
            ],
        )
        api.serve(self, "/api/feedback", "/api/analytics", "/api/reports")
