"""Who an access token of the gallery's Cognito pool stands for; nothing else in the gallery looks into tokens.

The checks follow "Verifying JSON web tokens" in the Amazon Cognito developer guide: signature by a key of the pool
(RS256 alone, so that a token cannot choose a weaker way), issuer, expiry, `token_use`, and the client it was made for.
"""

import time
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any

import jwt

from gallery.aws.endpoints import endpoint
from gallery.pictures.access import Caller
from gallery.problems import Problem
from gallery.settings import settings

ADMINS = "admin"
"""The Cognito group whose members are admins."""

_REQUIRED = ["exp", "iat", "iss", "sub", "token_use", "client_id"]
_REFRESH_SECONDS = 60
"""How often unknown key ids may make us fetch the pool's keys anew; forged tokens must not do so at will."""


@dataclass
class _Keys:
    """The pool's public keys, fetched when first needed and when a new one turns up."""

    source: jwt.PyJWKClient
    fetched_at: float = field(default=float("-inf"))

    def find(self, key_id: str) -> jwt.PyJWK:
        known = {key.key_id: key for key in self._all(refresh=False)}
        if key_id not in known and time.monotonic() - self.fetched_at > _REFRESH_SECONDS:
            known = {key.key_id: key for key in self._all(refresh=True)}
        if key_id not in known:
            raise jwt.InvalidKeyError("no key of the pool")
        return known[key_id]

    def _all(self, *, refresh: bool) -> list[jwt.PyJWK]:
        if refresh:
            self.fetched_at = time.monotonic()
        return list(self.source.get_jwk_set(refresh=refresh).keys)


def caller(authorization: str) -> Caller:
    """Return whom an Authorization header stands for.

    Raises the 401 for anything but a good access token of this gallery's own pool, and the 503 when the pool's keys
    cannot be had.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not settings().user_pool_id:
        raise _refused()
    try:
        claims = _claims(token.strip())
    except jwt.PyJWKClientConnectionError as error:
        raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "Sign-in cannot be checked right now.") from error
    except (jwt.PyJWTError, ValueError) as error:
        raise _refused() from error
    return Caller(sub=claims["sub"], admin=ADMINS in claims.get("cognito:groups", ()))


def _claims(token: str) -> dict[str, Any]:
    key = _keys(settings().user_pool_id).find(str(jwt.get_unverified_header(token).get("kid")))
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=["RS256"],
        issuer=_issuer(settings().user_pool_id),
        options={"require": _REQUIRED, "verify_iat": False},
    )
    if claims["token_use"] != "access" or claims["client_id"] != settings().user_pool_client_id:  # noqa: S105 - a kind of token, not one
        raise jwt.InvalidTokenError("not an access token for this gallery")
    return claims


@cache
def _keys(pool_id: str) -> _Keys:
    pool = endpoint("cognito-idp", "cognito_identity_provider")
    return _Keys(jwt.PyJWKClient(f"{pool}/{pool_id}/.well-known/jwks.json", lifespan=3600, timeout=5))


def _issuer(pool_id: str) -> str:
    return f"https://cognito-idp.{pool_id.partition('_')[0]}.amazonaws.com/{pool_id}"


def _refused() -> Problem:
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        "The access token is not valid (any more). Please sign in again.",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )
