"""Accounts that nobody confirmed go after a day; no address is kept from whom it belongs to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.stub import Stubber
from tests.unit.conftest import forget_clients

from gallery.aws import accounts
from sweep.rules import unconfirmed

NOW = datetime.now(UTC)


@pytest.mark.parametrize("sign_up", ["invite", "closed"])
def test_nobody_is_asked_where_nobody_signs_up_by_themselves(
    environment: pytest.MonkeyPatch,
    sign_up: str,
) -> None:
    environment.setenv("SIGN_UP", sign_up)
    forget_clients()
    with Stubber(accounts.client()):  # which answers nothing
        assert unconfirmed(None) == ({}, None)


@pytest.fixture
def answers(environment: pytest.MonkeyPatch) -> Iterator[Stubber]:
    environment.setenv("USER_POOL_ID", "eu-central-1_Test12345")
    environment.setenv("SIGN_UP", "open")
    forget_clients()
    with Stubber(accounts.client()) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def listing(token: str | None) -> dict[str, Any]:
    place = {"PaginationToken": token} if token else {}
    return {
        "UserPoolId": "eu-central-1_Test12345", "Filter": 'cognito:user_status = "UNCONFIRMED"',
        "AttributesToGet": ["sub"], "Limit": 60, **place,
    }  # fmt: skip


def user(name: str, days: float, status: str = "UNCONFIRMED") -> dict[str, Any]:
    return {"Username": name, "UserCreateDate": NOW - timedelta(days=days), "UserStatus": status}


def test_a_run_goes_on_where_the_last_one_stopped(answers: Stubber) -> None:
    who = {"UserPoolId": "eu-central-1_Test12345", "Username": "old"}
    answers.add_response(
        "list_users", {"Users": [user("old", 1.1), user("new", 0.9)], "PaginationToken": "next"}, listing(None)
    )
    answers.add_response("admin_get_user", user("old", 2), who)
    answers.add_response("admin_delete_user", {}, who)
    answers.add_response("list_users", {"Users": []}, listing("next"))
    assert unconfirmed(None) == ({"unconfirmed": 1}, "next")
    assert unconfirmed("next") == ({"unconfirmed": 0}, None)


def test_who_confirms_at_the_last_moment_stays(answers: Stubber) -> None:
    answers.add_response("list_users", {"Users": [user("late", 2), user("gone", 2)]}, listing(None))
    answers.add_response("admin_get_user", user("late", 2, "CONFIRMED"))
    answers.add_client_error("admin_get_user", "UserNotFoundException")
    assert unconfirmed(None) == ({"unconfirmed": 0}, None)


def test_a_place_that_the_pool_has_forgotten_is_begun_anew(answers: Stubber) -> None:
    answers.add_client_error("list_users", "InvalidParameterException", expected_params=listing("old"))
    answers.add_response("list_users", {"Users": []}, listing(None))
    assert unconfirmed("old") == ({"unconfirmed": 0}, None)
