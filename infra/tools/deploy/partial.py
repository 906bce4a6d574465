"""The part of a template that a cloud can take which lacks some of AWS's services."""

import json
from collections.abc import Collection
from typing import Any

Template = dict[str, Any]


def without(template: Template, lacking: Collection[str]) -> Template:
    """Return the template less the resources of these kinds, such as `AWS::Cognito::`, and whatever refers to them."""
    resources: dict[str, Any] = template["Resources"]
    kept = {name: resource for name, resource in resources.items() if not resource["Type"].startswith(tuple(lacking))}
    while dangling := [name for name, resource in kept.items() if _mentions(resource, resources.keys() - kept.keys())]:
        kept = {name: resource for name, resource in kept.items() if name not in dangling}
    outputs = template.get("Outputs", {})
    kept_outputs = {
        name: output for name, output in outputs.items() if not _mentions(output, resources.keys() - kept.keys())
    }
    return {"Resources": kept, "Outputs": kept_outputs}


def _mentions(value: object, names: Collection[str]) -> bool:
    text = json.dumps(value)
    return any(f'"{name}"' in text or f"${{{name}" in text for name in names)
