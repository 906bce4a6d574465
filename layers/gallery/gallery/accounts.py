"""Accounts in the gallery's Cognito pool, as admins of the pool see them; for whoever blocks people or erases them."""

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import boto3

from gallery.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@cache
def client() -> "CognitoIdentityProviderClient":
    """Return the Cognito client of this process."""
    return boto3.client("cognito-idp")


def block(sub: str) -> None:
    """Let somebody sign in no more, and end all their sessions; nothing happens where there is no such account."""
    with suppress(client().exceptions.UserNotFoundException):
        client().admin_disable_user(UserPoolId=settings().user_pool_id, Username=sub)
        client().admin_user_global_sign_out(UserPoolId=settings().user_pool_id, Username=sub)


def delete(sub: str) -> None:
    """Delete an account, e-mail address and all; nothing happens where there is none."""
    with suppress(client().exceptions.UserNotFoundException):
        client().admin_delete_user(UserPoolId=settings().user_pool_id, Username=sub)
