"""Whatever the template names can be found by its literal name where the folders say that it is."""

import pytest
from infra.settings import ROOT
from infra.stages import STAGES
from tests.infrastructure.conftest import Synthesized

CONSTRUCTS = ROOT / "infra/constructs"
PREFIX = f"{STAGES['prod'].prefix}-"


def names(cloud: Synthesized, kind: str, attribute: str) -> set[str]:
    """Physical names of all resources of a kind, without the stage's prefix."""
    found = {each[attribute].removeprefix(PREFIX) for each in cloud.resources(kind).values()}
    assert found
    return found


def test_each_function_has_a_module_named_after_it(cloud: Synthesized) -> None:
    for named in names(cloud, "AWS::Lambda::Function", "FunctionName"):
        name = named.removesuffix("-image")
        assert f'"{name}"' in (CONSTRUCTS / f"{name}.py").read_text()


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("AWS::SQS::Queue", "QueueName"),
        ("AWS::CloudWatch::Alarm", "AlarmName"),
        ("AWS::SNS::Topic", "TopicName"),
        ("AWS::Events::Rule", "Name"),
    ],
)
def test_each_queue_alarm_topic_and_schedule_is_found_by_its_name(
    cloud: Synthesized, kind: str, attribute: str
) -> None:
    sources = _sources()
    for name in names(cloud, kind, attribute):
        assert f'"{name}"' in sources or f'}}-{name}"' in sources, name


def test_each_route_is_written_out_once(cloud: Synthesized) -> None:
    sources = _sources()
    for route in names(cloud, "AWS::ApiGatewayV2::Route", "RouteKey"):
        assert sources.count(f'"{route.removeprefix("ANY ")}"') == 1, route


def test_constructs_call_no_command() -> None:
    commands = {each.stem for each in (ROOT / "infra/tools").iterdir()} - {"cost"}
    for name in commands:
        assert f"infra.tools.{name}" not in _sources()


def _sources() -> str:
    return "\n".join(each.read_text() for each in sorted(CONSTRUCTS.glob("*.py")))
