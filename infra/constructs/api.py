"""The HTTP API: its stage, throttle and access log; each function's module takes its routes with `serve`."""

import json

from aws_cdk import Aws, Fn, RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.constructs.function import RETENTION, GalleryFunction
from infra.settings import Settings

ACCESS_LOG_FIELDS = {
    "time": "$context.requestTime",
    "request": "$context.requestId",
    "method": "$context.httpMethod",
    # Not the path: who reads a link's or a visit's token in a log could use it until it expires.
    "route": "$context.routeKey",
    "status": "$context.status",
    "bytes": "$context.responseLength",
    "milliseconds": "$context.responseLatency",
    "error": "$context.integrationErrorMessage",
}


class Api(Construct):
    """One address for all functions; the most specific route wins, and `images` takes what nobody else does."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Api")
        # By this the functions know a request that came through the distribution, whose word on the sender's address
        # can be trusted. Anybody in the account can see it, nobody else; a real secret would cost 40 cents a month.
        self.origin_secret = Fn.select(2, Fn.split("/", Aws.STACK_ID))
        self.http = apigateway.HttpApi(self, "Http", api_name=settings.prefix, create_default_stage=False)
        self._open_stage(settings)

    def serve(self, function: GalleryFunction, *paths: str) -> None:
        """Send these paths, whatever the method, to a function; the most specific path wins."""
        integration = HttpLambdaIntegration(f"{function.node.id}Integration", function.invoke_target)
        for path in paths:
            self.http.add_routes(path=path, methods=[apigateway.HttpMethod.ANY], integration=integration)

    def _open_stage(self, settings: Settings) -> None:
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
