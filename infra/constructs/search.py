"""Search: the function that knows what a query means, and which pictures are like another."""

from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime, packages_layers
from infra.constructs.identity import Identity
from infra.constructs.media import PRIVATE, Media
from infra.constructs.table import Table


class Search(GalleryFunction):
    """Both routes rank what the postings offer, so one function serves them."""

    def __init__(
        self, scope: Construct, runtime: Runtime, media: Media, table: Table, api: Api, identity: Identity
    ) -> None:
        scope = Construct(scope, "Search")
        settings = runtime.settings
        super().__init__(
            scope,
            "search",
            runtime=runtime,
            memory=settings.search_memory,
            timeout=settings.search_timeout,
            # On one processor, NumPy's threads only wait for each other: three times as long for a query's relevances.
            environment={
                **identity.environment,
                "OPENBLAS_NUM_THREADS": "1",
                "VECTOR_INDEX": str(settings.vector_index).lower(),
            },
            layers=packages_layers(scope, settings, "search"),
            permissions=[
                table.allow("GetItem", "BatchGetItem", "Query"),
                *table.search_vectors(),
                media.allow("GetObject", PRIVATE),
            ],
        )
        api.serve(self, "/api/search", "/api/suggestions/search", "/api/images/{id}/similar")
