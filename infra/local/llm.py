"""A language model for the local gallery: any endpoint that LLM_ENDPOINT names, such as an Ollama on this machine."""

from typing import TYPE_CHECKING, Any

from infra.local.cloud import Cloud
from infra.local.settings import LocalSettings
from infra.settings import PRODUCT
from infra.tools.errors import ignored

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

KEY_SECRET = f"{PRODUCT}-local-llm-key"


def llm_of(settings: LocalSettings) -> dict[str, Any] | None:
    """The template's settings of the model, in which there is no key; nothing is known of what it costs."""
    if not settings.llm_endpoint:
        return None
    return {
        "provider": "openai",
        "model": settings.llm_model,
        "endpoint": settings.llm_endpoint,
        "key_secret": KEY_SECRET if settings.llm_key else "",
        "input_dollars": 0,
        "output_dollars": 0,
        "dollars_a_day": 0,
    }


def store_key(cloud: Cloud) -> None:
    """Put the endpoint's key where the function fetches it."""
    if not cloud.settings.llm_key:
        return
    secrets: SecretsManagerClient = cloud.client("secretsmanager")
    with ignored("ResourceExistsException"):
        secrets.create_secret(Name=KEY_SECRET, SecretString=cloud.settings.llm_key)
        return
    secrets.put_secret_value(SecretId=KEY_SECRET, SecretString=cloud.settings.llm_key)
