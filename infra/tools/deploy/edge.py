"""The stack in us-east-1 with a stage's certificate and firewall.

What a stage asks for is made before the distribution that needs it, and what it no longer asks for is removed after the
distribution has let go of it: neither a certificate nor a web ACL that is in use can be deleted.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from infra.edge_stack import REGION
from infra.settings import Settings, edge_stack_name
from infra.tools.console import ToolError, say, step
from infra.tools.deploy.account import Account
from infra.tools.deploy.stack import NEVER_CAME_TO_BE, Stack
from infra.tools.deploy.toolkit import Template

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

EVERY_SECONDS, AT_MOST_SECONDS = 5, 3600
RECORD = "Content of DNS Record is: "
"""With this CloudFormation tells what a domain's owner has to add to prove that it is theirs."""


def of(account: Account, stage: str) -> Stack:
    """Return the stack in us-east-1 of a stage in the account's region, whether it is there or not."""
    return Stack(at_the_edge(account), f"{stage}-edge-{account.region}")


def at_the_edge(account: Account) -> Account:
    """Return the account as it is in us-east-1."""
    return replace(account, region=REGION)


def deploy(account: Account, folder: Path, settings: Settings) -> Settings:
    """Make what an assembly asks for beside whatever there is; return the settings with its names.

    Raises:
        ToolError: it could not be made, or nobody has proved for an hour that the domain is theirs.
    """
    stack, template = of(account, settings.stage), asked(folder, settings)
    if not template:
        return settings
    formation: CloudFormationClient = at_the_edge(account).client("cloudformation")
    _wait(formation, stack)  # a certificate waits for its record for days, so an earlier deployment may still be at it
    _bring(formation, stack, _beside(template, stack))
    return named(settings, stack)


def settle(account: Account, stage: str, template: Template) -> None:
    """Leave what a stage has asked for and remove all else, now that the distribution has let go of it.

    Raises:
        ToolError: it could not be removed.
    """
    stack = of(account, stage)
    if not stack.description or (template and stack.template == template):
        return
    with step("Removing what the distribution no longer needs"):
        if template:
            _bring(at_the_edge(account).client("cloudformation"), stack, template)
        else:
            stack.remove()


def named(settings: Settings, stack: Stack) -> Settings:
    """Return the settings with what is in the stack now, where the stage asks for it."""
    made = stack.outputs
    return replace(
        settings,
        certificate_arn=made.get("CertificateArn", "") if settings.makes_certificate else settings.certificate_arn,
        web_acl_arn=made.get("WebAclArn", "") if settings.makes_firewall else settings.web_acl_arn,
    )


def asked(folder: Path, settings: Settings) -> Template:
    """Return the template of what the stage asks for; nothing where it asks for nothing."""
    if not (settings.makes_certificate or settings.makes_firewall):
        return {}
    template: Template = json.loads((folder / f"{edge_stack_name(settings.stage)}.template.json").read_text())
    return template


def _beside(template: Template, stack: Stack) -> Template:
    """Return a template with the resources that there are besides, which may be in use."""
    there = stack.template["Resources"] if stack.check_idle() else {}
    return template | {"Resources": there | template["Resources"]}


def _bring(formation: "CloudFormationClient", stack: Stack, template: Template) -> None:
    """Have the stack be as a template says, and wait for that."""
    body = json.dumps(template)
    if not stack.check_idle():
        stack.remove()  # what never came to be
        formation.create_stack(StackName=stack.name, TemplateBody=body)
    elif stack.template != template:
        formation.update_stack(StackName=stack.name, TemplateBody=body)
    _wait(formation, stack)
    if _status(stack) not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise ToolError(f"The stack {stack.name} in {REGION} could not be made; CloudFormation's console says why.")


def _wait(formation: "CloudFormationClient", stack: Stack) -> None:
    deadline, shown = monotonic() + AT_MOST_SECONDS, set[str]()
    while (status := _status(stack)).endswith("_IN_PROGRESS") and status not in NEVER_CAME_TO_BE:
        for record in _records(formation, stack.name):
            if record not in shown:
                shown.add(record)
                say(f"\n  Add this record to the domain's DNS; the certificate waits for it: {record}")
        if monotonic() > deadline:
            raise ToolError(f"The stack {stack.name} in {REGION} still waits; do it again once the record is there.")
        sleep(EVERY_SECONDS)


def _status(stack: Stack) -> str:
    return stack.status or "gone"


def _records(formation: "CloudFormationClient", name: str) -> Iterator[str]:
    for event in formation.describe_stack_events(StackName=name)["StackEvents"]:
        reason = event.get("ResourceStatusReason", "")
        if reason.startswith(RECORD):
            yield reason.removeprefix(RECORD)
