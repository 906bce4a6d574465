"""`python -m infra.tools.destroy [STAGE]`: remove a stage of the gallery.

Table, buckets and user pool stay where they are unless EMPTY=1 is given; KEEP=1 says that this is meant. YES=1 asks
nothing. Doing it again does what an interrupted one has not done.
"""

import os
import sys

from infra.settings import Settings
from infra.stages import settings_of
from infra.tools.console import ToolError, say, step
from infra.tools.deploy import edge
from infra.tools.deploy.account import Account, or_trouble, signed_in
from infra.tools.deploy.confirmation import confirm
from infra.tools.deploy.kept import Kept, delete, empty, find
from infra.tools.deploy.packaging import remove_former_images
from infra.tools.deploy.stack import NEVER_CAME_TO_BE, Stack
from infra.tools.deploy.stateful import lost_with


def main() -> int:
    """Remove the stage that is named, by default prod; return the exit code."""
    stage = sys.argv[1] if len(sys.argv) > 1 else "prod"
    keep, emptying = os.environ.get("KEEP") == "1", os.environ.get("EMPTY") == "1"
    try:
        if keep and emptying:
            raise ToolError("KEEP=1 and EMPTY=1 say opposite things; give one of them.")  # noqa: TRY301 (one way out)
        with or_trouble("AWS says no"):
            destroy(settings_of(stage), emptying=emptying)
    except (ToolError, ValueError) as trouble:
        say(str(trouble))
        return 1
    return 0


def destroy(settings: Settings, *, emptying: bool) -> None:
    """Say what will be lost, ask, remove.

    Raises:
        ToolError: something could not be removed; doing it again goes on from there.
    """
    with step("Checking the credentials"):
        account = signed_in()
    with step("Checking what is there"):
        stack, at_the_edge = Stack(account, settings.stage), edge.of(account, settings.stage)
        there, kept = bool(stack.description or at_the_edge.description), find(account, settings)
    if not there and not (kept and emptying):
        say(f"There is no gallery “{settings.stage}” in account {account.number}, region {account.region}.")
        say(f"Kept of an earlier one: {kept}. EMPTY=1 deletes that." if kept else "Nothing is left of it either.")
        return
    if stack.status not in {"", *NEVER_CAME_TO_BE} and not emptying:
        _check_kept(stack)
    _announce(account, settings, kept, emptying=emptying)
    confirm(f"Type {settings.stage} to go ahead:", settings.stage)
    if emptying:
        with step("Emptying the buckets"):
            for name in kept.buckets:
                empty(account, name)
    if there:
        with step("Removing everything else, which takes some minutes" if not emptying else "Removing the stack"):
            stack.remove()
            at_the_edge.remove()
            remove_former_images(account, settings, {})
    if emptying:
        with step("Deleting table, buckets and user pool"):
            delete(account, find(account, settings))
        say(f"Nothing of the gallery “{settings.stage}” is left.")
    else:
        say(f"The gallery “{settings.stage}” is gone; kept: {find(account, settings)}.")


def _check_kept(stack: Stack) -> None:
    lost = lost_with(stack.template)
    if lost:
        raise ToolError(
            f"This stage keeps nothing (keeps_data=False): {', '.join(lost)} would go with its stack. "
            "EMPTY=1 says that this is meant."
        )


def _announce(account: Account, settings: Settings, kept: Kept, *, emptying: bool) -> None:
    say(f"The gallery “{settings.stage}” in account {account.number}, region {account.region} will be removed.")
    if emptying:
        say("Every picture, caption, account, post and vote in it is LOST FOR GOOD:")
    else:
        say("Its address stops working. These stay, cost what they cost, and are taken over by another `make deploy`:")
    for what in (*_sizes(account, kept),):
        say(f"  {what}")


def _sizes(account: Account, kept: Kept) -> list[str]:
    tables = [account.client("dynamodb").describe_table(TableName=name)["Table"] for name in kept.tables]
    pools = [account.client("cognito-idp").describe_user_pool(UserPoolId=pool)["UserPool"] for pool in kept.pools]
    return [
        *(f"table {table['TableName']}, about {table['ItemCount']} rows" for table in tables),
        *(f"bucket {name}, {_objects(account, name)}" for name in kept.buckets),
        *(f"user pool {pool['Id']}, about {pool.get('EstimatedNumberOfUsers', 0)} people" for pool in pools),
    ]


def _objects(account: Account, bucket: str) -> str:
    page = account.client("s3").list_objects_v2(Bucket=bucket)
    return f"{page['KeyCount']} objects{' and more' if page['IsTruncated'] else ''}"


if __name__ == "__main__":
    sys.exit(main())
