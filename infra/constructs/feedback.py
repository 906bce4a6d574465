"""What people say of search results, and the digit counter beside it."""

from constructs import Construct
from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime, allow_call
from infra.constructs.identity import Identity
from infra.constructs.media import EXPORTS, Media
from infra.constructs.table import RANKING, Catalog


class Feedback(Construct):
    """Votes from everybody, and what admins read from them; long tables the function makes in a call of its own."""

    def __init__(
        self, scope: Construct, runtime: Runtime, media: Media, catalog: Catalog, api: Api, identity: Identity
    ) -> None:
        super().__init__(scope, "Feedback")
        settings = runtime.settings
        self.feedback = GalleryFunction(
            self,
            "feedback",
            runtime=runtime,
            memory=settings.feedback_memory,
            timeout=settings.feedback_timeout,
            environment={**identity.environment, "ORIGIN_PROOF": api.proof},
            permissions=[
                catalog.allow("GetItem", "BatchGetItem", "Query"),
                catalog.allow_writes("feedback", "PutItem", "UpdateItem"),
                catalog.allow_index(RANKING),
                media.allow("PutObject", EXPORTS),
                media.allow("GetObject", EXPORTS),
                allow_call(self, settings, "feedback"),
            ],
        )
        api.serve(self.feedback, "/api/feedback", "/api/analytics", "/api/reports")


class Counter(Construct):
    """It only calculates: it may nothing but write its log, and tell a good token from a bad one."""

    def __init__(self, scope: Construct, runtime: Runtime, api: Api, identity: Identity) -> None:
        super().__init__(scope, "Counter")
        settings = runtime.settings
        self.counter = GalleryFunction(
            self,
            "counter",
            runtime=runtime,
            memory=settings.counter_memory,
            timeout=settings.counter_timeout,
            environment=identity.environment,
            permissions=[],
        )
        api.serve(self.counter, "/api/counter")
