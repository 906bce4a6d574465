"""A second sentence about each picture, by a language model; made only where a stage names one."""

from aws_cdk import ArnFormat, Aws, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secrets
from constructs import Construct

from infra.constructs.acknowledgments import acknowledge_model
from infra.constructs.function import PATIENT, GalleryFunction, Runtime, allow_call, packages_layers
from infra.constructs.media import PRIVATE, RENDITIONS, Media
from infra.constructs.queues import TRIES, Queues, describe_timeout
from infra.constructs.table import Table
from infra.settings import Llm

PROFILES = ("us.", "us-gov.", "eu.", "apac.", "jp.", "au.", "ca.", "global.")
"""How the ids of Bedrock's inference profiles begin, which spread calls over the regions of a part of the world."""


class Describe(GalleryFunction):
    """The function that asks the model about one picture at a time, and may ask no other."""

    def __init__(
        self,
        scope: Construct,
        runtime: Runtime,
        media: Media,
        table: Table,
        queues: Queues,
        llm: Llm,
    ) -> None:
        scope = Construct(scope, "Describing")
        queue = queues.sentences
        assert queue is not None  # noqa: S101 (there is one wherever there is a model)
        settings = runtime.settings
        super().__init__(
            scope,
            "describe",
            runtime=runtime,
            memory=settings.describe_memory,
            timeout=describe_timeout(llm),
            tries=PATIENT,
            environment={
                **_environment(llm),
                "RECEIVES": str(TRIES),
                "EMBED_FUNCTION": f"{settings.prefix}-embed",
            },
            layers=packages_layers(scope, settings, "describe"),
            permissions=[
                queues.receive(queue),
                allow_call(scope, settings, "embed"),
                table.allow("GetItem"),
                table.allow_writes("describe"),
                media.allow("GetObject", RENDITIONS, PRIVATE),
                *_leave_to_ask(scope, llm),
            ],
        )
        sentences = lambda_.EventSourceMapping(
            scope,
            "Sentences",
            target=self.function,
            event_source_arn=queue.queue_arn,
            batch_size=1,
            max_concurrency=llm.at_once,
            report_batch_item_failures=True,
        )
        self.sources = [sentences]
        """Event source mappings through which money is spent: the kill switch disables them."""


def _leave_to_ask(scope: Construct, llm: Llm) -> list[iam.PolicyStatement]:
    if llm.provider == "bedrock":
        return [iam.PolicyStatement(actions=["bedrock:InvokeModel"], resources=_models(scope, llm.model))]
    if not llm.key_secret:
        return []
    key = secrets.Secret.from_secret_name_v2(scope, "Key", llm.key_secret)
    arn = f"{key.secret_arn}-??????"
    return [iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])]


def _models(scope: Construct, model: str) -> list[str]:
    """What may be invoked: the model here, or a profile and its model wherever the profile sends a call."""
    if not model.startswith(PROFILES):
        return [f"arn:{Aws.PARTITION}:bedrock:{Aws.REGION}::foundation-model/{model}"]
    _, _, name = model.partition(".")
    acknowledge_model(scope, name)
    profile = Stack.of(scope).format_arn(
        service="bedrock",
        resource="inference-profile",
        resource_name=model,
        arn_format=ArnFormat.SLASH_RESOURCE_NAME,
    )
    return [profile, f"arn:{Aws.PARTITION}:bedrock:*::foundation-model/{name}"]


def _environment(llm: Llm) -> dict[str, str]:
    return {
        "LLM_PROVIDER": llm.provider,
        "LLM_MODEL": llm.model,
        "LLM_ENDPOINT": llm.endpoint,
        "LLM_KEY_SECRET": llm.key_secret,
        "LLM_TIMEOUT": str(llm.timeout),
        "LLM_INPUT_DOLLARS": str(llm.input_dollars),
        "LLM_OUTPUT_DOLLARS": str(llm.output_dollars),
        "LLM_DOLLARS_A_DAY": str(llm.dollars_a_day),
    }
