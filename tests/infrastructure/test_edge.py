"""What a stage has in us-east-1: a certificate and a firewall where it asks, and nothing where it does not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlencode

import pytest
from cfnlint.api import ManualArgs, lint_file  # type: ignore[import-untyped] # it ships no types
from infra.settings import Settings, edge_stack_name
from infra.stages import STAGES
from infra.tools.cost import Usage, at_rest, total
from infra.tools.deploy import edge, toolkit
from infra.tools.idle_bill import PLANS
from tests.infrastructure.accounts import account
from tests.infrastructure.conftest import Resource, Synthesized, kept, synthesized

from gallery import limits

# A stage whose assets take no time to build.
LOCAL = STAGES["local"]
ASKING = replace(LOCAL, domain_name="pictures.example.org", firewall=True)
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/a"
WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b"
NAME = edge_stack_name("local")


@pytest.fixture(scope="module")
def asking() -> Synthesized:
    return kept(ASKING)


def edge_of(stage: Synthesized) -> Resource:
    content: Resource = json.loads((stage.folder / f"{NAME}.template.json").read_text())
    return content


def only(template: Resource, kind: str) -> Resource:
    (found,) = (each["Properties"] for each in template["Resources"].values() if each["Type"] == kind)
    return dict(found)


def test_a_domain_gets_a_certificate_that_its_owner_proves_by_a_record(asking: Synthesized) -> None:
    certificate = only(edge_of(asking), "AWS::CertificateManager::Certificate")
    assert (certificate["DomainName"], certificate["ValidationMethod"]) == ("pictures.example.org", "DNS")


def test_the_firewall_stops_floods_and_what_amazon_knows_to_be_bad(asking: Synthesized) -> None:
    firewall = only(edge_of(asking), "AWS::WAFv2::WebACL")
    assert (firewall["Scope"], firewall["DefaultAction"]) == ("CLOUDFRONT", {"Allow": {}})
    flood, *managed = sorted(firewall["Rules"], key=lambda each: int(each["Priority"]))
    assert flood["Statement"]["RateBasedStatement"]["AggregateKeyType"] == "IP"
    assert "Block" in flood["Action"]
    names = [each["Statement"]["ManagedRuleGroupStatement"]["Name"] for each in managed]
    assert names == ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet"]


def test_the_firewall_lets_pictures_and_long_lists_of_files_through(asking: Synthesized) -> None:
    *_, common = only(edge_of(asking), "AWS::WAFv2::WebACL")["Rules"]
    overrides = common["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"]
    assert {each["Name"] for each in overrides} >= {"SizeRestrictions_BODY", "CrossSiteScripting_BODY"}
    assert all("Count" in each["ActionToUse"] for each in overrides)


LONGEST_QUERY = 2048
"""Bytes that SizeRestrictions_QUERYSTRING of AWSManagedRulesCommonRuleSet lets through."""


def test_the_firewall_lets_a_page_ask_for_as_many_pictures_as_it_may(asking: Synthesized) -> None:
    ids = ["01KAGVQ2W3M8Y6Z5T4R7N9P0XC"] * limits.MAX_IDS
    assert len(urlencode({"ids": ",".join(ids)})) > LONGEST_QUERY
    *_, common = only(edge_of(asking), "AWS::WAFv2::WebACL")["Rules"]
    overrides = common["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"]
    assert {"Count": {}} in [each["ActionToUse"] for each in overrides if each["Name"].endswith("_QUERYSTRING")]


def test_each_region_of_a_stage_has_a_stack_of_its_own_there(asking: Synthesized) -> None:
    frankfurt, ohio = (edge.of(account(region), "prod") for region in ("eu-central-1", "us-east-2"))
    assert frankfurt.name != ohio.name
    assert "Name" not in only(edge_of(asking), "AWS::WAFv2::WebACL"), "it would be the account's"


def test_awss_own_rules_and_the_linter_find_nothing_wrong_with_it(asking: Synthesized) -> None:
    (report,) = json.loads((asking.folder / "validation-report.json").read_text())["pluginReports"]
    assert report["violations"] == []
    found = lint_file(asking.folder / f"{NAME}.template.json", config=ManualArgs(regions=["us-east-1"]))
    assert [str(each) for each in found] == []


def test_it_needs_nothing_of_the_cdks_own_in_us_east_1(asking: Synthesized) -> None:
    assert edge_of(asking).keys() <= {"Description", "Resources", "Outputs"}


@pytest.mark.parametrize(
    "settings",
    [LOCAL, replace(ASKING, certificate_arn=CERTIFICATE, web_acl_arn=WEB_ACL)],
    ids=["asks for nothing", "has both"],
)
def test_what_is_there_or_unwanted_is_not_made(settings: Settings, tmp_path: Path) -> None:
    synthesized(settings, tmp_path)
    assert not (tmp_path / f"{NAME}.template.json").exists()


def test_the_distribution_uses_what_it_is_given(tmp_path: Path) -> None:
    settings = replace(ASKING, certificate_arn=CERTIFICATE, web_acl_arn=WEB_ACL)
    distribution = synthesized(settings, tmp_path).only("AWS::CloudFront::Distribution")["DistributionConfig"]
    assert distribution["WebACLId"] == WEB_ACL
    assert distribution["ViewerCertificate"]["AcmCertificateArn"] == CERTIFICATE
    assert distribution["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert distribution["Aliases"] == ["pictures.example.org"]


def test_a_firewall_is_in_the_reckoning() -> None:
    prod = STAGES["prod"]
    dearer = total(at_rest(0, Usage(), replace(prod, firewall=True))) - total(at_rest(0, Usage(), prod))
    assert dearer == pytest.approx(8)


def on_plan(tier: Literal["FREE", "BUSINESS"], folder: Path) -> Synthesized:
    return synthesized(replace(LOCAL, cdn_plan=tier, web_acl_arn=WEB_ACL), folder)


@pytest.mark.parametrize("tier", ["FREE", "BUSINESS"])
def test_a_flat_rate_plan_is_about_the_distribution_and_its_firewall(
    tier: Literal["FREE", "BUSINESS"], tmp_path: Path
) -> None:
    """A plan takes exactly one distribution and one web ACL; the small ones take no cache policy of one's own."""
    stage = on_plan(tier, tmp_path)
    plan = stage.only("AWS::PricingPlanManager::Subscription")
    assert (plan["PlanFamily"], plan["PlanTier"], plan["ResourceArns"][1]) == ("CloudFront", tier, WEB_ACL)
    assert "SiteDistribution" in str(plan["ResourceArns"][0])
    assert stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]["WebACLId"] == WEB_ACL
    own = bool(stage.resources("AWS::CloudFront::CachePolicy"))
    assert own == (tier == "BUSINESS")
    variables = stage.only("AWS::Lambda::Function", "ImagesFunction")["Environment"]["Variables"]
    assert variables.get("DOWNLOADS_FROM_SITE", "true") == str(own).lower(), "it could not say under which name"
    linted = lint_file(stage.template, config=ManualArgs(ignore_checks=["W3005"]))
    assert [str(finding) for finding in linted] == []


