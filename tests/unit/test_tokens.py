"""Access tokens: only a good one of our own pool makes anybody of a caller."""

import time
from http import HTTPStatus
from typing import Any

import jwt
import pytest
from tests.unit.conftest import forget_clients
from tests.unit.identity import CLIENT, POOL, STRANGER, Pool, running_pool

from gallery.api import tokens
from gallery.pictures.access import Caller
from gallery.problems import Problem


def test_a_good_token_tells_who_sent_it(pool: Pool) -> None:
    assert tokens.caller(f"Bearer {pool.token('anna')}") == Caller(sub="anna")
    assert tokens.caller(f"bearer {pool.token('eve', groups=['admin', 'x'])}") == Caller(sub="eve", admin=True)
    assert tokens.caller(f"Bearer {pool.token('bob', groups=['administrators'])}") == Caller(sub="bob")


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": int(time.time()) - 1},
        {"exp": None},
        {"iss": "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Another"},
        {"iss": None},
        {"client_id": "another"},
        {"client_id": None},
        {"token_use": "id"},
        {"token_use": None},
        {"sub": None},
        {"key": STRANGER},
        {"kid": "k2"},
        {"key": "secret" * 8, "algorithm": "HS256"},
        {"key": "", "algorithm": "none"},
    ],
    ids="-".join,
)
def test_any_other_token_is_refused(pool: Pool, changes: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refused:
        tokens.caller(f"Bearer {pool.token(**changes)}")
    assert refused.value.status == HTTPStatus.UNAUTHORIZED


def test_a_tampered_token_is_refused(pool: Pool) -> None:
    head, _, signature = pool.token("anna").split(".")
    forged = jwt.encode({"sub": "eve"}, "x" * 32, algorithm="HS256").split(".")[1]
    for token in (f"{head}.{forged}.{signature}", "a.b.c", "", "..", "é.é.é", "x" * 9000):
        with pytest.raises(Problem):
            tokens.caller(f"Bearer {token}")


def test_the_pools_own_public_key_cannot_be_used_as_a_shared_secret(pool: Pool) -> None:
    (key,) = jwt.PyJWKClient(f"{pool.url}/{POOL}/.well-known/jwks.json").get_jwk_set().keys
    public = str(key.key.public_numbers().n).encode()
    with pytest.raises(Problem):
        tokens.caller(f"Bearer {pool.token(key=public, algorithm='HS256')}")


def test_forged_key_ids_do_not_make_us_fetch_keys_at_will(pool: Pool) -> None:
    tokens.caller(f"Bearer {pool.token()}")
    for attempt in range(20):
        with pytest.raises(Problem):
            tokens.caller(f"Bearer {pool.token(kid=f'forged-{attempt}')}")
    assert pool.fetched <= 2


def test_without_the_pools_keys_nobody_is_let_in_and_nobody_is_blamed(environment: pytest.MonkeyPatch) -> None:
    with running_pool() as gone:
        token = gone.token()
    environment.setenv("USER_POOL_ID", POOL)
    environment.setenv("USER_POOL_CLIENT_ID", CLIENT)
    environment.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", gone.url)
    forget_clients()
    with pytest.raises(Problem) as refused:
        tokens.caller(f"Bearer {token}")
    assert refused.value.status == HTTPStatus.SERVICE_UNAVAILABLE


def test_a_gallery_without_accounts_takes_no_token() -> None:
    with running_pool() as pool, pytest.raises(Problem):
        tokens.caller(f"Bearer {pool.token()}")
