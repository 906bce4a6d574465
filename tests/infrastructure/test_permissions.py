"""Every right of every function is on the page that says what fails without it, and something does."""

import pytest
from infra.constructs.writes import WRITES
from tests.infrastructure.conftest import Synthesized, kept
from tests.least_privilege.report import NOT_YET, read
from tests.least_privilege.rights import WITH_A_MODEL, rights_in
from tests.least_privilege.work import WORK

from gallery.partitions import PARTITIONS, kind_of

WRITING = {f"dynamodb:{each}" for each in ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")}


@pytest.fixture(scope="module")
def described() -> Synthesized:
    return kept(WITH_A_MODEL)


def test_every_right_is_known_and_something_needs_it(described: Synthesized) -> None:
    roles = described.resources("AWS::IAM::Role")
    rights = {each for function in WORK for each in rights_in(roles, function)}
    page = read()
    assert page.keys() == rights, "run `make permissions`"
    assert [right for right, failing in page.items() if failing in {"", NOT_YET}] == []


def test_in_the_cloud_no_function_may_do_more(cloud: Synthesized) -> None:
    roles = cloud.resources("AWS::IAM::Role")
    assert {each for function in WORK.keys() - {"describe"} for each in rights_in(roles, function)} <= read().keys()


def test_no_function_is_left_out(described: Synthesized) -> None:
    names = [each["FunctionName"] for each in described.resources("AWS::Lambda::Function").values()]
    functions = {name.removeprefix("neural-gallery-local-") for name in names}
    assert functions == WORK.keys(), "say in WORK of tests/least_privilege/work.py what each function does"


@pytest.mark.parametrize("function", sorted(WRITES))
def test_a_function_changes_only_rows_that_it_is_known_to_write(described: Synthesized, function: str) -> None:
    roles = described.resources("AWS::IAM::Role")
    rows = [each.resource for each in rights_in(roles, function) if each.action in WRITING]
    assert all(each.startswith("rows ") for each in rows)
    assert {partition for each in rows for partition in each.split()[1:]} == WRITES[function]


def test_what_functions_are_known_to_write_are_declared_partitions() -> None:
    assert {kind_of(each) for partitions in WRITES.values() for each in partitions} <= PARTITIONS.keys()
