"""What a deployment will make, and what it will cost, in words."""

from collections import Counter
from collections.abc import Iterator

from infra.settings import Settings
from infra.tools.cost import PRICED_ON, TYPICAL, Usage, at_rest, per_thousand, per_thousand_queries, snapshots, total
from infra.tools.deploy.account import USUAL_CONCURRENCY, Account, most_captions
from infra.tools.deploy.toolkit import Template

NOTABLE = {
    "AWS::Lambda::Function": "functions",
    "AWS::S3::Bucket": "buckets",
    "AWS::DynamoDB::GlobalTable": "table",
    "AWS::SQS::Queue": "queues",
    "AWS::Cognito::UserPool": "user pool",
    "AWS::ApiGatewayV2::Api": "HTTP API",
    "AWS::CloudFront::Distribution": "distribution",
}
ACCESS = {
    "open": "anybody may upload, and whoever finds the address spends your money",
    "members": "people with an account upload, everybody may look",
}


def contents(template: Template) -> str:
    """Return what of note a template has, counted."""
    kinds = Counter(resource["Type"] for resource in template["Resources"].values())
    notable = [f"{kinds[kind]} {name}" for kind, name in NOTABLE.items() if kinds[kind]]
    rest = sum(count for kind, count in kinds.items() if kind not in NOTABLE)
    return f"{', '.join(notable)} and {rest} parts of them"


def announce(account: Account, settings: Settings, template: Template, *, there: bool) -> Iterator[str]:
    """Say line by line what is about to be made or changed, where, for whom and for how much."""
    yield (
        f"The gallery “{settings.stage}” will be {'changed' if there else 'made'} "
        f"in account {account.number}, region {account.region}, by {account.who}:"
    )
    yield f"  {contents(template)}"
    if not account.bootstrapped:
        yield "  the CDK's own bucket, image repository and roles (stack CDKToolkit), once for account and region"
    if settings.makes_certificate:
        yield f"  a certificate for {settings.domain_name} in us-east-1, which waits for a record in the domain's DNS"
    if settings.makes_firewall:
        yield "  a firewall in us-east-1"
    yield f"  access: {settings.access_mode}, that is, {ACCESS[settings.access_mode]}"
    yield f"It costs, at list prices of us-east-1 of {PRICED_ON} (`make cost` has every item):"
    yield from (f"  ${dollars:.2f} {what}" for what, dollars in _costs(settings, template))


def of_concurrency(limit: int) -> str:
    """Return what an account's limit of functions at once means."""
    if limit >= USUAL_CONCURRENCY:
        return f"The account runs {limit} functions at once, which is plenty."
    return (
        f"The account runs no more than {limit} functions at once, as new ones do: at most {most_captions(limit)} of "
        "them caption, and when many people come, some wait or are told to try again. Service Quotas, Lambda, "
        "Concurrent executions asks for more, which is free; another `make deploy` makes use of it."
    )


def _costs(settings: Settings, template: Template) -> Iterator[tuple[str, float]]:
    uploaded = per_thousand(Usage(), settings.caption_memory, settings.images_memory)
    yield "a month while nobody uses it", total(at_rest(0, Usage(), settings))
    yield "for 1000 pictures uploaded and captioned", total(uploaded)
    yield "for 1000 searches", total(per_thousand_queries(TYPICAL, settings.search_memory))
    yield "a month for 10,000 pictures kept", total(at_rest(10_000, Usage(), settings))
    if gigabytes := snapshotted(template):
        yield f"a month for SnapStart's snapshots of {gigabytes:.1f} GB", total(snapshots(gigabytes))


def snapshotted(template: Template) -> float:
    """Return the memory of all functions that start from snapshots, in GB."""
    resources = [resource["Properties"] for resource in template["Resources"].values() if "Properties" in resource]
    return float(sum(resource["MemorySize"] for resource in resources if "SnapStart" in resource)) / 1024
