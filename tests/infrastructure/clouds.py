"""An account of AWS as far as deploying and removing a gallery goes, which can be left between any two changes.

Buckets, tables and parameters are moto's. CloudFormation answers as AWS documents it: a stack whose creation
failed can only be deleted, retained resources outlive their stack, an import takes what exists, and neither a
certificate nor a web ACL is deleted while a distribution uses it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from infra.edge_stack import REGION as EDGE_REGION
from infra.settings import Settings, edge_stack_name, stack_name
from infra.tools import destroy as destroying
from infra.tools.console import ToolError
from infra.tools.deploy import __main__ as deploying
from infra.tools.deploy import account as accounts
from infra.tools.deploy import edge, toolkit
from infra.tools.deploy.account import BOOTSTRAP_VERSION, Account
from moto import mock_aws
from tests.infrastructure.accounts import REGION

NUMBER = "123456789012"
Resources = dict[str, Any]
DATA = {"AWS::S3::Bucket", "AWS::DynamoDB::GlobalTable", "AWS::Cognito::UserPool"}
DONE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"}
DEAD = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}


class Killed(BaseException):
    """The process ends here, as with SIGKILL: nothing catches it."""


@dataclass
class Stack:
    """A stack as CloudFormation keeps it."""

    status: str
    template: Resources = field(default_factory=lambda: {"Resources": {}})
    physical: dict[str, str] = field(default_factory=dict)
    """Logical → physical name of what holds data and is the stack's."""
    importing: dict[str, str] = field(default_factory=dict)


@dataclass
class Cloud:
    """One account; `left` counts down to the call before which the process is killed, None lets it live."""

    folder: Path
    settings: Settings
    left: int | None = None
    fails_once: bool = False
    """Whether the next creation of the gallery's stack fails, for a quota, say."""
    stacks: dict[tuple[str, str], Stack] = field(default_factory=dict)
    """(region, name) → stack."""
    orphans: list[str] = field(default_factory=list)
    generations: list[str] = field(default_factory=list)
    """Of the distribution's secret, as it was sent after each deployment."""
    pools: dict[str, Resources] = field(default_factory=dict)
    """Id → user pool."""

    def __post_init__(self) -> None:
        self.session = boto3.Session("testing", "testing", region_name=REGION)
        self.session.events.register("before-call", self._of_boto)

    def _of_boto(self, model: Any, **_: Any) -> None:  # noqa: ANN401 (botocore's hook)
        if not model.name.startswith(("Describe", "Get", "Head", "List")):
            self.call()

    def call(self) -> None:
        """Count a call that changes something, or die before it.

        A process that is killed before a call which only reads leaves what it leaves before the next that changes.
        """
        if self.left is not None:
            if self.left == 0:
                raise Killed
            self.left -= 1

    @property
    def account(self) -> Account:
        """Whoever deploys, in a new process each time: nothing is known of what was there."""
        return Account(self.session, NUMBER, "me", REGION)

    @property
    def gallery(self) -> Stack | None:
        """The gallery's own stack."""
        return self.stacks.get((REGION, stack_name(self.settings.stage)))

    @property
    def edge(self) -> Resources:
        """What there is in us-east-1, by logical name."""
        found = [each.template["Resources"] for (region, _), each in self.stacks.items() if region == EDGE_REGION]
        return {name: each for resources in found for name, each in resources.items()}

    @property
    def used_at_the_edge(self) -> set[str]:
        """What of us-east-1 the distribution uses, by the ARN that its template has."""
        text = json.dumps(self.gallery.template) if self.gallery else ""
        return {name for name in self.edge if f"/{name}" in text}

    def assembly(self, settings: Settings) -> Path:
        """Write what a synthesis would, with the data of the real template alone, and return the folder."""
        template = json.loads((self.folder / f"{stack_name(settings.stage)}.template.json").read_text())
        kept = {name: each for name, each in template["Resources"].items() if each["Type"] in DATA}
        distribution = {"Certificate": settings.certificate_arn, "WebACLId": settings.web_acl_arn}
        kept["Distribution"] = {"Type": "AWS::CloudFront::Distribution", "Properties": distribution}
        target = self.folder.parent / "made"
        target.mkdir(exist_ok=True)
        (target / f"{stack_name(settings.stage)}.template.json").write_text(
            json.dumps({"Resources": kept} | {"Generation": str(settings.origin_secret_sent)})
        )
        at_the_edge: Resources = {}
        if settings.makes_certificate:
            name = f"Certificate{settings.domain_name.partition('.')[0]}"
            at_the_edge[name] = {"Type": "AWS::CertificateManager::Certificate", "Properties": {}}
        if settings.makes_firewall:
            at_the_edge["Firewall"] = {"Type": "AWS::WAFv2::WebACL", "Properties": {}}
        outputs = {kind: {"Value": name} for name in at_the_edge for kind in [_output(name)]}
        body = {"Resources": at_the_edge, "Outputs": outputs}
        (target / f"{edge_stack_name(settings.stage)}.template.json").write_text(json.dumps(body))
        return target

    def bootstrap(self, account: Account) -> None:
        """What `cdk bootstrap` does."""
        self.call()
        account.client("ssm").put_parameter(Name=BOOTSTRAP_VERSION, Value="30", Type="String", Overwrite=True)

    def deploy(self, _account: Account, folder: Path, settings: Settings, _engine: str | None) -> None:
        """What `cdk deploy` does: a change set, which it executes; CloudFormation goes on without it."""
        self.call()
        name = (REGION, stack_name(settings.stage))
        there = self.stacks.setdefault(name, Stack("REVIEW_IN_PROGRESS"))
        self.call()
        if there.status in DEAD:
            raise AssertionError(f"{there.status}: a change set is refused")
        new, wanted = there.status == "REVIEW_IN_PROGRESS", toolkit.template_in(folder, settings.stage)
        self._change(there, wanted, new=new)
        self.call()
        if there.status not in DONE:
            raise ToolError("The gallery could not be deployed")

    def _change(self, stack: Stack, wanted: Resources, *, new: bool) -> None:
        """Make what is not there; what has a fixed name and is there already fails the whole, and is retained."""
        try:
            for logical, each in wanted["Resources"].items():
                if each["Type"] in DATA and logical not in stack.physical:
                    stack.physical[logical] = self._make(each)
        except ClientError:
            self.fails_once = True
        if self.fails_once:
            self.fails_once = False
            stack.status = "ROLLBACK_COMPLETE" if new else "UPDATE_ROLLBACK_COMPLETE"
            return
        stack.status = "CREATE_COMPLETE" if new else "UPDATE_COMPLETE"
        stack.template = wanted
        self.generations.append(wanted["Generation"])

    def _make(self, resource: Resources) -> str:
        client, properties = _client, resource["Properties"]
        if resource["Type"] == "AWS::S3::Bucket":
            bucket = "".join(_resolved(each) for each in properties["BucketName"]["Fn::Join"][1])
            client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
            return bucket
        if resource["Type"] == "AWS::Cognito::UserPool":
            pool = f"{REGION}_{len(self.pools)}"
            self.pools[pool] = {"Id": pool, "Name": properties["UserPoolName"], "DeletionProtection": "ACTIVE"}
            return pool
        client("dynamodb").create_table(
            TableName=properties["TableName"],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            DeletionProtectionEnabled=True,
        )
        return str(properties["TableName"])


