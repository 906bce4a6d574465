"""Deploying a stage, trying it and removing it, with the commands that a real account gets, on the emulator."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from infra.app import new_app, synthesize
from infra.local import deployment
from infra.local.assembly import Assembly
from infra.settings import stack_name
from infra.stages import STAGES
from infra.tools import console, smoke
from infra.tools.console import ToolError
from infra.tools.deploy.adoption import adopt
from infra.tools.deploy.kept import delete, find
from infra.tools.deploy.stack import Stack
from infra.tools.deploy.toolkit import CDK
from infra.tools.publish import PAGE
from tests.bare_cloud import BareCloud, bare_cloud
from tests.local_cloud import eventually
from tests.photographs import needs_model

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.long,
    # Each starts the CDK's command line up to three times, which a busy machine takes minutes for.
    pytest.mark.timeout(900),
    pytest.mark.skipif(not CDK.exists(), reason="needs the CDK's command line: npm ci --prefix infra"),
    pytest.mark.skipif(not (PAGE / "index.html").exists(), reason="needs the page: npm --prefix frontend run build"),
]

LOCAL = STAGES["local"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareCloud]:
    with bare_cloud(Path(tmp_path_factory.mktemp("bare"))) as cloud:
        yield cloud


@pytest.fixture(scope="module")
def assembly(bare: BareCloud, tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A members' gallery that outlives its stack, which the emulator takes."""
    folder = tmp_path_factory.mktemp("assembly")
    own = replace(LOCAL, access_mode="members", keeps_data=True, browser_endpoint=bare.settings.browser_endpoint)
    synthesize(new_app(folder), own)
    return Assembly(folder)


def removed(bare: BareCloud) -> None:
    account = bare.account
    Stack(account, "local").remove()
    delete(account, find(account, LOCAL))


def made(bare: BareCloud) -> str:
    """Deploy as somebody who is not asked, and return what is said."""
    done = bare.run("infra.tools.deploy", "local", YES="1")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_model
def test_one_command_makes_a_gallery_and_another_leaves_nothing_of_it(bare: BareCloud) -> None:
    said = made(bare)
    assert "the CDK's own bucket" in said
    assert "$0.08 for 1000 pictures" in said
    assert "“An Egyptian cat" in said
    assert said.index("Deleting the picture") < said.index("The gallery is at")

    refused = bare.run("infra.tools.destroy", "local", YES="1")
    assert refused.returncode == 1
    assert "EMPTY=1 says that this is meant" in refused.stdout
    wrong = bare.run("infra.tools.destroy", "local", says="prod\n", EMPTY="1")
    assert (wrong.returncode, Stack(bare.account, "local").check_idle()) == (1, True)

    gone = bare.run("infra.tools.destroy", "local", says="local\n", EMPTY="1")
    assert gone.returncode == 0, gone.stdout + gone.stderr
    assert left_over(bare) == []
    again = bare.run("infra.tools.destroy", "local", YES="1", EMPTY="1")
    assert (again.returncode, again.stdout.splitlines()[-1]) == (0, "Nothing is left of it either.")


@pytest.mark.slow
def test_nothing_is_made_before_a_yes_and_a_second_time_it_is_changed(bare: BareCloud) -> None:
    asked = bare.run("infra.tools.deploy", "local", says="no\n")
    assert (asked.returncode, asked.stdout.splitlines()[-1]) == (1, "Go ahead? [yes/no] Nothing was changed.")
    assert Stack(bare.account, "local").description is None
    assert "will be made" in made(bare)
    assert "will be changed" in made(bare)
    removed(bare)


