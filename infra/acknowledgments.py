"""The findings of cdk-nag's AwsSolutions rules that are meant to be so, each with its reason."""

from aws_cdk import Acknowledgment, Stack, Validations
from constructs import IConstruct

from infra.media import EVERYTHING, Media

REASONS = {
    "APIG4": "Reading is public, so sign-in is optional on most routes; the functions verify tokens themselves.",
    "L1": "All packages are locked and tested for Python 3.13, the caption image's base; it is supported until 2029.",
    "CFR1": "The gallery is meant for readers everywhere.",
    "CFR2": "A firewall costs money while nobody comes; the API throttles, and the functions check all they are given.",
    "CFR3": "CloudFront's log to S3 needs access lists, which the buckets forbid; API and buckets log each request.",
    "CFR4": "Without a domain of one's own CloudFront sets the TLS version; with one it is TLSv1.2_2021.",
}
TRACING = "X-Ray has no resources that a policy could name."
PREFIX = "Pictures have no fixed keys; the policy names the one prefix that the function works on."


def acknowledge(stack: Stack, media: Media) -> None:
    """State the reasons for what the whole stack does on purpose."""
    bucket = stack.get_logical_id(media.resource)
    _state(stack, {f"AwsSolutions-{rule}": reason for rule, reason in REASONS.items()})
    _state(stack, {f"AwsSolutions-IAM5[Resource::<{bucket}.Arn>/{prefix}*]": PREFIX for prefix in EVERYTHING})


def acknowledge_tracing(role: IConstruct) -> None:
    """State why a function's role names no resource for its traces."""
    _state(role, {"AwsSolutions-IAM5[Resource::*]": TRACING})


def _state(construct: IConstruct, reasons: dict[str, str]) -> None:
    findings = [Acknowledgment(id=f"AwsSolutions::{rule}", reason=reason) for rule, reason in reasons.items()]
    Validations.of(construct).acknowledge(*findings)
