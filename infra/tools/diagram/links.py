"""What does what with what, as the template itself says: by policies, routes, origins, events and subscriptions."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from infra.settings import PRODUCT

Resource = dict[str, Any]
Resources = dict[str, Resource]
"""Logical name → resource, as a template has them."""
Kind = Literal["calls", "tells", "reads", "writes"]

FUNCTIONS = {
    "images": "pictures",
    "search": "search",
    "feedback": "search",
    "classify": "trial",
    "counter": "trial",
    "admin": "admin",
    "people": "people",
    "posts": "people",
    "albums": "people",
    "erase": "people",
    "export": "people",
    "mosaic": "mosaic",
    "caption": "captioning",
    "describe": "captioning",
    "embed": "captioning",
    "sweep": "upkeep",
    "brake": "watching",
}
"""Name of a function → the box that it is drawn in."""
TYPES = {
    "AWS::ApiGatewayV2::Api": "api",
    "AWS::CloudFront::Distribution": "cdn",
    "AWS::CloudWatch::Alarm": "watching",
    "AWS::Cognito::UserPool": "accounts",
    "AWS::DynamoDB::GlobalTable": "table",
    "AWS::SNS::Topic": "watching",
    "AWS::SQS::Queue": "queues",
}
BUCKETS = {"Media": "media", "Site": "page"}
"""How a bucket's logical name begins → its box; others are not drawn."""
OUTSIDE = {":foundation-model/": "model"}
"""What an ARN of something has in it that is not of this template → its box."""
KINDS: dict[str, Kind] = {
    "bedrock:InvokeModel": "calls",
    "lambda:InvokeFunction": "calls",
    "lambda:UpdateEventSourceMapping": "calls",
    "sqs:SendMessage": "tells",
}
STORES = ("dynamodb:", "s3:")
READING = ("BatchGet", "ConditionCheck", "Get", "List", "Query", "Scan")


@dataclass(frozen=True, order=True)
class Link:
    """One box does something with another."""

    source: str
    target: str
    kind: Kind


def bare(name: str) -> str:
    """Return a physical name without product and stage."""
    return re.sub(rf"^{PRODUCT}-\w+-", "", name)


def boxes(resources: Resources) -> dict[str, str]:
    """Return the box of everything that is drawn, by logical name.

    Raises:
        KeyError: nobody has said yet where one of the functions belongs.
    """
    boxes_ = {name: TYPES[resource["Type"]] for name, resource in resources.items() if resource["Type"] in TYPES}
    for name, function in _of_type(resources, "AWS::Lambda::Function"):
        # A function is known by another name where it travels as an image.
        boxes_[name] = FUNCTIONS[bare(function["Properties"]["FunctionName"]).removesuffix("-image")]
    for name, _ in _of_type(resources, "AWS::S3::Bucket"):
        boxes_.update((name, box) for beginning, box in BUCKETS.items() if name.startswith(beginning))
    return boxes_


def contents(resources: Resources) -> dict[str, list[str]]:
    """Return the names of functions and queues by the box that they are in."""
    where, contents_ = boxes(resources), dict[str, list[str]]()
    for kind, label in {"AWS::Lambda::Function": "FunctionName", "AWS::SQS::Queue": "QueueName"}.items():
        for name, resource in _of_type(resources, kind):
            contents_.setdefault(where[name], []).append(bare(resource["Properties"][label]))
    return {box: sorted(names) for box, names in contents_.items()}


def links(resources: Resources) -> set[Link]:
    """Return every link between two boxes; what happens within one is not drawn."""
    where = boxes(resources)

    def boxes_of(value: object) -> set[str]:
        outside = {box for words, box in OUTSIDE.items() if words in json.dumps(value)}
        return {where[name] for name in _referred(value, resources) if name in where} | outside

    links_ = {
        Link(source, target, kind)
        for asking, asked, kind in _pairs(resources)
        for source in boxes_of(asking)
        for target in boxes_of(asked)
    }
    return {link for link in links_ | _of_visitors(resources, where) if link.source != link.target}


def _referred(value: object, resources: Resources) -> set[str]:
    """Logical names of what a value refers to by reference or, if it is a function, by its name or its event source."""
    text = json.dumps(value)
    names = set(re.findall(r'"(?:Ref": |Fn::GetAtt": \[)"(\w+)"', text)) & resources.keys()
    mappings = (resource for name, resource in _of_type(resources, "AWS::Lambda::EventSourceMapping") if name in names)
    fed = {mapping["Properties"]["FunctionName"]["Ref"] for mapping in mappings}
    functions = _of_type(resources, "AWS::Lambda::Function")
    named = {name for name, function in functions if f':function:{function["Properties"]["FunctionName"]}"' in text}
    return names | fed | named


def _pairs(resources: Resources) -> Iterator[tuple[object, object, Kind]]:
    """Yield who does what with whom, each as the template refers to it."""
    for name, function in _of_type(resources, "AWS::Lambda::Function"):
        role = resources[function["Properties"]["Role"]["Fn::GetAtt"][0]]["Properties"]
        for statement in (
            statement_ for policy in role["Policies"] for statement_ in policy["PolicyDocument"]["Statement"]
        ):
            for kind in _kinds(statement["Action"]):
                yield {"Ref": name}, statement["Resource"], kind
    for _, mapping in _of_type(resources, "AWS::Lambda::EventSourceMapping"):
        yield mapping["Properties"]["EventSourceArn"], mapping["Properties"]["FunctionName"], "tells"
    for name, bucket in _of_type(resources, "AWS::S3::Bucket"):
        yield {"Ref": name}, bucket["Properties"].get("NotificationConfiguration"), "tells"
    for _, subscription in _of_type(resources, "AWS::SNS::Subscription"):
        yield subscription["Properties"]["TopicArn"], subscription["Properties"]["Endpoint"], "tells"
    for _, integration in _of_type(resources, "AWS::ApiGatewayV2::Integration"):
        yield integration["Properties"]["ApiId"], integration["Properties"]["IntegrationUri"], "calls"
    for name, distribution in _of_type(resources, "AWS::CloudFront::Distribution"):
        for origin in distribution["Properties"]["DistributionConfig"]["Origins"]:
            yield {"Ref": name}, origin["DomainName"], "calls"


def _of_visitors(resources: Resources, where: dict[str, str]) -> set[Link]:
    """Browsers open the distribution, sign in at the pool and send pictures to the bucket that takes forms."""
    opened = {where[name] for name, _ in _of_type(resources, "AWS::CloudFront::Distribution", "AWS::Cognito::UserPool")}
    buckets = _of_type(resources, "AWS::S3::Bucket")
    sent_to = {where[name] for name, bucket in buckets if "POST" in str(bucket["Properties"].get("CorsConfiguration"))}
    return {Link("visitor", target, "calls") for target in opened | sent_to}


def _kinds(actions: str | list[str]) -> set[Kind]:
    return {kind for action in ([actions] if isinstance(actions, str) else actions) if (kind := _kind(action))}


def _kind(action: str) -> Kind | None:
    if action.startswith(STORES):
        return "reads" if action.partition(":")[2].startswith(READING) else "writes"
    return "calls" if action.startswith("cognito-idp:") else KINDS.get(action)


def _of_type(resources: Resources, *types: str) -> list[tuple[str, Resource]]:
    return [(name, resource) for name, resource in resources.items() if resource["Type"] in types]
