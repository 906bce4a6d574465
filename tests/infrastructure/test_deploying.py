"""What is checked before anything is made, and what is said where something is missing."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from infra.settings import Settings
from infra.stages import STAGES
from infra.tools import diff
from infra.tools.console import ToolError
from infra.tools.deploy import account as accounts
from infra.tools.deploy import contacts, edge, toolkit
from infra.tools.deploy.account import check_edge, check_mail, check_region, concurrent_executions, fitted, signed_in
from infra.tools.deploy.adoption import only, physical_ids
from infra.tools.deploy.announcement import announce, of_concurrency
from infra.tools.deploy.confirmation import confirm
from infra.tools.deploy.kept import Kept, delete, empty
from moto import mock_aws
from tests.infrastructure.accounts import REGION, account
from tests.infrastructure.conftest import Synthesized

PROD = STAGES["prod"]


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this person's accounts is known."""
    for name in (
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_PROFILE",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "YES",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def program(folder: Path, name: str, text: str) -> Path:
    """A program of somebody else's as far as it matters here."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


def with_concurrency(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    class Lambda:
        def get_account_settings(self) -> dict[str, Any]:
            return {"AccountLimit": {"ConcurrentExecutions": limit}}

    monkeypatch.setattr(accounts.Account, "client", lambda *_: Lambda())


def test_without_a_region_it_says_how_to_choose_one() -> None:
    with pytest.raises(ToolError, match=r"aws configure.*AWS_REGION=eu-central-1"):
        signed_in()


def test_without_credentials_it_says_how_to_get_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", REGION)
    with pytest.raises(ToolError, match="aws configure"):
        signed_in()


def test_whose_credentials_they_are_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_REGION", REGION)
    with mock_aws():
        found = signed_in()
        assert (found.number, found.region, found.bootstrapped) == ("123456789012", REGION, False)


def test_a_bootstrapped_account_is_known() -> None:
    with mock_aws():
        account().client("ssm").put_parameter(Name=accounts.BOOTSTRAP_VERSION, Value="30", Type="String")
        assert account().bootstrapped


@pytest.mark.parametrize("region", ["eu-central-1", "us-east-1", "ap-southeast-2"])
def test_regions_with_all_that_is_needed_are_taken(region: str) -> None:
    check_region(account(region))


def test_a_region_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ToolError, match="no region moon-west-1"):
        check_region(account("moon-west-1"))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"certificate_arn": "arn:aws:acm:us-east-1:1:certificate/a"}, "certificate_arn but no domain_name"),
        ({"web_acl_arn": "arn:aws:wafv2:us-east-1:1:regional/webacl/a/b"}, "scope CLOUDFRONT"),
        ({"web_acl_arn": "arn:aws:wafv2:eu-central-1:1:global/webacl/a/b"}, "us-east-1"),
        (
            {"domain_name": "a.example.org", "certificate_arn": "arn:aws:acm:eu-central-1:1:certificate/a"},
            "us-east-1 only",
        ),
    ],
)
def test_certificate_and_firewall_have_to_be_where_cloudfront_looks(settings: dict[str, str], said: str) -> None:
    with pytest.raises(ToolError, match=said):
        check_edge(replace(PROD, **settings))  # type: ignore[arg-type]
    check_edge(PROD)
    check_edge(replace(PROD, domain_name="pictures.example.org", firewall=True))


def test_a_new_accounts_limit_is_explained_and_nothing_can_be_reserved_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with_concurrency(monkeypatch, 10)
    assert concurrent_executions(account(), replace(PROD, classify_concurrency=None)) == 10
    assert "no more than 10" in of_concurrency(10)
    with pytest.raises(ToolError, match="10 can't be reserved"):
        concurrent_executions(account(), replace(PROD, classify_concurrency=10))
    with_concurrency(monkeypatch, 1000)
    assert concurrent_executions(account(), replace(PROD, classify_concurrency=10)) == 1000


@pytest.mark.parametrize(("limit", "captions"), [(2, 2), (10, 4), (30, 14), (50, 20), (1000, 20)])
def test_captions_leave_more_than_half_of_a_new_accounts_calls_to_people(limit: int, captions: int) -> None:
    """Lambda calls a queue's function twice at once at the least."""
    assert fitted(PROD, limit).captioner_concurrency == captions
    assert f"at most {captions} of" in of_concurrency(limit) or limit > 40


class Ses:
    """Amazon SES, which knows some domains, and may write to everybody or to verified addresses alone."""

    def __init__(self, *verified: str, production: bool) -> None:
        self.verified, self.production = verified, production

    def get_email_identity(self, EmailIdentity: str) -> dict[str, bool]:  # noqa: N803 (boto3's own)
        if EmailIdentity not in self.verified:
            raise ClientError({"Error": {"Code": "NotFoundException", "Message": ""}}, "GetEmailIdentity")
        return {"VerifiedForSendingStatus": True}

    def get_account(self) -> dict[str, bool]:
        return {"ProductionAccessEnabled": self.production}


def test_a_sender_of_mails_has_to_be_known_to_ses(monkeypatch: pytest.MonkeyPatch) -> None:
    ses = Ses("example.org", production=False)
    monkeypatch.setattr(accounts.Account, "client", lambda *_: ses)
    assert check_mail(account(), PROD) is None
    with pytest.raises(ToolError, match=r"does not know example\.com"):
        check_mail(account(), replace(PROD, mail_from="gallery@example.com"))
    assert "production access" in (check_mail(account(), replace(PROD, mail_from="gallery@example.org")) or "")
    ses.production = True
    assert check_mail(account(), replace(PROD, mail_from="gallery@example.org")) is None


DEPLOYED = {
    "Resources": {
        "Mail": {
            "Type": "AWS::SNS::Subscription",
            "Properties": {"Protocol": "email", "Endpoint": "ada@example.org"},
        },
        "Budget": {"Type": "AWS::Budgets::Budget", "Properties": {"Budget": {"BudgetLimit": {"Amount": 12.5}}}},
    }
}


def test_whoever_deploys_is_asked_for_an_address_and_a_budget_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALARMS_EMAIL", "BUDGET"):
        monkeypatch.delenv(name, raising=False)
    answers = iter(["ada@example.org", "", "none", "none"])
    monkeypatch.setattr("builtins.input", lambda: next(answers))
    asked = contacts.known(PROD, {}, ask=True)
    assert (asked.alarms_email, asked.monthly_budget) == ("ada@example.org", 10)
    refused = contacts.known(PROD, {}, ask=True)
    assert (refused.alarms_email, refused.monthly_budget) == ("", None)
    assert len(list(contacts.warnings(refused))) == 2
    assert list(contacts.warnings(asked)) == []
    kept = contacts.known(PROD, DEPLOYED, ask=True)
    assert (kept.alarms_email, kept.monthly_budget) == ("ada@example.org", 12.5)
    assert next(answers, "nobody was asked again") == "nobody was asked again"


def test_a_build_server_names_them_and_a_stage_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALARMS_EMAIL", "ben@example.org")
    monkeypatch.setenv("BUDGET", "none")
    found = contacts.known(PROD, DEPLOYED, ask=False)
    assert (found.alarms_email, found.monthly_budget) == ("ben@example.org", None)
    own = contacts.known(replace(PROD, alarms_email="cleo@example.org", monthly_budget=5), DEPLOYED, ask=False)
    assert (own.alarms_email, own.monthly_budget) == ("cleo@example.org", 5)


@pytest.mark.parametrize(("name", "value"), [("ALARMS_EMAIL", "ada"), ("BUDGET", "much"), ("BUDGET", "-1")])
def test_what_is_no_address_and_no_budget_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ToolError):
        contacts.known(PROD, {}, ask=False)