def test_a_plan_has_its_firewall_made_and_pays_for_it() -> None:
    prod = STAGES["prod"]
    assert replace(prod, cdn_plan="FREE").makes_firewall
    assert not replace(prod, cdn_plan="FREE", web_acl_arn=WEB_ACL).makes_firewall
    for tier, dollars in PLANS.items():
        plan = replace(prod, cdn_plan=cast("Literal['FREE']", tier), firewall=True)
        dearer = total(at_rest(0, Usage(), plan)) - total(at_rest(0, Usage(), prod))
        assert dearer == pytest.approx(dollars)


def test_the_template_is_made_with_what_the_settings_name(monkeypatch: pytest.MonkeyPatch) -> None:
    environments: list[dict[str, str]] = []
    monkeypatch.setattr(toolkit, "_run", lambda _, environment, __: environments.append(environment))
    toolkit.synthesize(replace(ASKING, certificate_arn=CERTIFICATE, web_acl_arn=WEB_ACL))
    context = json.loads(environments[0]["CDK_CONTEXT_JSON"])
    assert (context["certificate_arn"], context["web_acl_arn"]) == (CERTIFICATE, WEB_ACL)


def test_whoever_waits_for_a_certificate_is_told_the_record(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    statuses = iter(["CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_COMPLETE"])
    reason = "Content of DNS Record is: {Name: _a.example.org.,Type: CNAME,Value: _b.acm-validations.aws.}"

    class Formation:
        def describe_stack_events(self, StackName: str) -> dict[str, Any]:  # noqa: ARG002, N803 (boto3's own)
            return {"StackEvents": [{"ResourceStatusReason": reason}, {}]}

    monkeypatch.setattr(edge, "EVERY_SECONDS", 0)
    monkeypatch.setattr(edge, "_status", lambda _: next(statuses))
    edge._wait(Formation(), edge.of(account(), "local"))  # type: ignore[arg-type] # only what it uses
    assert capsys.readouterr().out.count("_b.acm-validations.aws.") == 1
