"""Deploying and removing a gallery go on after whatever interruption, from whatever state."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from infra.settings import Settings, stack_name
from infra.stages import STAGES
from infra.tools.console import ToolError
from infra.tools.deploy.__main__ import deploy
from infra.tools.deploy.account import BOOTSTRAP_VERSION
from infra.tools.deploy.kept import find
from infra.tools.destroy import destroy
from tests.infrastructure import clouds
from tests.infrastructure.accounts import REGION
from tests.infrastructure.clouds import DATA, DONE, Cloud, Killed, Stack
from tests.infrastructure.conftest import kept

pytestmark = pytest.mark.timeout(600)

SETTINGS = replace(STAGES["local"], keeps_data=True)
EDGED = replace(SETTINGS, domain_name="pictures.example.org", firewall=True)
MOST_CALLS = 100


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with clouds.running(kept(SETTINGS).folder, SETTINGS, monkeypatch) as running:
        yield running


def interrupted(cloud: Cloud, act: Callable[[], None], begin: Callable[[], None]) -> int:
    """Kill an act before each of its calls in turn, do it again to its end each time; return how many calls it has."""
    for calls in range(MOST_CALLS):
        begin()
        cloud.left = calls
        try:
            act()
        except Killed:
            cloud.left = None
            act()
        else:
            return calls
        finally:
            cloud.left = None
    raise AssertionError("it never came to its end")


def emptied(cloud: Cloud) -> None:
    destroy(SETTINGS, emptying=True)
    assert not find(cloud.account, SETTINGS)
    assert cloud.stacks == {}


def whole(cloud: Cloud) -> None:
    """Nothing is missing and nothing is beside the stack."""
    stack = cloud.gallery
    assert stack is not None
    assert stack.status in DONE
    data = [name for name, each in stack.template["Resources"].items() if each["Type"] in DATA]
    assert sorted(data) == sorted(stack.physical)
    there = find(cloud.account, SETTINGS)
    assert sorted([*there.tables, *there.buckets, *there.pools]) == sorted(stack.physical.values())
    page = cloud.account.client("s3").get_object(Bucket=_bucket(cloud, "-site-"), Key="index.html")
    assert page["Body"].read() == b"<html>"
    assert cloud.orphans == []


def _bucket(cloud: Cloud, part: str) -> str:
    assert cloud.gallery
    return next(name for name in cloud.gallery.physical.values() if part in name)


def test_a_first_deployment_can_be_killed_before_any_call_and_done_again(cloud: Cloud) -> None:
    def begin() -> None:
        emptied(cloud)
        cloud.account.client("ssm").delete_parameters(Names=[BOOTSTRAP_VERSION])

    def act() -> None:
        deploy(SETTINGS)
        whole(cloud)

    assert interrupted(cloud, act, begin) > 5


def test_a_first_deployment_that_failed_is_done_again_with_all_that_was_retained(cloud: Cloud) -> None:
    """CloudFormation takes no change set for a stack in ROLLBACK_COMPLETE, whose retained table and buckets stay."""

    def begin() -> None:
        emptied(cloud)
        cloud.fails_once = True
        with pytest.raises(ToolError, match="could not be deployed"):
            deploy(SETTINGS)
        assert cloud.gallery is not None
        assert cloud.gallery.status == "ROLLBACK_COMPLETE"
        assert find(cloud.account, SETTINGS)

    def act() -> None:
        deploy(SETTINGS)
        whole(cloud)

    assert interrupted(cloud, act, begin) > 5


def test_what_was_kept_is_taken_over_however_often_that_is_interrupted(cloud: Cloud) -> None:
    def begin() -> None:
        emptied(cloud)
        deploy(SETTINGS)
        cloud.account.client("s3").put_object(Bucket=_bucket(cloud, "-media-"), Key="originals/a", Body=b"bytes")
        destroy(SETTINGS, emptying=False)
        assert cloud.gallery is None

    def act() -> None:
        deploy(SETTINGS)
        whole(cloud)
        found = cloud.account.client("s3").get_object(Bucket=_bucket(cloud, "-media-"), Key="originals/a")
        assert found["Body"].read() == b"bytes"

    assert interrupted(cloud, act, begin) > 5


def test_functions_know_the_distributions_next_secret_before_it_is_sent(cloud: Cloud) -> None:
    deploy(SETTINGS)
    deploy(replace(SETTINGS, origin_secret_generation=1))
    assert cloud.generations == ["0", "0", "1"]
    with pytest.raises(ToolError, match="one at a time"):
        deploy(replace(SETTINGS, origin_secret_generation=3))


@pytest.mark.parametrize("status", sorted({*clouds.DEAD, "REVIEW_IN_PROGRESS"}))
def test_a_stack_that_can_only_be_deleted_is_in_nobodys_way(cloud: Cloud, status: str) -> None:
    cloud.stacks[REGION, stack_name(SETTINGS.stage)] = Stack(status)
    deploy(SETTINGS)
    whole(cloud)


@pytest.mark.parametrize("status", sorted({*clouds.DEAD, *DONE, "REVIEW_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED"}))
def test_a_gallery_is_removed_whatever_state_its_stack_is_in(cloud: Cloud, status: str) -> None:
    deploy(SETTINGS)
    assert cloud.gallery
    cloud.gallery.status = status
    emptied(cloud)


def test_a_removal_can_be_killed_before_any_call_and_done_again(cloud: Cloud) -> None:
    def begin() -> None:
        deploy(SETTINGS)
        cloud.account.client("s3").put_object(Bucket=_bucket(cloud, "-media-"), Key="originals/a", Body=b"bytes")

    assert interrupted(cloud, lambda: emptied(cloud), begin) > 5


ANOTHER_DOMAIN = replace(EDGED, domain_name="photos.example.org")


def at_the_edge_is_what_is_asked(cloud: Cloud, settings: Settings) -> None:
    deploy(settings)
    whole(cloud)
    kinds = sorted(each["Type"].rpartition("::")[2] for each in cloud.edge.values())
    assert kinds == ["Certificate"] * bool(settings.domain_name) + ["WebACL"] * settings.firewall
    assert cloud.used_at_the_edge == cloud.edge.keys()


@pytest.mark.parametrize(
    "after",
    [replace(EDGED, firewall=False), replace(EDGED, domain_name=""), ANOTHER_DOMAIN, SETTINGS],
    ids=["no firewall", "no domain", "another domain", "neither"],
)
def test_what_the_distribution_uses_is_removed_only_after_it_has_let_go(cloud: Cloud, after: Settings) -> None:
    """WAF deletes no web ACL and ACM no certificate that is in use; CloudFormation would leave them, at $8 a month."""
    at_the_edge_is_what_is_asked(cloud, EDGED)
    at_the_edge_is_what_is_asked(cloud, after)


def test_a_change_of_the_domain_can_be_killed_before_any_call_and_done_again(cloud: Cloud) -> None:
    calls = interrupted(
        cloud,
        lambda: at_the_edge_is_what_is_asked(cloud, ANOTHER_DOMAIN),
        lambda: at_the_edge_is_what_is_asked(cloud, EDGED),
    )
    assert calls > 3
