"""The function `embed`: it makes vectors of what was written of pictures."""

from constructs import Construct

from infra.constructs.function import PATIENT, GalleryFunction, Runtime, packages_layers
from infra.constructs.table import Table


class Embed(GalleryFunction):
    """It has search's encoder, apart from search, which may write nothing; whoever changes a picture calls it."""

    def __init__(self, scope: Construct, runtime: Runtime, table: Table) -> None:
        scope = Construct(scope, "Embedding")
        settings = runtime.settings
        super().__init__(
            scope,
            "embed",
            handler="search.embed.handler",
            runtime=runtime,
            memory=settings.search_memory,
            timeout=settings.embed_timeout,
            tries=PATIENT,
            environment={"STUCK_SECONDS": str(settings.stuck_seconds), "OPENBLAS_NUM_THREADS": "1"},
            layers=packages_layers(scope, settings, "search"),
            permissions=[table.allow("BatchGetItem"), table.allow_writes("embed", "UpdateItem", "DeleteItem")],
        )
