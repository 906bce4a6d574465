"""People's accounts in the gallery's Cognito pool, as far as admins may touch them."""

from contextlib import suppress
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

import boto3

from gallery.problems import Problem, invalid
from gallery.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient


@cache
def client() -> "CognitoIdentityProviderClient":
    """Return the Cognito client of this process."""
    return boto3.client("cognito-idp")


def block(sub: str) -> None:
    """Let somebody sign in no more, and end their sessions; who has no account in the pool has none to end."""
    with suppress(client().exceptions.UserNotFoundException):
        client().admin_disable_user(UserPoolId=settings().user_pool_id, Username=sub)
        client().admin_user_global_sign_out(UserPoolId=settings().user_pool_id, Username=sub)


def unblock(sub: str) -> None:
    """Let somebody sign in again."""
    with suppress(client().exceptions.UserNotFoundException):
        client().admin_enable_user(UserPoolId=settings().user_pool_id, Username=sub)


def invite(email: str) -> None:
    """Have Cognito mail somebody a password for their first sign-in.

    Raises the 409 where the gallery takes nobody new or knows the address, the 422 for an address that Cognito refuses.
    """
    if settings().sign_up == "closed":
        raise Problem(HTTPStatus.CONFLICT, "This gallery takes nobody new.")
    attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
    errors = client().exceptions
    try:
        client().admin_create_user(
            UserPoolId=settings().user_pool_id,
            Username=email,
            UserAttributes=attributes,  # type: ignore[arg-type] # the stub wants its own TypedDict
            DesiredDeliveryMediums=["EMAIL"],
        )
    except errors.UsernameExistsException as error:
        raise Problem(HTTPStatus.CONFLICT, "Somebody has an account with this address already.") from error
    except errors.InvalidParameterException as error:
        raise invalid("email", "That is no e-mail address that an invitation could be sent to.") from error