def left_over(bare: BareCloud) -> list[str]:
    """Every resource in the account that has the gallery's name."""
    client = bare.account.client
    names = [each["FunctionName"] for each in client("lambda").list_functions()["Functions"]]
    names += [each["Name"] for each in client("s3").list_buckets()["Buckets"]]
    names += client("dynamodb").list_tables()["TableNames"]
    names += [each["Name"] for each in client("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]]
    names += client("sqs").list_queues().get("QueueUrls", [])
    names += [each["RoleName"] for each in client("iam").list_roles()["Roles"]]
    names += [each["logGroupName"] for each in client("logs").describe_log_groups()["logGroups"]]
    names += [each["Name"] for each in client("apigatewayv2").get_apis()["Items"]]
    names += [each["Name"] for each in client("events").list_rules()["Rules"]]
    distributions = client("cloudfront").list_distributions()["DistributionList"].get("Items", [])
    ours = ("neural-gallery", stack_name("local"))  # the latter begins the names that CloudFormation chooses
    return [each["Comment"] for each in distributions] + [name for name in names if any(own in name for own in ours)]


def test_what_was_kept_is_taken_over_by_the_next_gallery(bare: BareCloud, assembly: Assembly) -> None:
    account, outputs = bare.account, deployment.deploy(bare.cloud, assembly)
    s3, cognito, pool = account.client("s3"), account.client("cognito-idp"), outputs["UserPoolId"]
    s3.put_object(Bucket=outputs["MediaBucketName"], Key="records/a.json", Body=b"{}")
    cognito.admin_create_user(UserPoolId=pool, Username="ada@example.org", MessageAction="SUPPRESS")
    for not_ours in ("neural-gallery-local-holidays", "neural-gallery-locals-media-000000000000-us-east-1"):
        s3.create_bucket(Bucket=not_ours)
    Stack(account, "local").remove()
    kept = find(account, LOCAL)
    assert (len(kept.tables), len(kept.buckets), kept.pools) == (1, 3, (pool,))
    # The emulator imports buckets and pools, but no global table.
    delete(account, replace(kept, buckets=(), pools=()))

    adopt(account, "local", assembly.template, find(account, LOCAL))
    assert Stack(account, "local").check_idle()
    assert deployment.deploy(bare.cloud, assembly)["UserPoolId"] == pool
    assert s3.get_object(Bucket=outputs["MediaBucketName"], Key="records/a.json")["Body"].read() == b"{}"
    assert len(cognito.list_users(UserPoolId=pool)["Users"]) == 1
    removed(bare)
    assert left_over(bare) == ["neural-gallery-local-holidays", "neural-gallery-locals-media-000000000000-us-east-1"]


@needs_model
def test_in_a_members_gallery_it_is_tried_with_an_account_that_is_gone_afterwards(
    bare: BareCloud, assembly: Assembly, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs, account = deployment.deploy(bare.cloud, assembly), bare.account
    account.client("s3").put_object(Bucket=outputs["SiteBucketName"], Key="index.html", Body=b"<html>")
    said: list[str] = []
    monkeypatch.setattr(console, "say", lambda text, end="": said.append(text + end))

    smoke.smoke(bare.settings.site_url, account.session)
    assert any("Making an account" in each for each in said)
    assert people(bare) == []

    monkeypatch.setattr(smoke, "_until", refuse)
    with pytest.raises(ToolError, match="too late"):
        smoke.smoke(bare.settings.site_url, account.session)
    assert people(bare) == []

    def stored() -> int:
        listed = account.client("s3").list_objects_v2(Bucket=outputs["MediaBucketName"], Prefix="originals/")
        return int(listed["KeyCount"])

    # The captioner, which was at it, takes away what it had kept.
    assert eventually(lambda: stored() == 0, 60)
    removed(bare)


def refuse(_look: object, _seconds: float, late: str) -> bool:
    """Stand in for waiting: the gallery answers, but no caption ever comes."""
    if "caption" in late:
        raise ToolError("too late")
    return True


def people(bare: BareCloud) -> list[str]:
    pool = deployment.outputs(bare.cloud)["UserPoolId"]
    users = bare.account.client("cognito-idp").list_users(UserPoolId=pool)["Users"]
    return [user["Username"] for user in users]


def test_an_address_that_is_no_gallery_is_told(bare: BareCloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoke, "SECONDS_TO_ANSWER", 0)
    with pytest.raises(ToolError, match="does not answer"):
        smoke.smoke("http://127.0.0.1:9", bare.account.session)
