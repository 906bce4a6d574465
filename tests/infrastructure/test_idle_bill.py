"""The idle month's bill, reckoned from the template alone, beside what `make cost` says."""

import copy
import json
from typing import Any

import pytest
from infra.stages import STAGES
from infra.tools.cost import IMAGE_GB, Usage, at_rest, total
from infra.tools.idle_bill import idle_bill
from tests.infrastructure.conftest import Synthesized

CENT = 0.01


def dollars(template: dict[str, Any], gigabytes: float = 0) -> float:
    return sum(line.dollars for line in idle_bill(template, gigabytes))


def test_the_template_costs_at_rest_what_make_cost_says_to_a_cent(cloud: Synthesized) -> None:
    assert dollars(cloud.content, IMAGE_GB) == pytest.approx(total(at_rest(0, Usage(), STAGES["prod"])), abs=CENT)


@pytest.mark.parametrize(
    ("resource", "dearer"),
    [
        ({"Type": "AWS::SecretsManager::Secret"}, 0.40),
        ({"Type": "AWS::KMS::Key"}, 1.00),
        ({"Type": "AWS::WAFv2::WebACL", "Properties": {"Rules": [{}, {}, {}]}}, 8.00),
        ({"Type": "AWS::PricingPlanManager::Subscription", "Properties": {"PlanTier": "PRO"}}, 15.00),
    ],
    ids=["secret", "key", "firewall", "plan"],
)
def test_what_costs_whether_or_not_it_is_used_is_on_it(
    cloud: Synthesized, resource: dict[str, Any], dearer: float
) -> None:
    template = cloud.content
    template["Resources"]["More"] = resource
    assert dollars(template) - dollars(cloud.content) == pytest.approx(dearer)


def with_another(template: dict[str, Any], kind: str, times: int = 1) -> dict[str, Any]:
    """The template with more of the first resource of a kind."""
    grown = copy.deepcopy(template)
    first = next(each for each in template["Resources"].values() if each["Type"] == kind)
    grown["Resources"] |= {f"More{number}": first for number in range(times)}
    return grown


def test_alarms_beyond_ten_and_queues_beyond_a_million_requests_cost(cloud: Synthesized) -> None:
    before, alarms = cloud.content, len(cloud.resources("AWS::CloudWatch::Alarm"))
    more_alarms = with_another(before, "AWS::CloudWatch::Alarm", 12)
    assert dollars(more_alarms) - dollars(before) == pytest.approx(0.10 * (alarms + 12 - 10))
    more_queues = with_another(before, "AWS::Lambda::EventSourceMapping", 3)
    asked = next(each.amount for each in idle_bill(more_queues) if "queues" in each.what)
    assert dollars(more_queues) - dollars(before) == pytest.approx((asked - 1e6) * 0.40e-6)


def test_a_dashboard_of_more_than_fifty_metrics_is_never_free() -> None:
    def board(metrics: int) -> dict[str, Any]:
        widgets = [{"properties": {"metrics": [["AWS/Lambda", f"Metric{number}"] for number in range(metrics)]}}]
        body = json.dumps({"widgets": widgets})
        return {"Resources": {"Board": {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardBody": body}}}}

    assert dollars(board(50)) == 0
    assert dollars(board(51)) == 3.00
