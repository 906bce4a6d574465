"""People with accounts in a local cloud's pool, made as the owner of a gallery makes them."""

import secrets
from dataclasses import dataclass

from tests.local_cloud import LocalCloud


@dataclass(frozen=True)
class Account:
    """Somebody signed in, and what they sign in with on the page."""

    token: str
    email: str
    password: str

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


def account(cloud: LocalCloud, *groups: str) -> Account:
    """Make an account as the owner of a gallery does, and sign in."""
    cognito, pool = cloud.client("cognito-idp"), cloud.outputs["UserPoolId"]
    name, password = f"{secrets.token_hex(8)}@example.org", f"{secrets.token_urlsafe(16)}aA1!"
    cognito.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
    for group in groups:
        cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=group)
    return Account(sign_in(cloud, name, password)["AccessToken"], name, password)


def sign_in(cloud: LocalCloud, email: str, password: str) -> dict[str, str]:
    """Sign in without a page; return the tokens by name."""
    cognito, pool, client = cloud.client("cognito-idp"), cloud.outputs["UserPoolId"], cloud.outputs["UserPoolClientId"]
    answer = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=client,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": password},
    )
    tokens: dict[str, str] = answer["AuthenticationResult"]
    return tokens
