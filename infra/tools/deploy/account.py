"""The account that a gallery goes to: whose it is, and whether it can take one."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from infra.settings import Settings
from infra.tools.console import ToolError
from infra.tools.errors import ignored

SERVICES = ("apigatewayv2", "cognito-idp", "dynamodb", "ecr", "events", "lambda", "logs", "s3", "sqs", "xray")
BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version"
"""Where the CDK notes what its own resources in an account and region are like."""
WEB_ACL = re.compile(r"arn:[a-z-]+:wafv2:us-east-1:\d+:global/webacl/")
LEFT_FREE = 100
"""So many calls at once AWS wants to stay unreserved."""
FEWEST = 2
"""Calls at once that Lambda makes of a queue's function at the least."""
USUAL_CONCURRENCY = 1000


@dataclass(frozen=True)
class Account:
    """Credentials that were accepted, and the region that things go to."""

    session: boto3.Session
    number: str
    who: str
    region: str

    def client(self, service: str) -> Any:  # noqa: ANN401 (which client it is, only its user knows)
        """An AWS client of this account and region."""
        return self.session.client(service, region_name=self.region)  # type: ignore[call-overload]

    @cached_property
    def bootstrapped(self) -> bool:
        """Whether the CDK has what it needs here."""
        ssm = self.client("ssm")
        with ignored("ParameterNotFound"):
            ssm.get_parameter(Name=BOOTSTRAP_VERSION)
            return True
        return False


@contextmanager
def or_trouble(what: str) -> Iterator[None]:
    """Turn what AWS says no to into a sentence that begins with what was tried.

    Raises:
        ToolError: AWS says no, or can't be reached.
    """
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise ToolError(f"{what}: {error}") from error


def signed_in() -> Account:
    """Return whose credentials those at hand are and where they lead.

    Raises:
        ToolError: there are none, they are refused, or no region is chosen.
    """
    # Other than AWS's own command line and the CDK's, boto3 does not look at this variable.
    session = boto3.Session(region_name=os.environ.get("AWS_REGION"))
    region = session.region_name
    if not region:
        raise ToolError("No region is chosen; run `aws configure`, or set AWS_REGION, such as AWS_REGION=eu-central-1.")
    try:
        caller = session.client("sts", region_name=region).get_caller_identity()
    except NoCredentialsError as error:
        raise ToolError("There are no AWS credentials; run `aws configure`, or set AWS_PROFILE.") from error
    except (BotoCoreError, ClientError) as error:
        raise ToolError(f"The AWS credentials are refused; run `aws configure` or sign in again: {error}") from error
    return Account(session, caller["Account"], caller["Arn"], region)


def check_region(account: Account) -> None:
    """See that the region has every service that the gallery is made of.

    Raises:
        ToolError: it lacks some.
    """
    known = {service: account.session.get_available_regions(service) for service in SERVICES}
    if not any(account.region in regions for regions in known.values()):
        raise ToolError(f"There is no region {account.region}; choose one with AWS_REGION, such as eu-central-1.")
    # S3 is in every region, and so is whatever botocore lists no region of.
    lacking = [service for service, regions in known.items() if regions and account.region not in regions]
    if lacking:
        raise ToolError(
            f"The region {account.region} has no {', '.join(lacking)}; choose another one with AWS_REGION, "
            "such as eu-central-1."
        )


def check_edge(settings: Settings) -> None:
    """See that certificate and firewall, where they are named, are of use to CloudFront.

    Raises:
        ToolError: the certificate is for no domain, or one of them is of another region.
    """
    if settings.certificate_arn and not settings.domain_name:
        raise ToolError(
            f"infra/stages/{settings.stage}.py has a certificate_arn but no domain_name; "
            "give both, or neither for an address of CloudFront's own."
        )
    if settings.certificate_arn and ":acm:us-east-1:" not in settings.certificate_arn:
        raise ToolError("CloudFront takes certificates of us-east-1 only; have one made there, whatever this region.")
    if settings.web_acl_arn and not WEB_ACL.match(settings.web_acl_arn):
        raise ToolError("CloudFront takes web ACLs of us-east-1 alone that were made for it (scope CLOUDFRONT).")


def check_mail(account: Account, settings: Settings) -> str | None:
    """See that Amazon SES sends mails from the stage's address; return what it will not do yet, in words.

    Raises:
        ToolError: the address's domain is not verified in the stage's region.
    """
    if not settings.mail_from:
        return None
    _, _, domain = settings.mail_from.rpartition("@")
    ses = account.client("sesv2")
    verified = False
    with ignored("NotFoundException"):
        verified = ses.get_email_identity(EmailIdentity=domain)["VerifiedForSendingStatus"]
    if not verified:
        raise ToolError(
            f"Amazon SES in {account.region} does not know {domain} as yours, so {settings.mail_from} can't send; "
            f"verify the domain there, or take mail_from out of infra/stages/{settings.stage}.py."
        )
    if ses.get_account()["ProductionAccessEnabled"]:
        return None
    return "Amazon SES writes to verified addresses alone until you ask it for production access, which is free."


def fitted(settings: Settings, limit: int) -> Settings:
    """Return the settings with no more captions at once than an account has room for beside people."""
    return replace(settings, captioner_concurrency=min(settings.captioner_concurrency, most_captions(limit)))


def most_captions(limit: int) -> int:
    """Return how many of an account's calls at once may caption: less than half, so that pages load meanwhile."""
    return max(FEWEST, limit // 2 - 1)


def concurrent_executions(account: Account, settings: Settings) -> int:
    """Return how many functions the account runs at once.

    Raises:
        ToolError: the stage reserves more than AWS lets it.
    """
    limit: int = account.client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
    reserved = settings.classify_concurrency or 0
    if reserved and reserved > limit - LEFT_FREE:
        raise ToolError(
            f"The account runs {limit} functions at once and keeps {LEFT_FREE} of them free, so {reserved} can't be "
            f"reserved; set classify_concurrency in infra/stages/{settings.stage}.py to None, "
            "or ask AWS for a higher quota (Service Quotas, Lambda, Concurrent executions)."
        )
    return limit
