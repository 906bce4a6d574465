"""A second sentence about each picture, by a language model; made only where a stage names one."""

from aws_cdk import ArnFormat, Aws, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secrets
from aws_cdk import aws_sqs as sqs

from constructs import Construct
from infra.constructs.acknowledgments import acknowledge_model
from infra.constructs.function import PATIENT, GalleryFunction, Runtime, packages_layers
from infra.constructs.media import PRIVATE, RENDITIONS, Media
from infra.constructs.queues import Captioning, describe_timeout
from infra.constructs.table import Catalog
from infra.settings import Llm

PROFILES = ("us.", "us-gov.", "eu.", "apac.", "jp.", "au.", "ca.", "global.")
"""How the ids of Bedrock's inference profiles begin, which spread calls over the regions of a part of the world."""


class Describing(Construct):
    """The function that asks the model about one picture at a time, and may ask no other."""

    def __init__(
        self,
        scope: Construct,
        runtime: Runtime,
        media: Media,
        catalog: Catalog,
        captioning: Captioning,
        llm: Llm,
        queue: sqs.Queue,
    ) -> None:
        super().__init__(scope, "Describing")
        settings = runtime.settings
        self.describe = GalleryFunction(
            self,
            "describe",
            runtime=runtime,
            memory=settings.describe_memory,
            timeout=describe_timeout(llm),
            tries=PATIENT,
            environment=_environment(llm),
            layers=packages_layers(self, settings, "describe"),
            permissions=[
                captioning.receive(queue),
                catalog.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"),
                media.allow("GetObject", RENDITIONS, PRIVATE),
                *self._leave_to_ask(llm),
            ],
        )
        sentences = lambda_.EventSourceMapping(
            self,
            "Sentences",
            target=self.describe.function,
            event_source_arn=queue.queue_arn,
            batch_size=1,
            max_concurrency=llm.at_once,
            report_batch_item_failures=True,
        )
        captioning.spending.append(sentences)

    def _leave_to_ask(self, llm: Llm) -> list[iam.PolicyStatement]:
        if llm.provider == "bedrock":
            return [iam.PolicyStatement(actions=["bedrock:InvokeModel"], resources=self._models(llm.model))]
        if not llm.key_secret:
            return []
        key = secrets.Secret.from_secret_name_v2(self, "Key", llm.key_secret)
        arn = f"{key.secret_arn}-??????"
        return [iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[arn])]

    def _models(self, model: str) -> list[str]:
        """What may be invoked: the model here, or a profile and its model wherever the profile sends a call."""
        if not model.startswith(PROFILES):
            return [f"arn:{Aws.PARTITION}:bedrock:{Aws.REGION}::foundation-model/{model}"]
        _, _, found = model.partition(".")
        acknowledge_model(self, found)
        profile = Stack.of(self).format_arn(
            service="bedrock",
            resource="inference-profile",
            resource_name=model,
            arn_format=ArnFormat.SLASH_RESOURCE_NAME,
        )
        return [profile, f"arn:{Aws.PARTITION}:bedrock:*::foundation-model/{found}"]


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
