"""The findings of the CDK and of cdk-nag's AwsSolutions rules that are meant to be so, each with its reason."""

from aws_cdk import Acknowledgment, Stack, Validations
from constructs import IConstruct

from infra.constructs.media import ALBUMS, EVERYTHING, EXPORTS, MOSAICS, PARTS, Media

NAG = "AwsSolutions::AwsSolutions"
REASONS = {
    f"{NAG}-APIG4": "Reading is public, so signing in is optional; the functions verify tokens themselves.",
    f"{NAG}-L1": "Packages are locked and tested for Python 3.13, the caption image's base, supported until 2029.",
    f"{NAG}-COG2": "A second factor is offered, not forced: it is about holiday pictures, and each owner may choose.",
    f"{NAG}-COG3": "Threat protection costs money for each user; the throttled API and short tokens do without.",
    f"{NAG}-COG8": "The plan above Essentials costs money for each user.",
    f"{NAG}-CFR1": "The gallery is meant for readers everywhere.",
    f"{NAG}-CFR2": "A firewall costs money while nobody comes; the API throttles, the functions check what they get.",
    f"{NAG}-CFR3": "CloudFront logs to S3 by access lists, which the buckets forbid; buckets and API log each request.",
    f"{NAG}-CFR4": "Without a domain of one's own CloudFront sets the TLS version; with one it is TLSv1.2_2021.",
    "Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk": "The site's root is index.html, no list.",
}
WILDCARD = f"{NAG}-IAM5"
TRACING = "X-Ray has no resources that a policy could name."
PROFILE = "An inference profile sends calls to the one model in regions that Amazon chooses."
PREFIX = "Pictures have no fixed keys; the policy names the one prefix that the function works on."


def acknowledge(stack: Stack, media: Media) -> None:
    """State the reasons for what the whole stack does on purpose."""
    bucket = stack.get_logical_id(media.resource)
    _state(stack, REASONS)
    _state(
        stack,
        {
            f"{WILDCARD}[Resource::<{bucket}.Arn>/{prefix}*]": PREFIX
            for prefix in (*EVERYTHING, EXPORTS, PARTS, ALBUMS, *MOSAICS)
        },
    )


def acknowledge_tracing(role: IConstruct) -> None:
    """State why a function's role names no resource for its traces."""
    _state(role, {f"{WILDCARD}[Resource::*]": TRACING})


def acknowledge_model(construct: IConstruct, model: str) -> None:
    """State why a role names a language model in whichever region."""
    finding = f"[Resource::arn:<AWS::Partition>:bedrock:*::foundation-model/{model}]"
    _state(construct, {f"{WILDCARD}{finding}": PROFILE})


def _state(construct: IConstruct, reasons: dict[str, str]) -> None:
    findings = [Acknowledgment(id=finding, reason=reason) for finding, reason in reasons.items()]
    Validations.of(construct).acknowledge(*findings)
