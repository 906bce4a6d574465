"""A stage's CloudFormation stack as it stands."""

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, WaiterError

from infra.settings import stack_name
from infra.tools.console import ToolError
from infra.tools.deploy.account import Account
from infra.tools.deploy.toolkit import Template

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef

NEVER_CAME_TO_BE = ("REVIEW_IN_PROGRESS", "CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED")
"""With a stack in such a state CloudFormation does nothing but delete it; what it retains outlives that."""
CAN_BE_STOPPED = ("REVIEW_IN_PROGRESS", "CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS")
"""Changes that a deletion puts an end to: a certificate may wait for its record for days."""
EVERY_SECONDS, AT_MOST = 5, 720
"""A distribution takes minutes to go; an hour is more than enough."""


class Stack:
    """The stack of one stage in an account."""

    def __init__(self, account: Account, stage: str) -> None:
        self.name = stack_name(stage)
        self._formation: CloudFormationClient = account.client("cloudformation")

    @property
    def description(self) -> "StackTypeDef | None":
        """What CloudFormation says of it; None where there is none."""
        try:
            description = self._formation.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise
        return None if description["StackStatus"] == "DELETE_COMPLETE" else description

    def check_idle(self) -> bool:
        """Return whether there is one that may be changed now.

        Raises:
            ToolError: something else changes it at the moment, or an earlier change left it in a state to be mended.
        """
        status = self.status
        if status in NEVER_CAME_TO_BE:
            return False
        if status.endswith("_IN_PROGRESS"):
            raise self._changing(status)
        if status.endswith("_FAILED"):
            raise ToolError(
                f"The stack {self.name} is left as {status}; mend what CloudFormation's console says, then "
                f"`aws cloudformation continue-update-rollback --stack-name {self.name}` and try again."
            )
        return bool(status)

    @property
    def status(self) -> str:
        """Its state in CloudFormation's words; empty where there is none."""
        description = self.description
        return description["StackStatus"] if description else ""

    @property
    def outputs(self) -> dict[str, str]:
        """What the stack tells about itself."""
        description = self.description
        outputs = description.get("Outputs", []) if description else []
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    @property
    def template(self) -> Template:
        """The template that it was last changed to."""
        body: Any = self._formation.get_template(StackName=self.name)["TemplateBody"]
        template: Template = json.loads(body) if isinstance(body, str) else body
        return template

    def remove(self) -> None:
        """Delete the stack and wait until it is gone; where that is under way already, wait.

        Raises:
            ToolError: something of it can't be deleted, or something else changes it at the moment.
        """
        description = self.description
        if not description:
            return
        status = description["StackStatus"]
        if status.endswith("_IN_PROGRESS") and status not in CAN_BE_STOPPED:
            raise self._changing(status)
        whole = description["StackId"]
        self._formation.delete_stack(StackName=whole)
        try:
            waiter = self._formation.get_waiter("stack_delete_complete")
            waiter.wait(StackName=whole, WaiterConfig={"Delay": EVERY_SECONDS, "MaxAttempts": AT_MOST})
        except WaiterError as error:
            raise ToolError(f"The stack {self.name} could not be removed: {self._reason(whole)}") from error

    def _changing(self, status: str) -> ToolError:
        return ToolError(f"The stack {self.name} is being changed ({status}); wait until that is done and try again.")

    def _reason(self, whole: str) -> str:
        events = self._formation.describe_stack_events(StackName=whole)["StackEvents"]
        failed = [event for event in events if event.get("ResourceStatus", "").endswith("FAILED")]
        reasons = [f"{event.get('LogicalResourceId')}: {event.get('ResourceStatusReason')}" for event in failed]
        return reasons[-1] if reasons else "CloudFormation gives no reason."
