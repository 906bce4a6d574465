"""Deploy a template to the emulator the way CloudFormation is used by hand: assets first, then the stack."""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from infra.local.assembly import Assembly, Template, pack
from infra.local.cloud import Cloud
from infra.local.settings import ACCOUNT, REGION, STACK
from infra.tools.console import ToolError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_s3 import S3Client

ASSET_BUCKET = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version"
SECONDS = 120

Outputs = dict[str, str]


def deploy(cloud: Cloud, assembly: Assembly) -> Outputs:
    """Bring the emulator to what the assembly says; return the stack's outputs.

    Raises:
        ToolError: the stack could not be made or changed.
    """
    _bootstrap(cloud)
    _upload(cloud, {key: pack(asset) for key, asset in assembly.assets.items() if not _has(cloud, key)})
    return apply(cloud, assembly.template)


def apply(cloud: Cloud, template: Template) -> Outputs:
    """Create or update the stack.

    Raises:
        ToolError: CloudFormation says no.
    """
    formation: CloudFormationClient = cloud.client("cloudformation")
    status = _status(formation)
    if status in ("ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED"):  # never came to be
        formation.delete_stack(StackName=STACK)
        status = _settled(formation)
    change = formation.update_stack if status and status != "DELETE_COMPLETE" else formation.create_stack
    cloud.client("s3").put_object(Bucket=ASSET_BUCKET, Key="template.json", Body=json.dumps(template).encode())
    try:
        change(
            StackName=STACK,
            TemplateURL=f"{cloud.settings.endpoint}/{ASSET_BUCKET}/template.json",
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
        )
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise ToolError(f"The template was refused: {error.response['Error']['Message']}.") from error
    if _settled(formation) not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise ToolError(f"The gallery could not be deployed: {_reason(formation)}")
    return outputs(cloud)


def outputs(cloud: Cloud) -> Outputs:
    """What the stack tells about itself."""
    formation: CloudFormationClient = cloud.client("cloudformation")
    stack = formation.describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def upload_asset(cloud: Cloud, key: str, content: bytes) -> None:
    """Put one asset where templates find it."""
    _upload(cloud, {key: content})


def _bootstrap(cloud: Cloud) -> None:
    s3: S3Client = cloud.client("s3")
    try:
        s3.head_bucket(Bucket=ASSET_BUCKET)
    except ClientError:
        s3.create_bucket(Bucket=ASSET_BUCKET)
    cloud.client("ssm").put_parameter(Name=BOOTSTRAP_VERSION, Value="30", Type="String", Overwrite=True)


def _has(cloud: Cloud, key: str) -> bool:
    s3: S3Client = cloud.client("s3")
    try:
        s3.head_object(Bucket=ASSET_BUCKET, Key=key)
    except ClientError:
        return False
    return True


def _upload(cloud: Cloud, contents: Mapping[str, bytes]) -> None:
    s3: S3Client = cloud.client("s3")
    for key, content in contents.items():
        s3.put_object(Bucket=ASSET_BUCKET, Key=key, Body=content)


def _status(formation: "CloudFormationClient") -> str:
    try:
        return formation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]
    except ClientError:
        return ""


def _settled(formation: "CloudFormationClient") -> str:
    deadline = time.monotonic() + SECONDS
    while (status := _status(formation)).endswith("IN_PROGRESS") and time.monotonic() < deadline:
        time.sleep(0.05)
    return status


def _reason(formation: "CloudFormationClient") -> str:
    events: list[Any] = formation.describe_stack_events(StackName=STACK)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
    first = failed[-1] if failed else {}
    return f"{first.get('LogicalResourceId', STACK)}: {first.get('ResourceStatusReason', 'no reason was given')}."
