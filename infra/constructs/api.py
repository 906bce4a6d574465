"""The HTTP API: its stage, throttle and access log; each function's module takes its routes with `serve`."""

import json

from aws_cdk import Aws, Fn, RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.constructs.function import RETENTION, GalleryFunction
from infra.constructs.identity import Identity
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


class OriginSecrets:
    """What the distribution proves itself with to the functions, in generations; the present and the last one count.

    Anybody in the account can see it, nobody else; a secret in Secrets Manager would cost 40 cents a month. The first
    is a part of the stack's id. Each later one is made by Cognito, as the secret of a client by which nobody signs in.
    """

    def __init__(self, settings: Settings, identity: Identity) -> None:
        self._newest = settings.origin_secret_generation
        generations = range(max(1, self._newest - 1), self._newest + 1)
        self._made = {number: _client_secret(identity, number) for number in generations}

    def of(self, generation: int) -> str:
        """Return the secret of a generation."""
        return self._made.get(generation) or Fn.select(2, Fn.split("/", Aws.STACK_ID))

    def accepted(self) -> list[str]:
        """Return what functions take: the distribution may send the last one until it has heard of the present one."""
        return [self.of(number) for number in range(self._newest, max(-1, self._newest - 2), -1)]


def _client_secret(identity: Identity, generation: int) -> str:
    client = identity.pool.add_client(
        f"OriginSecret{generation}", generate_secret=True, disable_o_auth=True, auth_flows=cognito.AuthFlow()
    )
    resource = client.node.default_child
    assert isinstance(resource, cognito.CfnUserPoolClient)  # noqa: S101 (tells the type checker what every client holds)
    return resource.attr_client_secret


class Api(Construct):
    """One address for all functions; the most specific route wins, and `images` takes what nobody else does."""

    def __init__(self, scope: Construct, settings: Settings, identity: Identity) -> None:
        super().__init__(scope, "Api")
        secrets = OriginSecrets(settings, identity)
        self.origin_secret = secrets.of(settings.origin_secret_sent)
        """What the distribution proves itself with: functions refuse whatever comes without it."""
        self._accepted = " ".join(secrets.accepted())
        self.http = apigateway.HttpApi(self, "Http", api_name=settings.prefix, create_default_stage=False)
        self._open_stage(settings)

    def serve(self, function: GalleryFunction, *paths: str) -> None:
        """Send these paths, whatever the method, to a function; the most specific path wins."""
        function.function.add_environment("ORIGIN_SECRETS", self._accepted)
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
