"""Demo mode: a function that looks at a picture and may keep nothing of it, but how many somebody has tried."""

from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.caption import Caption
from infra.constructs.function import GalleryFunction, Runtime
from infra.constructs.identity import Identity
from infra.constructs.table import PEOPLE, Table


class Classify(GalleryFunction):
    """The captioner's image or code once more, with no right but to count who tries how many."""

    def __init__(
        self, scope: Construct, runtime: Runtime, caption: Caption, table: Table, api: Api, identity: Identity
    ) -> None:
        scope = Construct(scope, "Demo")
        settings = runtime.settings
        super().__init__(
            scope,
            "classify",
            handler="caption.classify.handler",
            runtime=runtime,
            memory=settings.caption_memory,
            timeout=settings.classify_timeout,
            as_image=settings.caption_image,
            layers=caption.packages,
            reserved_concurrency=settings.classify_concurrency,
            environment={
                **identity.environment,
                "TRIALS_PER_HOUR": str(settings.trials_per_hour or ""),
            },
            permissions=[
                table.allow_rows("LIMIT#*", "UpdateItem"),
                table.allow_rows("PAUSE", "GetItem"),
                table.allow_rows(PEOPLE, "GetItem"),
            ],
        )
        api.serve(self, "/api/classify")
