"""An admin and a member to try the local gallery as; their passwords are made once and readable by its owner alone."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.cloud import Cloud
from infra.local.key import write_secret
from infra.tools.user_pool import add, make_admin, new_password

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

ADMIN, MEMBER = "admin@example.org", "member@example.org"

Passwords = dict[str, str]


def ready_made(cloud: Cloud, pool: str) -> Passwords:
    """See that the two are there and that their passwords hold; return these by address."""
    cognito: CognitoIdentityProviderClient = cloud.client("cognito-idp")
    passwords = _passwords(cloud.settings.people)
    for email, password in passwords.items():
        add(cognito, pool, email, password)
    make_admin(cognito, pool, ADMIN)
    return passwords


def _passwords(file: Path) -> Passwords:
    if not file.exists():
        write_secret(file, json.dumps({email: new_password() for email in (ADMIN, MEMBER)}))
    passwords: Passwords = json.loads(file.read_text())
    return passwords
