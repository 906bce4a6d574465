"""Errors of services: told by their code, in threads as well, and none that means "later" is told as a fault."""

import ast
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from botocore.exceptions import ClientError
from botocore.retries.standard import ThrottledRetryableChecker
from tests.unit.conftest import Gallery, forget_clients
from tests.unit.faults import failing
from tests.unit.kept_clients import CLIENTS

from gallery.aws import errors, table
from gallery.aws.table import Conflict

ROOT = Path(__file__).parents[2]
SOURCES = [each for folder in ("functions", "layers", "infra") for each in (ROOT / folder).rglob("*.py")]
THREADS = 8


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "injected"}}, "AnyOperation")


@pytest.mark.parametrize("path", [each for each in SOURCES if "node_modules" not in each.parts], ids=str)
def test_no_error_is_told_by_a_class_of_a_client(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [each.lineno for each in ast.walk(tree) if isinstance(each, ast.Attribute) and each.attr == "exceptions"]
    modules = [each.lineno for each in ast.walk(tree) if isinstance(each, ast.Attribute) and _of_a_module(each)]
    assert found == modules


def _of_a_module(each: ast.Attribute) -> bool:
    return each.attr == "exceptions" and isinstance(each.value, ast.Name) and each.value.id in sys.modules


@pytest.mark.usefixtures("gallery")
def test_threads_that_come_first_together_all_tell_a_failed_condition() -> None:
    row, barrier = table.key("LOG", "taken"), Barrier(THREADS)
    table.store(row)

    def attempt(_: int) -> str:
        barrier.wait()
        try:
            table.store(row, ConditionExpression="attribute_not_exists(pk)")
        except Conflict:
            return "conflict"
        return "stored"

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            forget_clients()
            CLIENTS.forget()
            table.client()
            with ThreadPoolExecutor(THREADS) as pool:
                assert set(pool.map(attempt, range(THREADS))) == {"conflict"}
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.parametrize("code", ["TransactionInProgressException", "ServiceUnavailable", "ThrottlingException"])
def test_what_means_later_is_known(code: str) -> None:
    assert errors.code_of(refusal(code)) in errors.OVERLOADED


def test_all_that_botocore_takes_for_throttling_is_known() -> None:
    assert set(vars(ThrottledRetryableChecker)["_THROTTLED_ERROR_CODES"]) <= errors.OVERLOADED


def test_one_code_is_ignored_and_no_other() -> None:
    with errors.ignored("UserNotFoundException"):
        raise refusal("UserNotFoundException")
    with pytest.raises(ClientError), errors.ignored("UserNotFoundException"):
        raise refusal("AccessDeniedException")
    with pytest.raises(ValueError, match="no answer"), errors.ignored("UserNotFoundException"):
        raise ValueError("no answer of a service")


@pytest.mark.parametrize(("operation", "write"), [("PutItem", table.store), ("DeleteItem", table.remove)])
def test_a_transaction_at_the_same_row_is_waited_for(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, operation: str, write: object
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with failing(table.client(), operation, 2, 400, "TransactionConflictException") as answered:
        write(table.key("LOG", "one"))  # type: ignore[operator]
    assert len(answered) == 2
    assert len(gallery.rows()) == (1 if operation == "PutItem" else 0)
