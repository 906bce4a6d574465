"""Accounts in the gallery's Cognito pool, for whoever invites, blocks or erases people."""

from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from gallery.aws import sdk
from gallery.aws.errors import code_of, ignored, service_error
from gallery.problems import Problem, invalid
from gallery.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef


@cache
def client() -> "CognitoIdentityProviderClient":
    """Return the Cognito client of this process."""
    return cast("CognitoIdentityProviderClient", sdk.client("cognito-idp"))


def invite(email: str) -> None:
    """Have Cognito mail somebody a password for their first sign-in; another one where they have not used the last.

    Raises the 409 where nobody new is taken or the address is somebody's, the 422 for one that Cognito refuses, the 429
    where no more is sent today, the 503 where the mail could not be handed over. Then it can be asked for again: who
    was made known to the pool already is sent another one.
    """
    if settings().sign_up == "closed":
        raise Problem(HTTPStatus.CONFLICT, "This gallery takes nobody new.")
    try:
        _mail_invitation(email, _status(email))
    except service_error() as error:
        match code_of(error):
            case "UsernameExistsException" | "UnsupportedUserStateException":
                # Somebody signed up, or followed the invitation, this very moment.
                raise _taken() from error
            case "InvalidParameterException":
                raise invalid("email", "That is no e-mail address that an invitation could be sent to.") from error
            case "LimitExceededException":
                raise _enough_for_today() from error
            case "CodeDeliveryFailureException" | "InvalidEmailRoleAccessPolicyException":
                detail = "The invitation could not be sent: the gallery's mail service refuses it. Ask again later."
                raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "3600"}) from error
        raise


def _enough_for_today() -> Problem:
    """Return the 429 for a mail beyond what may be sent in a day: of Cognito's own 50, and a little later of SES's."""
    detail = "No more e-mails can be sent today. Invite them tomorrow; the owner can lift this by `mail_from`."
    return Problem(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": "86400"})


def _mail_invitation(email: str, status: str | None) -> None:
    pool, attributes = settings().user_pool_id, _confirmed(email)
    match status:
        case None:
            client().admin_create_user(
                UserPoolId=pool, Username=email, UserAttributes=attributes, DesiredDeliveryMediums=["EMAIL"]
            )
        case "FORCE_CHANGE_PASSWORD":
            # Also where the invitation has expired.
            client().admin_create_user(
                UserPoolId=pool, Username=email, MessageAction="RESEND", DesiredDeliveryMediums=["EMAIL"]
            )
        case "UNCONFIRMED":
            detail = "Somebody signed up with this address and has yet to confirm it. The page sends them another code."
            raise Problem(HTTPStatus.CONFLICT, detail)
        case _:
            raise _taken()


def _confirmed(email: str) -> "list[AttributeTypeTypeDef]":
    return [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]


def _status(email: str) -> str | None:
    with ignored("UserNotFoundException"):
        return client().admin_get_user(UserPoolId=settings().user_pool_id, Username=email)["UserStatus"]
    return None


def _taken() -> Problem:
    return Problem(HTTPStatus.CONFLICT, "Somebody has an account with this address already.")


def block(sub: str) -> None:
    """Let somebody sign in no more, and end all their sessions; nothing happens where there is no such account."""
    with ignored("UserNotFoundException"):
        client().admin_disable_user(UserPoolId=settings().user_pool_id, Username=sub)
        client().admin_user_global_sign_out(UserPoolId=settings().user_pool_id, Username=sub)


def unblock(sub: str) -> None:
    """Let somebody sign in again; likewise."""
    with ignored("UserNotFoundException"):
        client().admin_enable_user(UserPoolId=settings().user_pool_id, Username=sub)


def delete(sub: str) -> None:
    """Delete an account, e-mail address and all; nothing happens where there is none."""
    with ignored("UserNotFoundException"):
        client().admin_delete_user(UserPoolId=settings().user_pool_id, Username=sub)


def unconfirmed_before(moment: datetime, after: str | None) -> tuple[list[str], str | None]:
    """Return a part of the accounts made before a moment whose address was never confirmed, and where the next begins.

    Raises nothing for a place that Cognito no longer knows: it starts anew.
    """
    place: dict[str, str] = {"PaginationToken": after} if after else {}
    try:
        users = client().list_users(
            UserPoolId=settings().user_pool_id,
            Filter='cognito:user_status = "UNCONFIRMED"',
            AttributesToGet=["sub"],
            Limit=60,
            **place,
        )
    except service_error() as error:
        if after is None or code_of(error) != "InvalidParameterException":
            raise
        return unconfirmed_before(moment, None)
    old = [user["Username"] for user in users["Users"] if user["UserCreateDate"] < moment]
    return old, users.get("PaginationToken")


def delete_unconfirmed(username: str) -> bool:
    """Delete an account unless its address was confirmed meanwhile; tell whether it was deleted."""
    if _status(username) != "UNCONFIRMED":
        return False
    delete(username)
    return True
