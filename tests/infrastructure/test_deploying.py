"""What is checked before anything is made, and what is said where something is missing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from infra.settings import Settings
from infra.stages import STAGES
from infra.tools.console import Trouble
from infra.tools.deploy import account as accounts
from infra.tools.deploy import toolkit
from infra.tools.deploy.account import check_edge, check_region, concurrent_executions, signed_in
from infra.tools.deploy.adoption import only, physical_ids
from infra.tools.deploy.announcement import announce, of_concurrency
from infra.tools.deploy.confirmation import confirm
from infra.tools.deploy.kept import Kept, empty
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
    with pytest.raises(Trouble, match=r"aws configure.*AWS_REGION=eu-central-1"):
        signed_in()


def test_without_credentials_it_says_how_to_get_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", REGION)
    with pytest.raises(Trouble, match="aws configure"):
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
    with pytest.raises(Trouble, match="no region moon-west-1"):
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
    with pytest.raises(Trouble, match=said):
        check_edge(replace(PROD, **settings))  # type: ignore[arg-type]
    check_edge(PROD)
    check_edge(replace(PROD, domain_name="pictures.example.org", firewall=True))


def test_a_new_accounts_limit_is_explained_and_nothing_can_be_reserved_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with_concurrency(monkeypatch, 10)
    assert concurrent_executions(account(), replace(PROD, classify_concurrency=None)) == 10
    assert "no more than 10" in of_concurrency(10)
    with pytest.raises(Trouble, match="10 can't be reserved"):
        concurrent_executions(account(), replace(PROD, classify_concurrency=10))
    with_concurrency(monkeypatch, 1000)
    assert concurrent_executions(account(), replace(PROD, classify_concurrency=10)) == 1000


def test_images_need_an_engine_and_zip_files_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("ENGINE", raising=False)
    with pytest.raises(Trouble, match=r"Docker is missing or not running.*docs\.docker\.com"):
        toolkit.engine_for(PROD)
    assert toolkit.engine_for(STAGES["local"]) is None
    program(tmp_path, "docker", "exit 1")
    program(tmp_path, "podman", "exit 0")
    assert toolkit.engine_for(PROD) == "podman"


def test_what_the_cdk_says_last_is_shown_where_it_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(toolkit, "CDK", program(tmp_path, "cdk", "echo no such role >&2; exit 1"))
    with pytest.raises(Trouble, match=r"(?s)could not be deployed; build/logs/cdk-deploy.log says why.*no such role"):
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
        with pytest.raises(Trouble, match="Nothing was changed"):
            confirm("Go ahead?", "yes")


def end_of_input() -> str:
    raise EOFError


def test_where_nobody_answers_it_says_how_to_say_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", end_of_input)
    with pytest.raises(Trouble, match="YES=1"):
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
    with pytest.raises(Trouble, match="several user pools"):
        physical_ids(cloud.content, Kept(tables=(), buckets=(), pools=("a", "b")))


def test_every_stage_file_is_a_stage_of_its_name() -> None:
    assert all(isinstance(each, Settings) and each.stage == name for name, each in STAGES.items())
