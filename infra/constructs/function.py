"""A function of the gallery: its code, its own role with exactly the actions it needs, and its log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aws_cdk import ArnFormat, Duration, RemovalPolicy, Size, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk.aws_ecr_assets import Platform
from constructs import Construct

from infra import assets
from infra.constructs.acknowledgments import acknowledge_tracing
from infra.settings import Settings

ARCHITECTURES = {"x86_64": lambda_.Architecture.X86_64, "arm64": lambda_.Architecture.ARM_64}
IMAGE_PLATFORMS = {"x86_64": Platform.LINUX_AMD64, "arm64": Platform.LINUX_ARM64}
RETENTION = {7: logs.RetentionDays.ONE_WEEK, 30: logs.RetentionDays.ONE_MONTH, 90: logs.RetentionDays.THREE_MONTHS}


@dataclass(frozen=True)
class Runtime:
    """What all functions of a stage share."""

    settings: Settings
    build: Path
    """Folder that assets are put together in; needed only until the template is made."""
    layers: Sequence[lambda_.ILayerVersion]
    environment: Mapping[str, str]


def shared_layers(scope: Construct, settings: Settings, build: Path) -> list[lambda_.ILayerVersion]:
    """The domain package and, apart from it since it changes seldom, the packages it stands on."""
    code = _compiled(assets.domain_layer(), build / "layer", "/opt", settings)
    return [_layer(scope, "DomainLayer", code, settings), *packages_layers(scope, settings, "layer")]


def packages_layers(scope: Construct, settings: Settings, requirements: str) -> list[lambda_.ILayerVersion]:
    """The packages of a lock file as a layer; none where the functions' environment has them already."""
    if not settings.packages_layer:
        return []
    folder, digest = assets.packages(requirements, assets.PLATFORMS[settings.architecture])
    code = lambda_.Code.from_asset(str(folder), asset_hash=digest)
    return [_layer(scope, "PackagesLayer", code, settings)]


def _layer(scope: Construct, name: str, code: lambda_.Code, settings: Settings) -> lambda_.ILayerVersion:
    return lambda_.LayerVersion(
        scope,
        name,
        code=code,
        compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
        compatible_architectures=[ARCHITECTURES[settings.architecture]],
    )


def _compiled(contents: assets.Contents, folder: Path, where: str, settings: Settings) -> lambda_.Code:
    """Return an asset with bytecode for Lambda, known by its sources; a laptop's functions compile themselves."""
    assets.stage(contents, folder)
    if settings.packages_layer:
        assets.add_bytecode(folder, where)
    return lambda_.Code.from_asset(str(folder), asset_hash=assets.source_digest(contents))


FREE_DISK = 512
"""MB of /tmp that cost nothing."""

PATIENT = 5
"""Tries where nobody waits for an answer: 15 s at the most, and again as long for what is done in parts."""


