"""Posts, likes, the feed, and links that open a post for anybody."""

from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime, packages_layers
from infra.constructs.identity import Identity
from infra.constructs.media import RENDITIONS, Media
from infra.constructs.table import RANKING, Table


class Posts(GalleryFunction):
    """One function, which reads and writes the table and cuts previews; `site_url` is where links lead to."""

    def __init__(
        self,
        scope: Construct,
        runtime: Runtime,
        media: Media,
        table: Table,
        api: Api,
        identity: Identity,
        site_url: str,
    ) -> None:
        scope = Construct(scope, "Posts")
        settings = runtime.settings
        super().__init__(
            scope,
            "posts",
            runtime=runtime,
            memory=settings.posts_memory,
            timeout=settings.posts_timeout,
            environment={**identity.environment, "SITE_URL": site_url},
            layers=packages_layers(scope, settings, "describe"),
            permissions=[
                media.allow("GetObject", RENDITIONS),
                table.allow("GetItem", "BatchGetItem", "Query", "ConditionCheckItem"),
                table.allow_writes("posts"),
                table.allow_index(RANKING),
            ],
        )
        api.serve(
            self,
            "/api/posts",
            "/api/posts/{proxy+}",
            "/api/feed",
            "/api/shared/{token}",
            "/s/{token}",
            "/s/{token}/preview.jpg",
        )
