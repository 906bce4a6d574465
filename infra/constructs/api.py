"""The HTTP API and the functions behind it."""

import json
from dataclasses import asdict

from aws_cdk import Aws, Fn, RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration

from constructs import Construct
from infra import assets
from infra.constructs.function import RETENTION, GalleryFunction, Runtime, allow_call
from infra.constructs.identity import Identity
from infra.constructs.media import DOWNLOADS, EVERYTHING, INCOMING, ORIGINALS, PRIVATE, RECORDS, RENDITIONS, Media
from infra.constructs.queues import Captioning
from infra.constructs.table import RANKING, Catalog
from infra.tools.cost import rates

ADMIN = "admin"
"""Name of the function behind the admins' API; it and the sweeper call it to go on with a long job."""

BRAKE = "brake"
"""Name of the function that stops and starts what costs money; admins and the sweeper call it."""

ERASE = "erase"
"""Name of the function that erases what is somebody's; the people's API, admins and the sweeper call it."""

MOSAIC = "mosaic"
"""Name of the function that makes mosaics; the pictures' API has it do so."""

ACCESS_LOG_FIELDS = {
    "time": "$context.requestTime",
    "request": "$context.requestId",
    "method": "$context.httpMethod",
    "path": "$context.path",
    "route": "$context.routeKey",
    "status": "$context.status",
    "bytes": "$context.responseLength",
    "milliseconds": "$context.responseLatency",
    "error": "$context.integrationErrorMessage",
}


class Api(Construct):
    """Every call goes to `images` until another function takes routes of its own with `serve`."""

    def __init__(
        self,
        scope: Construct,
        runtime: Runtime,
        media: Media,
        catalog: Catalog,
        captioning: Captioning,
        identity: Identity,
    ) -> None:
        super().__init__(scope, "Api")
        settings = runtime.settings
        # By this the functions know a request that came through the distribution, whose word on the sender's address
        # can be trusted. Anybody in the account can see it, nobody else; a real secret would cost 40 cents a month.
        self.proof = Fn.select(2, Fn.split("/", Aws.STACK_ID))
        self.http = apigateway.HttpApi(self, "Http", api_name=settings.prefix, create_default_stage=False)
        self._open_stage(runtime)
        self.images = GalleryFunction(
            self,
            "images",
            runtime=runtime,
            memory=settings.images_memory,
            timeout=settings.images_timeout,
            environment={
                **identity.environment,
                "MOSAIC_FUNCTION": f"{settings.prefix}-{MOSAIC}",
                "CIFAR10_TILES": assets.cifar10_digest(),
                "ORIGIN_PROOF": self.proof,
                "UPLOADS_PER_HOUR": str(settings.uploads_per_hour or ""),
                "MOSAICS_PER_HOUR": str(settings.mosaics_per_hour or ""),
                "MOSAICS_AT_ONCE": str(settings.mosaics_at_once or ""),
            },
            permissions=[
                allow_call(self, settings, MOSAIC),
                catalog.allow(
                    "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"
                ),
                media.allow("GetObject", ORIGINALS, RENDITIONS, PRIVATE, DOWNLOADS),
                media.allow("PutObject", INCOMING, RENDITIONS, PRIVATE, RECORDS, DOWNLOADS),
                media.allow("DeleteObject", *EVERYTHING),
                media.allow_listing([DOWNLOADS]),
            ],
        )
        self.serve(self.images, "/api/{proxy+}")
        self.admin = self._admin(runtime, media, catalog, captioning, identity)
        self.serve(self.admin, "/api/admin/{proxy+}")

    def _admin(
        self, runtime: Runtime, media: Media, catalog: Catalog, captioning: Captioning, identity: Identity
    ) -> GalleryFunction:
        """It also walks over all pictures to have them captioned again, calling itself where that takes longer."""
        settings = runtime.settings
        return GalleryFunction(
            self,
            ADMIN,
            runtime=runtime,
            memory=settings.images_memory,
            timeout=settings.admin_timeout,
            environment={
                **identity.environment,
                "CAPTION_QUEUE_URL": captioning.queue.queue_url,
                "RECAPTION_QUEUE_URL": captioning.recaptions.queue_url,
                "ADMIN_FUNCTION": f"{settings.prefix}-{ADMIN}",
                "BRAKE_FUNCTION": f"{settings.prefix}-{BRAKE}",
                "ERASE_FUNCTION": f"{settings.prefix}-{ERASE}",
                "MODELS": json.dumps(assets.model_names(in_image=settings.caption_image)),
                "RATES": json.dumps(asdict(rates(settings))),
            },
            permissions=[
                captioning.send(),
                captioning.recaption(),
                *(allow_call(self, settings, each) for each in (ADMIN, BRAKE, ERASE)),
                catalog.allow(
                    "GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"
                ),
                catalog.allow_index(RANKING),
                media.allow("GetObject", RENDITIONS, PRIVATE),
                media.allow("PutObject", RENDITIONS, PRIVATE, RECORDS),
                media.allow("DeleteObject", RENDITIONS, PRIVATE, DOWNLOADS),
                media.allow_listing([ORIGINALS]),
                identity.allow("AdminDisableUser", "AdminEnableUser", "AdminUserGlobalSignOut"),
                *([] if settings.sign_up == "closed" else [identity.allow("AdminCreateUser", "AdminGetUser")]),
            ],
        )

    def serve(self, function: GalleryFunction, *paths: str) -> None:
        """Send these paths, whatever the method, to a function; the most specific path wins."""
        integration = HttpLambdaIntegration(f"{function.node.id}Integration", function.entrance)
        for path in paths:
            self.http.add_routes(path=path, methods=[apigateway.HttpMethod.ANY], integration=integration)

    def _open_stage(self, runtime: Runtime) -> None:
        settings = runtime.settings
        log = logs.LogGroup(
            self,
            "AccessLog",
            log_group_name=f"/aws/vendedlogs/{settings.prefix}-api",
            retention=RETENTION[settings.log_retention_days],
            removal_policy=RemovalPolicy.DESTROY,
        )
        stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.http,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigateway.ThrottleSettings(
                rate_limit=settings.requests_per_second, burst_limit=settings.request_burst
            ),
        )
        resource = stage.node.default_child
        assert isinstance(resource, apigateway.CfnStage)  # noqa: S101 (tells the type checker what every stage holds)
        resource.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=log.log_group_arn, format=json.dumps(ACCESS_LOG_FIELDS)
        )