class GalleryFunction(Construct):
    """One Lambda function, known by its name; its handler is `{name}.handler.handler` unless another is given.

    `handler` begins with the folder of the function's code; `reserved_concurrency` is how many calls
    may run at the same time, `tries` how often it asks a service that is overloaded: for people at most 7 s, see
    gallery.aws.retries. `disk` is what /tmp holds, in MB. The name of one in a container image ends in `-image`: a zip
    file never becomes an image, so that CloudFormation makes another function before it removes the former one.
    """

    def __init__(  # noqa: PLR0913 (each is a fact about the function, given by name)
        self,
        scope: Construct,
        name: str,
        *,
        runtime: Runtime,
        memory: int,
        timeout: int,
        permissions: Sequence[iam.PolicyStatement],
        environment: Mapping[str, str] | None = None,
        layers: Sequence[lambda_.ILayerVersion] = (),
        as_image: bool = False,
        handler: str = "",
        reserved_concurrency: int | None = None,
        tries: int = 4,
        disk: int = FREE_DISK,
    ) -> None:
        super().__init__(scope, name.capitalize())
        settings = runtime.settings
        handler = handler or f"{name}.handler.handler"
        self.name = f"{settings.prefix}-{name}{'-image' if as_image else ''}"
        self.snap_start = settings.snap_start and not as_image
        self.memory = memory
        self.log = self._log(settings)
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=self.name,
            code=_image(handler, runtime) if as_image else _package(handler, runtime),
            handler=lambda_.Handler.FROM_IMAGE if as_image else handler,
            runtime=lambda_.Runtime.FROM_IMAGE if as_image else lambda_.Runtime.PYTHON_3_13,
            layers=None if as_image else [*runtime.layers, *layers],
            architecture=ARCHITECTURES[settings.architecture],
            memory_size=memory,
            ephemeral_storage_size=Size.mebibytes(disk) if disk > FREE_DISK else None,
            reserved_concurrent_executions=reserved_concurrency,
            timeout=Duration.seconds(timeout),
            role=self._role(self.log, permissions),
            log_group=self.log,
            tracing=lambda_.Tracing.ACTIVE,
            environment={
                **runtime.environment,
                "POWERTOOLS_SERVICE_NAME": name,
                "AWS_MAX_ATTEMPTS": str(tries),
                **(environment or {}),
            },
        )

    @cached_property
    def invoke_target(self) -> lambda_.IFunction:
        """What the API calls: the function, or, where it starts from a snapshot, its newest published version."""
        if not self.snap_start:
            return self.function
        resource = self.function.node.default_child
        assert isinstance(resource, lambda_.CfnFunction)  # noqa: S101 (tells the type checker what every function holds)
        resource.snap_start = lambda_.CfnFunction.SnapStartProperty(apply_on="PublishedVersions")
        return lambda_.Alias(self, "Newest", alias_name="newest", version=self.function.current_version)

    def _log(self, settings: Settings) -> logs.LogGroup:
        return logs.LogGroup(
            self,
            "Log",
            log_group_name=f"/aws/lambda/{self.name}",
            retention=RETENTION[settings.log_retention_days],
            removal_policy=RemovalPolicy.DESTROY,
        )

    def _role(self, log: logs.LogGroup, permissions: Sequence[iam.PolicyStatement]) -> iam.IRole:
        write_log = iam.PolicyStatement(
            actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log.log_group_arn]
        )
        trace = iam.PolicyStatement(actions=["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources=["*"])
        # Named by CloudFormation: a name of our own would be the account's, and stand in the way in a second region.
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            inline_policies={"exactly-what-it-needs": iam.PolicyDocument(statements=[write_log, trace, *permissions])},
        )
        acknowledge_tracing(role)
        return role.without_policy_updates()


def _package(handler: str, runtime: Runtime) -> lambda_.Code:
    folder = handler.partition(".")[0]
    return _compiled(assets.function(folder), runtime.build / folder, "/var/task", runtime.settings)


def _image(handler: str, runtime: Runtime) -> lambda_.Code:
    folder = handler.partition(".")[0]
    contents, arguments = assets.caption_image()
    return lambda_.Code.from_asset_image(
        str(assets.stage(contents, runtime.build / f"{folder}-image")),
        file=f"functions/{folder}/Dockerfile",
        build_args=arguments,
        cmd=[handler],
        platform=IMAGE_PLATFORMS[runtime.settings.architecture],
    )


def allow_call(scope: Construct, settings: Settings, name: str) -> iam.PolicyStatement:
    """Leave to call a function of the stage, by its name alone, since it may be the very one that is being made."""
    arn = Stack.of(scope).format_arn(
        service="lambda",
        resource="function",
        resource_name=f"{settings.prefix}-{name}",
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    return iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[arn])


def allow_loop(function: lambda_.Function) -> None:
    """Let a function call itself for as long as it takes, which Lambda would stop after 16 times."""
    resource = function.node.default_child
    assert isinstance(resource, lambda_.CfnFunction)  # noqa: S101 (tells the type checker what every Function holds)
    resource.recursive_loop = "Allow"
