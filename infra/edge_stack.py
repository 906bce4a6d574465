"""What CloudFront wants in us-east-1, wherever the gallery is: a certificate and a firewall, where a stage asks.

Neither is made where the stage names one that there is already.
"""

import hashlib

from aws_cdk import CfnOutput, Environment, LegacyStackSynthesizer, RemovalPolicy, Stack
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.settings import Settings, edge_stack_name

REGION = "us-east-1"
REQUESTS_IN_FIVE_MINUTES = 10_000
"""Of one address; a page of a hundred pictures asks for each of them."""
MANAGED = {
    "AmazonIpReputationList": (),
    # What is said of pictures may be long and look like code, and demo mode gets whole pictures: the functions check
    # every body themselves, and whatever they answer with is escaped. A page of 100 ids is a query of 2.9 kB, where
    # 2 kB are let through. So these rules only count.
    "CommonRuleSet": (
        "SizeRestrictions_BODY",
        "SizeRestrictions_QUERYSTRING",
        "CrossSiteScripting_BODY",
        "GenericLFI_BODY",
        "GenericRFI_BODY",
        "EC2MetaDataSSRF_BODY",
    ),
}
"""Amazon's own groups of rules, and those of their rules that block nothing."""


class EdgeStack(Stack):
    """Nothing here needs the CDK's own bucket or roles, so that us-east-1 never has to be bootstrapped for it."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(
            scope,
            edge_stack_name(settings.stage),
            env=Environment(region=REGION),
            synthesizer=LegacyStackSynthesizer(),
            description="Neural Gallery: what its distribution needs in us-east-1",
        )
        if settings.makes_certificate:
            CfnOutput(self, "CertificateArn", value=self._certificate(settings).certificate_arn)
        if settings.makes_firewall:
            CfnOutput(self, "WebAclArn", value=self._firewall().attr_arn)

    def _certificate(self, settings: Settings) -> certificates.Certificate:
        """The domain's owner proves that it is theirs by a record, which may stay for all renewals."""
        # Of another name for another domain, so that both are there until the distribution has changed over.
        certificate = certificates.Certificate(
            self,
            f"Certificate{hashlib.sha256(settings.domain_name.encode()).hexdigest()[:8]}",
            domain_name=settings.domain_name,
            validation=certificates.CertificateValidation.from_dns(),
        )
        certificate.apply_removal_policy(RemovalPolicy.DESTROY)
        return certificate

    def _firewall(self) -> waf.CfnWebACL:
        """$5 a month, $1 more for each of its three rules, and $0.60 per million requests."""
        rules = [_managed(name, counting, number) for number, (name, counting) in enumerate(MANAGED.items(), 1)]
        return waf.CfnWebACL(
            self,
            "Firewall",
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            rules=[_not_too_many(), *rules],
            visibility_config=_seen_as("all"),
        )


def _not_too_many() -> waf.CfnWebACL.RuleProperty:
    return waf.CfnWebACL.RuleProperty(
        name="not-too-many",
        priority=0,
        action=waf.CfnWebACL.RuleActionProperty(block={}),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                limit=REQUESTS_IN_FIVE_MINUTES, aggregate_key_type="IP"
            )
        ),
        visibility_config=_seen_as("not-too-many"),
    )


def _managed(name: str, counting: tuple[str, ...], priority: int) -> waf.CfnWebACL.RuleProperty:
    count = waf.CfnWebACL.RuleActionProperty(count={})
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=f"AWSManagedRules{name}",
                rule_action_overrides=[
                    waf.CfnWebACL.RuleActionOverrideProperty(name=counts, action_to_use=count) for counts in counting
                ],
            )
        ),
        visibility_config=_seen_as(name),
    )


def _seen_as(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )
