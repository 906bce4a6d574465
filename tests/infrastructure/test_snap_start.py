"""Functions that start from a snapshot of their memory, where a stage wants to pay for that."""

from dataclasses import replace

import pytest
from infra.stages import STAGES
from infra.tools.deploy.announcement import snapshotted
from tests.infrastructure.conftest import Resource, Synthesized, kept


@pytest.fixture(scope="module")
def snapped() -> Synthesized:
    return kept(replace(STAGES["prod"], snap_start=True))


def served(template: Synthesized) -> list[Resource]:
    return [each for each in template.resources("AWS::ApiGatewayV2::Integration").values() if "IntegrationUri" in each]


def called(template: Synthesized, uri: Resource) -> tuple[str, str]:
    """Type and logical name of what an integration calls."""
    name = str(uri.get("Ref") or uri["Fn::GetAtt"][0])
    return template.content["Resources"][name]["Type"], name


def test_nothing_starts_from_a_snapshot_unless_the_stage_says_so(cloud: Synthesized) -> None:
    assert cloud.resources("AWS::Lambda::Version") == {}
    assert snapshotted(cloud.content) == 0
    assert {called(cloud, each["IntegrationUri"])[0] for each in served(cloud)} == {"AWS::Lambda::Function"}


def test_the_api_calls_the_newest_snapshot_of_each_function_but_those_in_images(snapped: Synthesized) -> None:
    functions = snapped.resources("AWS::Lambda::Function")
    for each in served(snapped):
        kind, name = called(snapped, each["IntegrationUri"])
        if kind == "AWS::Lambda::Function":
            assert functions[name]["PackageType"] == "Image"
            continue
        alias = snapped.resources("AWS::Lambda::Alias")[name]
        function = functions[alias["FunctionName"]["Ref"]]
        assert function["SnapStart"] == {"ApplyOn": "PublishedVersions"}
        assert function["Runtime"] == "python3.13"
        assert alias["FunctionVersion"]["Fn::GetAtt"][1] == "Version"


def test_the_api_may_call_what_it_calls(snapped: Synthesized) -> None:
    allowed = {
        called(snapped, each["FunctionName"])[1]
        for each in snapped.resources("AWS::Lambda::Permission").values()
        if each["Principal"] == "apigateway.amazonaws.com"
    }
    assert {called(snapped, each["IntegrationUri"])[1] for each in served(snapped)} <= allowed


def test_what_no_visitor_waits_for_starts_the_usual_way(snapped: Synthesized) -> None:
    assert "SnapStart" not in snapped.only("AWS::Lambda::Function", "SweepFunction")
    assert 3 < snapshotted(snapped.content) < 10
