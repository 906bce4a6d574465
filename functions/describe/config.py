"""Which language model is asked, how, and what it may cost; see infra/settings.py for where each comes from."""

import os
from dataclasses import dataclass
from functools import cache
from typing import Literal

Provider = Literal["bedrock", "openai"]


@dataclass(frozen=True, slots=True)
class Config:
    """The environment of this function; prices are in dollars per million tokens, `timeout` is in seconds."""

    provider: Provider
    model: str
    endpoint: str
    key_secret: str
    timeout: float
    input_dollars: float
    output_dollars: float
    dollars_a_day: float


@cache
def config() -> Config:
    """Read the environment once per process; raises KeyError naming a variable that is missing."""
    return Config(
        provider="bedrock" if os.environ["LLM_PROVIDER"] == "bedrock" else "openai",
        model=os.environ["LLM_MODEL"],
        endpoint=os.environ.get("LLM_ENDPOINT", ""),
        key_secret=os.environ.get("LLM_KEY_SECRET", ""),
        timeout=float(os.environ["LLM_TIMEOUT"]),
        input_dollars=float(os.environ["LLM_INPUT_DOLLARS"]),
        output_dollars=float(os.environ["LLM_OUTPUT_DOLLARS"]),
        dollars_a_day=float(os.environ["LLM_DOLLARS_A_DAY"]),
    )