@cache
def _client(service: str) -> Any:  # noqa: ANN401 (which one it is, only its user knows)
    """CloudFormation's own client of a service, whose calls are nobody's who deploys; made once, as that takes long."""
    make: Callable[..., Any] = boto3.Session("testing", "testing", region_name=REGION).client
    return make(service)


def _resolved(part: Any) -> str:  # noqa: ANN401 (a text or a reference)
    return part if isinstance(part, str) else {"AWS::AccountId": NUMBER, "AWS::Region": REGION}[part["Ref"]]


def _output(logical: str) -> str:
    return "WebAclArn" if logical == "Firewall" else "CertificateArn"


def _refuse(message: str, code: str = "ValidationError") -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": message}}, "AnyOperation")


class Pools:
    """Cognito as far as pools go."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud

    def get_paginator(self, _name: str) -> "Pools":
        return self

    def paginate(self, **_: Any) -> list[Resources]:  # noqa: ANN401
        return [{"UserPools": list(self.cloud.pools.values())}]

    def describe_user_pool(self, UserPoolId: str) -> Resources:  # noqa: N803
        return {"UserPool": self._pool(UserPoolId)}

    def update_user_pool(self, UserPoolId: str, DeletionProtection: str) -> None:  # noqa: N803
        self.cloud.call()
        self._pool(UserPoolId)["DeletionProtection"] = DeletionProtection

    def delete_user_pool(self, UserPoolId: str) -> None:  # noqa: N803
        self.cloud.call()
        if self._pool(UserPoolId)["DeletionProtection"] == "ACTIVE":
            raise _refuse("protected", "InvalidParameterException")
        del self.cloud.pools[UserPoolId]

    def _pool(self, pool: str) -> Resources:
        if pool not in self.cloud.pools:
            raise _refuse("none", "ResourceNotFoundException")
        found: Resources = self.cloud.pools[pool]
        return found


class Formation:
    """CloudFormation in one region."""

    def __init__(self, cloud: Cloud, region: str) -> None:
        self.cloud, self.region = cloud, region

    def _stack(self, name: str) -> Stack:
        found = self.cloud.stacks.get((self.region, name.rpartition("/")[2]))
        if found is None:
            raise _refuse(f"Stack with id {name} does not exist")
        return found

    def describe_stacks(self, StackName: str) -> Resources:  # noqa: N803 (boto3's own)
        found = self._stack(StackName)
        if self.region == EDGE_REGION:
            outputs = {key: each["Value"] for key, each in found.template.get("Outputs", {}).items()}
            told = {key: f"arn:aws:x:us-east-1:1:y/{name}" for key, name in outputs.items()}
        else:
            bucket = next((name for name in found.physical.values() if "-site-" in name), "")
            generation = found.template.get("Generation", "0")
            told = {
                "OriginSecretGeneration": generation,
                "SiteBucketName": bucket,
                "DistributionId": "D1",
                "SiteUrl": "https://d1.cloudfront.net",
            }
        outputs_of = [{"OutputKey": key, "OutputValue": value} for key, value in told.items()]
        return {"Stacks": [{"StackId": f"arn/{StackName}", "StackStatus": found.status, "Outputs": outputs_of}]}

    def describe_stack_events(self, **_: str) -> Resources:
        return {"StackEvents": []}

    def get_template(self, StackName: str) -> Resources:  # noqa: N803
        return {"TemplateBody": self._stack(StackName).template}

    def create_stack(self, StackName: str, TemplateBody: str) -> None:  # noqa: N803
        self.cloud.call()
        if (self.region, StackName) in self.cloud.stacks:
            raise _refuse("exists", "AlreadyExistsException")
        self.cloud.stacks[self.region, StackName] = Stack("CREATE_COMPLETE", json.loads(TemplateBody))

    def update_stack(self, StackName: str, TemplateBody: str) -> None:  # noqa: N803
        self.cloud.call()
        stack, template = self._stack(StackName), json.loads(TemplateBody)
        if stack.status not in DONE:
            raise _refuse(f"Stack is in {stack.status} state and can not be updated.")
        if stack.template == template:
            raise _refuse("No updates are to be performed.")
        removed = stack.template["Resources"].keys() - template["Resources"].keys()
        self.cloud.orphans += sorted(removed & self.cloud.used_at_the_edge)
        stack.template, stack.status = template, "UPDATE_COMPLETE"

    def delete_stack(self, StackName: str) -> None:  # noqa: N803
        self.cloud.call()
        stack = self._stack(StackName)
        name = (self.region, StackName.rpartition("/")[2])
        in_use = stack.template["Resources"].keys() & self.cloud.used_at_the_edge
        if self.region == EDGE_REGION and in_use:
            stack.status = "DELETE_FAILED"
        else:
            del self.cloud.stacks[name]

    def create_change_set(
        self,
        StackName: str,  # noqa: N803
        TemplateBody: str,  # noqa: N803
        ResourcesToImport: list[Resources],  # noqa: N803
        **_: str,
    ) -> None:
        self.cloud.call()
        stack = self.cloud.stacks.setdefault((self.region, StackName), Stack("REVIEW_IN_PROGRESS"))
        if stack.status in DEAD:
            raise _refuse(f"Stack:{StackName} is in {stack.status} state and can not be updated.")
        stack.importing = {
            each["LogicalResourceId"]: next(iter(each["ResourceIdentifier"].values())) for each in ResourcesToImport
        }
        stack.template = json.loads(TemplateBody)

    def describe_change_set(self, **_: str) -> Resources:
        return {"ExecutionStatus": "AVAILABLE"}

    def execute_change_set(self, StackName: str, **_: str) -> None:  # noqa: N803
        self.cloud.call()
        stack = self._stack(StackName)
        stack.physical, stack.importing = stack.importing, {}
        stack.status = "IMPORT_COMPLETE"

    def get_waiter(self, _name: str) -> "Formation":
        return self

    def wait(self, **_: Any) -> None:  # noqa: ANN401
        """All that takes minutes is done at once."""


@contextmanager
def running(folder: Path, settings: Settings, patch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """An empty account, in which the commands of an owner do what they do in a real one."""
    page = folder.parent / "page"
    page.mkdir(exist_ok=True)
    (page / "index.html").write_text("<html>")
    cloud = Cloud(folder, settings)
    client: Callable[[Account, str], Any] = cache(accounts.Account.client)

    def client_of(account: Account, service: str) -> Any:  # noqa: ANN401
        if service == "cognito-idp":
            return Pools(cloud)
        return Formation(cloud, account.region) if service == "cloudformation" else client(account, service)

    with mock_aws():
        patch.setattr(accounts.Account, "client", client_of)
        patch.setattr(deploying, "signed_in", lambda: cloud.account)
        patch.setattr(destroying, "signed_in", lambda: cloud.account)
        patch.setattr(deploying, "concurrent_executions", lambda *_: 10)
        patch.setattr(deploying, "_check_machine", lambda: None)
        patch.setattr(deploying, "PAGE", page)
        patch.setattr(deploying, "smoke", lambda *_: cloud.call())
        patch.setattr(deploying, "answers", lambda _: True)
        patch.setattr(deploying, "_distribution", lambda *_: "d1.cloudfront.net")
        patch.setattr(toolkit, "synthesize", cloud.assembly)
        patch.setattr(toolkit, "bootstrap", cloud.bootstrap)
        patch.setattr(toolkit, "deploy", cloud.deploy)
        patch.setattr(edge, "EVERY_SECONDS", 0)
        patch.setenv("YES", "1")
        yield cloud
