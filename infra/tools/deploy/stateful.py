"""What of a template holds what people entrust to a gallery, and whether a change would put something empty there."""

from collections.abc import Mapping
from typing import Any

Template = Mapping[str, Any]

FORCING = {
    "AWS::DynamoDB::GlobalTable": ("TableName", "KeySchema", "LocalSecondaryIndexes"),
    "AWS::S3::Bucket": ("BucketName",),
    "AWS::Cognito::UserPool": ("UsernameAttributes", "AliasAttributes", "UsernameConfiguration"),
}
"""Properties that CloudFormation can change only by making another one (its resource reference says so of each)."""


def stateful(template: Template) -> dict[str, Any]:
    """Return logical name → type and properties that must never change, of tables, buckets and user pools."""
    return {
        name: {"Type": resource["Type"]} | _forcing(resource["Type"], resource.get("Properties", {}))
        for name, resource in sorted(template["Resources"].items())
        if resource["Type"] in FORCING
    }


def resolved(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 (any part of a template)
    """Return a part of a template with what these references stand for in their place, joined to texts."""
    if isinstance(value, list):
        return [resolved(element, names) for element in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"Ref"} and value["Ref"] in names:
        return names[value["Ref"]]
    within = {name: resolved(element, names) for name, element in value.items()}
    if within.keys() == {"Fn::Join"}:
        between, parts = within["Fn::Join"]
        return between.join(parts) if all(isinstance(part, str) for part in parts) else within
    return within


def replaced(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the logical names of what would be lost on the way from one `stateful` to another."""
    return [name for name, resource in before.items() if after.get(name) != resource]


def lost_with(template: Template) -> list[str]:
    """Return the logical names of what goes with its stack."""
    resources = template["Resources"]
    return [name for name in stateful(template) if resources[name].get("DeletionPolicy") != "Retain"]


def _forcing(kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    forcing = {name: properties[name] for name in FORCING[kind] if name in properties}
    keys = {key["AttributeName"] for key in properties.get("KeySchema", ())}
    types = {
        definition["AttributeName"]: definition["AttributeType"]
        for definition in properties.get("AttributeDefinitions", ())
    }
    return forcing | ({"KeyTypes": {key: types[key] for key in sorted(keys)}} if keys else {})
