"""The function `albums`: albums, their people, links and pages, and the order of their pictures."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.function import GalleryFunction, Runtime, allow_call, packages_layers
from infra.constructs.identity import Identity
from infra.constructs.media import ALBUMS, PRIVATE, RECORDS, RENDITIONS, Media
from infra.constructs.site import Site
from infra.constructs.table import Table


class Albums(GalleryFunction):
    """It calls itself until an album that is gone has no pictures left, which Lambda would stop as a loop otherwise."""

    def __init__(
        self,
        scope: Construct,
        runtime: Runtime,
        media: Media,
        table: Table,
        api: Api,
        identity: Identity,
        site: Site,
    ) -> None:
        scope = Construct(scope, "Albums")
        settings = runtime.settings
        super().__init__(
            scope,
            "albums",
            runtime=runtime,
            memory=settings.albums_memory,
            timeout=settings.albums_timeout,
            environment={
                **identity.environment,
                "ALBUMS_FUNCTION": f"{settings.prefix}-albums",
                "SITE_URL": site.url,
                "SITE_BUCKET": site.bucket.bucket_name,
            },
            layers=packages_layers(scope, settings, "describe"),
            permissions=[
                table.allow("GetItem", "BatchGetItem", "Query", "ConditionCheckItem"),
                table.allow_writes("albums"),
                media.allow("PutObject", RECORDS, ALBUMS),
                media.allow("DeleteObject", ALBUMS),
                # Addresses of private pictures that an album shows, and covers to be cut.
                media.allow("GetObject", PRIVATE, RENDITIONS, ALBUMS),
                media.allow_listing([ALBUMS]),
                iam.PolicyStatement(actions=["s3:GetObject"], resources=[site.bucket.arn_for_objects("album.html")]),
                allow_call(scope, settings, "albums"),
            ],
        )
        resource = self.function.node.default_child
        assert isinstance(resource, lambda_.CfnFunction)  # noqa: S101 (tells the type checker what every Function holds)
        resource.recursive_loop = "Allow"
        api.serve(self, "/api/albums", "/api/albums/{proxy+}", "/a/{token}", "/a/{token}/cover.jpg")
