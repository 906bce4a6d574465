"""Sentences by a language model: nothing of it where none is named, and no more rights than it takes where one is."""

from dataclasses import replace
from pathlib import Path

import pytest
from infra.settings import Llm
from infra.stages import STAGES
from tests.infrastructure.conftest import Synthesized, synthesized
from tests.infrastructure.policies import actions, policy_of

MODEL = Llm(provider="bedrock", model="m", input_dollars=1, output_dollars=5, dollars_a_day=1)
CLAUDE = "anthropic.claude-haiku-4-5-20251001-v1:0"


def with_model(folder: Path, llm: Llm) -> Synthesized:
    return synthesized(replace(STAGES["local"], llm=llm), folder)


def test_without_a_model_nothing_is_made(cloud: Synthesized) -> None:
    names = [each["QueueName"] for each in cloud.resources("AWS::SQS::Queue").values()]
    assert not any("sentences" in name for name in names)
    assert "DescribeFunctionName" not in cloud.content["Outputs"]


def test_with_a_key_its_secret_alone_may_be_read(tmp_path: Path) -> None:
    llm = replace(MODEL, provider="openai", endpoint="https://llm.example.org/v1", key_secret="llm-key")
    stage = with_model(tmp_path, llm)
    policy = policy_of(stage, "describe")
    assert "secret:llm-key-??????" in policy["secretsmanager:GetSecretValue"]
    assert not [each for each in policy if each.startswith("bedrock:")]
    assert "originals" not in policy["s3:GetObject"]
    assert {each for each in policy if each.startswith("s3:")} == {"s3:GetObject"}


@pytest.mark.parametrize(
    ("model", "allowed"),
    [
        (CLAUDE, [f":foundation-model/{CLAUDE}"]),
        (f"eu.{CLAUDE}", [f":inference-profile/eu.{CLAUDE}", f":bedrock:*::foundation-model/{CLAUDE}"]),
    ],
)
def test_of_bedrock_one_model_may_be_asked(tmp_path: Path, model: str, allowed: list[str]) -> None:
    stage = with_model(tmp_path, replace(MODEL, model=model))
    role = stage.only("AWS::IAM::Role", "DescribeRole")["Policies"][0]["PolicyDocument"]["Statement"]
    (asking,) = [each for each in role if "bedrock:InvokeModel" in actions(each)]
    resources = asking["Resource"] if isinstance(asking["Resource"], list) else [asking["Resource"]]
    ends = [each["Fn::Join"][1][-1] for each in resources]
    assert len(ends) == len(allowed)
    assert all(end.endswith(each) for end, each in zip(sorted(ends), sorted(allowed), strict=True))
    assert "secretsmanager:GetSecretValue" not in policy_of(stage, "describe")


def test_pictures_wait_for_the_model_as_for_the_captioner_and_the_brake_stops_both(tmp_path: Path) -> None:
    stage = with_model(tmp_path, replace(MODEL, model=CLAUDE))
    queue = stage.only("AWS::SQS::Queue", "Sentences")
    assert queue["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert "DeadLetters" in str(queue["RedrivePolicy"]["deadLetterTargetArn"])
    function = stage.only("AWS::Lambda::Function", "DescribeFunction")
    assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
    mappings = stage.only("AWS::Lambda::Function", "BrakeFunction")["Environment"]["Variables"]["SPENDING_MAPPINGS"]
    assert "Sentences" in str(mappings)
    assert "Batches" in str(mappings)
