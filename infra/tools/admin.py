"""Make somebody an admin: `python -m infra.tools.admin STAGE USER`.

`make admin USER=ada@example.org STAGE=prod` does so.
"""

import re
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.cloud import cloud_at
from infra.local.deployment import outputs
from infra.local.settings import settings_from
from infra.settings import stack_name
from infra.tools.console import ToolError, say
from infra.tools.user_pool import make_admin, new_password

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def main(stage: str, email: str) -> int:
    """Make somebody an admin, say what comes next, return the exit code."""
    if not ADDRESS.fullmatch(email):
        say(f"{email!r} is no e-mail address; say `make admin USER=ada@example.org`.")
        return 1
    try:
        say(here(email) if stage == "local" else there(stage, email))
    except (ToolError, ValueError) as trouble:
        say(str(trouble))
        return 1
    except (BotoCoreError, ClientError) as error:
        say(f"{email} is no admin yet: {error}")
        return 1
    return 0


def here(email: str) -> str:
    """Make somebody an admin of the gallery that runs on this machine.

    Raises:
        ToolError: none runs.
    """
    cloud = cloud_at(settings_from())
    password = new_password()
    invited = make_admin(cloud.client("cognito-idp"), outputs(cloud)["UserPoolId"], email, password)
    return _done(email, f"Sign in at {cloud.settings.site_url} with {password} for a password." if invited else None)


def there(stage: str, email: str) -> str:
    """Make somebody an admin of a stage that is deployed, by the AWS credentials of whoever asks."""
    stack = boto3.client("cloudformation").describe_stacks(StackName=stack_name(stage))["Stacks"][0]
    values = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
    invited = make_admin(boto3.client("cognito-idp"), values["UserPoolId"], email)
    return _done(email, f"An e-mail is on its way with a password for {values['SiteUrl']}." if invited else None)


def _done(email: str, next_step: str | None) -> str:
    # Rights are part of the token, which a session gets anew within an hour.
    return f"{email} is an admin. {next_step or 'If they are signed in, they should sign out and in again.'}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
