"""Demo mode: a function that looks at a picture and may keep nothing of it, but how many somebody has tried."""

from constructs import Construct

from infra.api import Api
from infra.catalog import PEOPLE, Catalog
from infra.function import GalleryFunction, Runtime
from infra.identity import Identity


class Demo(Construct):
    """The captioner's image once more, with no right but to count who tries how many."""

    def __init__(self, scope: Construct, runtime: Runtime, catalog: Catalog, api: Api, identity: Identity) -> None:
        super().__init__(scope, "Demo")
        settings = runtime.settings
        self.classify = GalleryFunction(
            self,
            "classify",
            handler="caption.classify.handler",
            runtime=runtime,
            memory=settings.caption_memory,
            timeout=settings.classify_timeout,
            as_image=settings.caption_image,
            at_once=settings.classifications_at_once,
            environment={
                **identity.environment,
                "ORIGIN_PROOF": api.proof,
                "TRIALS_PER_HOUR": str(settings.trials_per_hour or ""),
            },
            permissions=[
                catalog.allow_rows("LIMIT#*", "UpdateItem"),
                catalog.allow_rows("PAUSE", "GetItem"),
                catalog.allow_rows(PEOPLE, "GetItem"),
            ],
        )
        api.serve(self.classify, "/api/classify")
