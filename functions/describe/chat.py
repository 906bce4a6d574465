"""Any endpoint that speaks OpenAI's chat completions: https://platform.openai.com/docs/api-reference/chat/create."""

import json
from base64 import b64encode

from aws_lambda_powertools.utilities.parameters import get_secret
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from describe.answer import INSTRUCTION, MAX_OUTPUT_TOKENS, Answer, ModelError
from describe.config import config
from describe.wire import post

_KEY_SECONDS = 300
"""How long a key is remembered; a new one counts after that."""


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message


class _Usage(BaseModel):
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)


class _Completion(BaseModel):
    model_config = ConfigDict(extra="ignore")

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


def ask(jpeg: bytes) -> Answer:
    """Have the model look at a picture; raises ModelError where no answer comes or none that makes sense."""
    headers = {"Content-Type": "application/json", **_authorization()}
    url = f"{config().endpoint.rstrip('/')}/chat/completions"
    answer = post(url, json.dumps(_request(jpeg)).encode(), headers, config().timeout)
    try:
        completion = _Completion.model_validate_json(answer)
    except ValidationError as error:
        raise ModelError("The endpoint answered with something else than a chat completion.", billed=True) from error
    usage = completion.usage
    text = completion.choices[0].message.content or ""
    return Answer(text, usage.prompt_tokens, usage.completion_tokens) if usage else Answer(text, None, None)


def _authorization() -> dict[str, str]:
    if not config().key_secret:
        return {}
    return {"Authorization": f"Bearer {get_secret(config().key_secret, max_age=_KEY_SECONDS)}"}


def _request(jpeg: bytes) -> object:
    picture = {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"}}
    return {
        "model": config().model,
        "max_tokens": MAX_OUTPUT_TOKENS,
        "messages": [{"role": "system", "content": INSTRUCTION}, {"role": "user", "content": [picture]}],
    }