def test_a_difference_is_shown_with_what_there_is_in_us_east_1(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without certificate and firewall the distribution would seem to lose its domain and its firewall."""
    there = {"CertificateArn": "arn:aws:acm:us-east-1:1:certificate/a", "WebAclArn": "arn:aws:wafv2:us-east-1:1:b"}
    monkeypatch.setattr(diff, "Stack", lambda *_: SimpleNamespace(description=None))
    monkeypatch.setattr(edge, "of", lambda *_: SimpleNamespace(description={"StackStatus": "ok"}, outputs=there))
    with_concurrency(monkeypatch, 10)
    settings = replace(PROD, domain_name="pictures.example.org", firewall=True)
    found = diff.as_deployed(account(), settings)
    assert (found.certificate_arn, found.web_acl_arn) == tuple(there.values())
    environments: list[dict[str, str]] = []
    monkeypatch.setattr(toolkit, "_run", lambda _, environment, __: environments.append(environment))
    toolkit.synthesize(found)
    context = json.loads(environments[0]["CDK_CONTEXT_JSON"])
    assert context["certificate_arn"] == there["CertificateArn"]
    assert (context["captioner_concurrency"], context["domain_name"]) == (4, "pictures.example.org")
    assert "requests_per_second" not in context, "what the stage's file says is said once"


class SlowTable:
    """A table as DynamoDB describes it: for a while after its protection was changed it is updating."""

    def __init__(self) -> None:
        self.updating, self.protected, self.there = 0, True, True

    def describe_table(self, TableName: str) -> dict[str, Any]:  # noqa: N803
        if not self.there:
            raise self._error("ResourceNotFoundException")
        self.updating = max(0, self.updating - 1)
        status = "UPDATING" if self.updating else "ACTIVE"
        return {"Table": {"TableName": TableName, "TableStatus": status, "DeletionProtectionEnabled": self.protected}}

    def update_table(self, TableName: str, DeletionProtectionEnabled: bool) -> None:  # noqa: ARG002, N803
        if DeletionProtectionEnabled == self.protected:
            raise self._error("ValidationException")
        self.protected, self.updating = DeletionProtectionEnabled, 3

    def delete_table(self, TableName: str) -> None:  # noqa: ARG002, N803
        if self.updating or self.protected:
            raise self._error("ResourceInUseException")
        self.there = False

    def get_waiter(self, name: str) -> SimpleNamespace:
        def wait(TableName: str, WaiterConfig: dict[str, int]) -> None:  # noqa: N803, ARG001
            while name == "table_exists" and self.describe_table(TableName)["Table"]["TableStatus"] != "ACTIVE":
                pass

        return SimpleNamespace(wait=wait)

    def _error(self, code: str) -> ClientError:
        return ClientError({"Error": {"Code": code, "Message": ""}}, "AnyOperation")


def test_a_table_is_deleted_only_once_its_protection_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """UpdateTable is asynchronous, and DeleteTable of a table that is being updated a ResourceInUseException."""
    table = SlowTable()
    monkeypatch.setattr(accounts.Account, "client", lambda *_: table)
    for _ in range(2):  # and again, for whoever was interrupted
        delete(account(), Kept(tables=("catalog",), buckets=(), pools=()))
        assert not table.there
    table.there, table.protected = True, False
    delete(account(), Kept(tables=("catalog",), buckets=(), pools=()))
    assert not table.there


def test_what_the_cdk_says_last_is_shown_where_it_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(toolkit, "CDK", program(tmp_path, "cdk", "echo no such role >&2; exit 1"))
    with pytest.raises(ToolError, match=r"(?s)could not be deployed; build/logs/cdk-deploy.log says why.*no such role"):
        toolkit.deploy(account(), tmp_path, PROD, "docker")


def test_the_cdk_gets_the_stage_the_region_and_the_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = tmp_path / "said"
    monkeypatch.setattr(toolkit, "CDK", program(tmp_path, "cdk", f'echo "$@" $AWS_REGION $CDK_DOCKER >> {said}'))
    toolkit.bootstrap(account())
    toolkit.deploy(account(), tmp_path, PROD, "podman")
    first, second = said.read_text().splitlines()
    assert first.startswith("bootstrap aws://123456789012/eu-central-1")
    assert "NeuralGallery-prod" in second
    assert second.endswith("eu-central-1 podman")


def test_everything_is_announced_before_anybody_is_asked(cloud: Synthesized) -> None:
    with mock_aws():
        said = "\n".join(announce(account(), PROD, cloud.content, there=False))
    assert "made in account 123456789012, region eu-central-1" in said
    assert "CDKToolkit" in said
    assert "people with an account upload" in said
    assert "$0.08 for 1000 pictures" in said
    assert "SnapStart" not in said


@pytest.mark.parametrize(("answer", "taken"), [("yes", True), (" yes ", True), ("y", False), ("", False)])
def test_only_a_clear_yes_goes_ahead(monkeypatch: pytest.MonkeyPatch, answer: str, taken: bool) -> None:
    monkeypatch.setattr("builtins.input", lambda: answer)
    if taken:
        confirm("Go ahead?", "yes")
    else:
        with pytest.raises(ToolError, match="Nothing was changed"):
            confirm("Go ahead?", "yes")


def end_of_input() -> str:
    raise EOFError


def test_where_nobody_answers_it_says_how_to_say_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", end_of_input)
    with pytest.raises(ToolError, match="YES=1"):
        confirm("Go ahead?", "yes")
    monkeypatch.setenv("YES", "1")
    confirm("Go ahead?", "yes")


def test_a_bucket_is_emptied_of_every_version_of_more_objects_than_one_page_has() -> None:
    with mock_aws():
        s3 = account().client("s3")
        s3.create_bucket(Bucket="full", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket="full", VersioningConfiguration={"Status": "Enabled"})
        for number in range(1005):
            s3.put_object(Bucket="full", Key=str(number), Body=b"")
        s3.put_object(Bucket="full", Key="0", Body=b"again")
        s3.delete_object(Bucket="full", Key="1")
        empty(account(), "full")
        s3.delete_bucket(Bucket="full")


def test_what_is_taken_over_needs_nothing_that_is_not_there_yet(cloud: Synthesized) -> None:
    names = ("media", "site", "access-log")
    kept = Kept(
        tables=("neural-gallery-prod-catalog",),
        buckets=tuple(f"neural-gallery-prod-{name}-123456789012-eu-central-1" for name in names),
        pools=("eu-central-1_abc",),
    )
    found = physical_ids(cloud.content, kept)
    assert sorted(found.values()) == sorted([*kept.tables, *kept.buckets, *kept.pools])
    template = only(cloud.content, found)
    assert {each["DeletionPolicy"] for each in template["Resources"].values()} == {"Retain"}
    others = cloud.content["Resources"].keys() - found.keys()
    assert [name for name in others if f'"{name}"' in str(template).replace("'", '"')] == []


def test_of_two_user_pools_none_is_taken_by_chance(cloud: Synthesized) -> None:
    with pytest.raises(ToolError, match="several user pools"):
        physical_ids(cloud.content, Kept(tables=(), buckets=(), pools=("a", "b")))


def test_every_stage_file_is_a_stage_of_its_name() -> None:
    assert all(isinstance(each, Settings) and each.stage == name for name, each in STAGES.items())
