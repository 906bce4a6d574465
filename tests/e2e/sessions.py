"""Sessions as the page keeps them: whoever has one is signed in without having filled in a form."""

import json

import jwt
from playwright.sync_api import StorageState
from tests.accounts import Account, sign_in
from tests.local_cloud import LocalCloud


def session_of(cloud: LocalCloud, somebody: Account) -> StorageState:
    """Return what a browser keeps of somebody who signed in this moment: the page who it is, Amplify the tokens."""
    tokens = sign_in(cloud, somebody.email, somebody.password)
    claims = jwt.decode(tokens["AccessToken"], options={"verify_signature": False})
    user, admin = claims["username"], "admin" in claims.get("cognito:groups", ())
    person = {"sub": claims["sub"], "email": somebody.email, "admin": admin}
    pool = f"CognitoIdentityServiceProvider.{cloud.outputs['UserPoolClientId']}"
    kept = {
        "person": json.dumps({"state": {"person": person, "ended": False}, "version": 0}),
        f"{pool}.LastAuthUser": user,
        f"{pool}.{user}.accessToken": tokens["AccessToken"],
        f"{pool}.{user}.idToken": tokens["IdToken"],
        f"{pool}.{user}.refreshToken": tokens["RefreshToken"],
        f"{pool}.{user}.clockDrift": "0",
        f"{pool}.{user}.signInDetails": json.dumps({"loginId": somebody.email, "authFlowType": "USER_SRP_AUTH"}),
    }
    return StorageState(
        origins=[
            {
                "origin": cloud.site_url,
                "localStorage": [{"name": name, "value": value} for name, value in kept.items()],
            }
        ]
    )
