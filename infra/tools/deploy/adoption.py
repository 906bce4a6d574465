"""Take what an earlier stack of a stage left behind into a new one, by CloudFormation's import of existing resources.

An import takes nothing but resources that exist, so the stack first has these alone; the deployment that follows adds
everything else to it.
"""

import json
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import WaiterError

from infra.settings import stack_name
from infra.tools.console import ToolError
from infra.tools.deploy.account import Account
from infra.tools.deploy.kept import Kept
from infra.tools.deploy.toolkit import Template

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import ResourceToImportTypeDef

IDENTIFIERS = {
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::Cognito::UserPool": "UserPoolId",
}
"""By what CloudFormation tells resources of a type apart."""


def adopt(account: Account, stage: str, template: Template, kept: Kept) -> None:
    """Make a stack of what is kept.

    Raises:
        ToolError: CloudFormation does not take it.
    """
    formation: CloudFormationClient = account.client("cloudformation")
    adopted = physical_ids(template, kept)
    # A name of its own, so that one left from an interrupted deployment is in nobody's way.
    stack, change = stack_name(stage), f"adopt-{secrets.token_hex(4)}"
    formation.create_change_set(
        StackName=stack,
        ChangeSetName=change,
        ChangeSetType="IMPORT",
        TemplateBody=json.dumps(only(template, adopted)),
        ResourcesToImport=[_to_import(template, logical, physical) for logical, physical in adopted.items()],
    )
    try:
        formation.get_waiter("change_set_create_complete").wait(
            StackName=stack, ChangeSetName=change, WaiterConfig={"Delay": 2}
        )
        made = formation.describe_change_set(StackName=stack, ChangeSetName=change)
        if made["ExecutionStatus"] != "AVAILABLE":
            raise ToolError(f"CloudFormation does not take over what is there: {made.get('StatusReason')}.")
        formation.execute_change_set(StackName=stack, ChangeSetName=change)
        formation.get_waiter("stack_import_complete").wait(StackName=stack, WaiterConfig={"Delay": 2})
    except WaiterError as error:
        raise ToolError(f"CloudFormation does not take over what is there: {error}.") from error


def _to_import(template: Template, logical: str, physical: str) -> "ResourceToImportTypeDef":
    kind = template["Resources"][logical]["Type"]
    return {
        "ResourceType": kind,
        "LogicalResourceId": logical,
        "ResourceIdentifier": {IDENTIFIERS[kind]: physical},
    }


def physical_ids(template: Template, kept: Kept) -> dict[str, str]:
    """Return logical name in the template → name or id of what is there.

    Raises:
        ToolError: there are two user pools of the stage, and only one of them can be the gallery's.
    """
    if len(kept.pools) > 1:
        raise ToolError(f"There are several user pools of this stage ({', '.join(kept.pools)}); delete all but one.")
    resources: dict[str, Any] = template["Resources"]
    named = {
        logical: _named(resource, kept) for logical, resource in resources.items() if resource["Type"] in IDENTIFIERS
    }
    return {logical: name for logical, name in named.items() if name}


def _named(resource: dict[str, Any], kept: Kept) -> str | None:
    """Return the name or id of what is there of a resource; account and region in its name may still be references."""
    if resource["Type"] == "AWS::Cognito::UserPool":
        return next(iter(kept.pools), None)
    if resource["Type"] == "AWS::DynamoDB::GlobalTable":
        return next((name for name in kept.tables if name == resource["Properties"]["TableName"]), None)
    beginning: str = resource["Properties"]["BucketName"]["Fn::Join"][1][0]
    return next((name for name in kept.buckets if name.startswith(beginning)), None)


def only(template: Template, ids: dict[str, str]) -> Template:
    """Return the template with these resources alone, less whatever of them refers to others."""
    resources: dict[str, Any] = template["Resources"]
    others = resources.keys() - ids.keys()
    return {"Resources": {logical: _alone(resources[logical], ids[logical], others) for logical in ids}}


def _alone(resource: dict[str, Any], physical: str, others: Iterable[str]) -> dict[str, Any]:
    kept = {name: value for name, value in resource["Properties"].items() if not _mentions(value, others)}
    identifier = IDENTIFIERS[resource["Type"]]
    named = {identifier: physical} if identifier in kept else {}
    return {
        "Type": resource["Type"],
        "Properties": kept | named,
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
    }


def _mentions(value: object, names: Iterable[str]) -> bool:
    text = json.dumps(value)
    return any(f'"{name}"' in text for name in names)
