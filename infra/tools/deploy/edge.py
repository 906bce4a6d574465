"""The stack in us-east-1 with a stage's certificate and firewall, made before the distribution that needs them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from infra.edge_stack import REGION
from infra.settings import Settings, edge_stack_name
from infra.tools.console import Trouble, say
from infra.tools.deploy.account import Account
from infra.tools.deploy.stack import Stack

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
    """Make or change the stack as an assembly has it; return the settings with what is in it now.

    Raises:
        Trouble: it could not be made, or nobody has proved for an hour that the domain is theirs.
    """
    formation: CloudFormationClient = at_the_edge(account).client("cloudformation")
    stack = of(account, settings.stage)
    body = (folder / f"{edge_stack_name(settings.stage)}.template.json").read_text()
    if not _under_way(stack):
        _begin(formation, stack, body)
    _wait(formation, stack)
    made = stack.outputs
    return replace(
        settings,
        certificate_arn=made.get("CertificateArn", settings.certificate_arn),
        web_acl_arn=made.get("WebAclArn", settings.web_acl_arn),
    )


def _under_way(stack: Stack) -> bool:
    """A certificate waits for its record for days, so an earlier deployment may still be at it."""
    return _status(stack) == "CREATE_IN_PROGRESS"


def _begin(formation: "CloudFormationClient", stack: Stack, body: str) -> None:
    if not stack.check_idle():
        stack.remove()  # what never came to be
        formation.create_stack(StackName=stack.name, TemplateBody=body)
    elif stack.template != json.loads(body):
        formation.update_stack(StackName=stack.name, TemplateBody=body)


def _wait(formation: "CloudFormationClient", stack: Stack) -> None:
    deadline, told = monotonic() + AT_MOST_SECONDS, set[str]()
    while _status(stack).endswith("_IN_PROGRESS"):
        for record in _records(formation, stack.name):
            if record not in told:
                told.add(record)
                say(f"\n  Add this record to the domain's DNS; the certificate waits for it: {record}")
        if monotonic() > deadline:
            raise Trouble(f"The stack {stack.name} in {REGION} still waits; do it again once the record is there.")
        sleep(EVERY_SECONDS)
    if _status(stack) not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise Trouble(f"The stack {stack.name} in {REGION} could not be made; CloudFormation's console says why.")


def _status(stack: Stack) -> str:
    found = stack.description
    return str(found["StackStatus"]) if found else "gone"


def _records(formation: "CloudFormationClient", name: str) -> Iterator[str]:
    for event in formation.describe_stack_events(StackName=name)["StackEvents"]:
        reason = event.get("ResourceStatusReason", "")
        if reason.startswith(RECORD):
            yield reason.removeprefix(RECORD)
