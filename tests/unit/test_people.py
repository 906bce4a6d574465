"""Passwords that the gallery makes, and who it takes for a person."""

import pytest
from infra.tools import admin
from infra.tools.user_pool import SIGNS, new_password


def test_passwords_satisfy_the_policy_and_differ() -> None:
    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(each) >= 12 and "-" in each for each in made)
    assert all(set(kind) & set(each) for each in made for kind in SIGNS)


@pytest.mark.parametrize("name", ["", "root", "ada@", "ada@example.org@", "ada @example.org"])
def test_admins_are_named_by_their_address(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert admin.main("local", name) == 1
    assert "make admin USER=ada@example.org" in capsys.readouterr().out
