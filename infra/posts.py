"""Posts, likes, the feed, and links that open a post for anybody."""

from constructs import Construct

from infra.api import Api
from infra.catalog import RANKING, Catalog
from infra.function import GalleryFunction, Runtime
from infra.identity import Identity


class Posts(Construct):
    """One function, which reads and writes the table alone; `site_url` is where links lead to."""

    def __init__(
        self, scope: Construct, runtime: Runtime, catalog: Catalog, api: Api, identity: Identity, site_url: str
    ) -> None:
        super().__init__(scope, "Posts")
        settings = runtime.settings
        self.posts = GalleryFunction(
            self,
            "posts",
            runtime=runtime,
            memory=settings.posts_memory,
            timeout=settings.posts_timeout,
            environment={**identity.environment, "SITE_URL": site_url},
            permissions=[
                catalog.allow(
                    "GetItem",
                    "BatchGetItem",
                    "Query",
                    "PutItem",
                    "UpdateItem",
                    "DeleteItem",
                    "BatchWriteItem",
                    "ConditionCheckItem",
                ),
                catalog.allow_index(RANKING),
            ],
        )
        api.serve(self.posts, "/api/posts", "/api/posts/{proxy+}", "/api/feed", "/api/shared/{token}", "/s/{token}")
