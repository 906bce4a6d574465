"""People in a gallery's pool, as its owner makes them."""

import secrets
from functools import partial
from typing import TYPE_CHECKING

from infra.settings import ADMINS
from infra.tools.errors import ignored

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef

GROUPS = 4
SIGNS = ("abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
"""What can't be taken for one another when it is typed."""


def new_password() -> str:
    """Make a password that every policy takes, such as `kT7m-…` with 16 random signs."""
    while True:
        groups = ("".join(secrets.choice("".join(SIGNS)) for _ in range(4)) for _ in range(GROUPS))
        password = "-".join(groups)
        if all(set(kind) & set(password) for kind in SIGNS):
            return password


def make_admin(cognito: "CognitoIdentityProviderClient", pool: str, email: str, password: str | None = None) -> bool:
    """Put somebody into the group of admins; invite them where they are unknown or haven't followed an invitation yet.

    Cognito mails the invitation. Where a password is given nothing is mailed: it serves once and is for the caller
    to tell. To be done again after it was interrupted, or where an invitation was lost.

    Returns:
        Whether they were invited.

    Raises:
        ValueError: they have signed up, but nobody has shown yet that the address is theirs.
    """
    status = _status(cognito, pool, email)
    if status == "UNCONFIRMED":
        raise ValueError(f"{email} has signed up without confirming the address; that comes first.")
    invited = status in (None, "FORCE_CHANGE_PASSWORD")
    if invited and password is None:
        _mail_invitation(cognito, pool, email, again=status is not None)
    elif invited and password is not None:
        add(cognito, pool, email, password, permanent=False)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName=ADMINS)
    return invited


def add(
    cognito: "CognitoIdentityProviderClient", pool: str, email: str, password: str, *, permanent: bool = True
) -> None:
    """Add somebody by a password and mail nothing; who is there already has that password from now on."""
    with ignored("UsernameExistsException"):
        cognito.admin_create_user(
            UserPoolId=pool, Username=email, UserAttributes=_confirmed(email), MessageAction="SUPPRESS"
        )
    cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=permanent)


def _mail_invitation(cognito: "CognitoIdentityProviderClient", pool: str, email: str, *, again: bool) -> None:
    invite = partial(cognito.admin_create_user, UserPoolId=pool, Username=email, DesiredDeliveryMediums=["EMAIL"])
    if again:
        invite(MessageAction="RESEND")
    else:
        invite(UserAttributes=_confirmed(email))


def _confirmed(email: str) -> list["AttributeTypeTypeDef"]:
    return [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]


def _status(cognito: "CognitoIdentityProviderClient", pool: str, email: str) -> str | None:
    with ignored("UserNotFoundException"):
        return cognito.admin_get_user(UserPoolId=pool, Username=email)["UserStatus"]
    return None
