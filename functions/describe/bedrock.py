"""Amazon Bedrock's Converse API: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html."""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from describe.answer import INSTRUCTION, MAX_OUTPUT_TOKENS, Answer, ModelError
from describe.config import config

if TYPE_CHECKING:
    from mypy_boto3_bedrock_runtime import BedrockRuntimeClient


@cache
def client() -> "BedrockRuntimeClient":
    """Return the client of this process; the queue tries again, not the SDK."""
    timeout = config().timeout
    patience = Config(connect_timeout=timeout, read_timeout=timeout, retries={"total_max_attempts": 1})
    return boto3.client("bedrock-runtime", endpoint_url=config().endpoint or None, config=patience)


def ask(jpeg: bytes) -> Answer:
    """Have the model look at a picture; raises ModelError where no answer comes or none that makes sense."""
    try:
        answer = client().converse(
            modelId=config().model,
            system=[{"text": INSTRUCTION}],
            messages=[{"role": "user", "content": [{"image": {"format": "jpeg", "source": {"bytes": jpeg}}}]}],
            inferenceConfig={"maxTokens": MAX_OUTPUT_TOKENS},
        )
        content = answer["output"]["message"]["content"]
        text = " ".join(str(part["text"]) for part in content if "text" in part)
        return Answer(text, int(answer["usage"]["inputTokens"]), int(answer["usage"]["outputTokens"]))
    except ClientError as error:
        raise ModelError(f"Bedrock answered {error.response['Error']['Code']}.", billed=False) from error
    except BotoCoreError as error:
        raise ModelError(f"Bedrock did not answer ({type(error).__name__}).", billed=True) from error
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError("Bedrock answered with something else than a conversation.", billed=True) from error
