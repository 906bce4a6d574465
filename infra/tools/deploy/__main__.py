"""`python -m infra.tools.deploy [STAGE]`: the whole gallery into the account that `aws configure` knows.

YES=1 asks nothing. ALARMS_EMAIL and BUDGET say who is told of alarms and what a month may cost, CAPTIONER=image or zip
how the captioner is packaged. SITE_URL is tried in
place of the distribution's own address, AWS_ENDPOINT_URL names another cloud, and BROWSER_ENDPOINT the S3 host that
browsers see of that.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from infra import assets
from infra.settings import Settings
from infra.stages import settings_of
from infra.tools.console import ToolError, say, step
from infra.tools.deploy import contacts, edge, toolkit
from infra.tools.deploy.account import (
    Account,
    check_edge,
    check_mail,
    check_region,
    concurrent_executions,
    fitted,
    or_trouble,
    signed_in,
)
from infra.tools.deploy.adoption import adopt
from infra.tools.deploy.announcement import announce, of_concurrency
from infra.tools.deploy.confirmation import confirm
from infra.tools.deploy.kept import find
from infra.tools.deploy.packaging import packaged, remove_former_images
from infra.tools.deploy.stack import Stack
from infra.tools.deploy.stateful import replaced, resolved, stateful
from infra.tools.deploy.toolkit import Template
from infra.tools.publish import PAGE, publish
from infra.tools.smoke import answers, smoke

NO_BYTECODE = (
    f"there is no Python {assets.PYTHON_VERSION} here and none could be fetched, so functions compile themselves and "
    "start a second later; install one and deploy again"
)


def main() -> int:
    """Deploy the stage that is named, by default prod; return the exit code."""
    stage = sys.argv[1] if len(sys.argv) > 1 else "prod"
    try:
        with or_trouble("AWS says no"):
            deploy(settings_of(stage, browser_endpoint=os.environ.get("BROWSER_ENDPOINT")))
    except (ToolError, ValueError) as trouble:
        say(str(trouble))
        return 1
    return 0


def deploy(settings: Settings) -> None:
    """Check, announce, ask, make, try.

    Raises:
        ToolError: one of these failed; the sentence has the way out.
    """
    with step("Checking the credentials"):
        account = signed_in()
    with step(f"Checking that {account.region} has all that is needed"):
        check_region(account)
        check_edge(settings)
        of_mail = check_mail(account, settings)
    with step("Checking this machine"):
        _check_machine()
    with step("Checking what is there"):
        at_once = concurrent_executions(account, settings)
        stack = Stack(account, settings.stage)
        there = stack.check_idle()
        kept = None if there else find(account, settings)
    deployed, ask = stack.template if there else {}, contacts.can_be_asked()
    settings, engine = packaged(fitted(settings, at_once), deployed, ask=ask)
    if engine and toolkit.is_foreign(settings):
        say(f"Images for {settings.architecture} are built by emulation on this machine, which is slow.")
    settings = contacts.known(settings, deployed, ask=ask)
    with step("Making the template"):
        folder = toolkit.synthesize(settings)
        template = toolkit.template_in(folder, settings.stage)
    if there:
        _check_nothing_is_lost(account, stack, template)
        _check_rotation(settings, stack.outputs)
    for line in announce(account, settings, template, there=there):
        say(line)
    for warning in (of_concurrency(at_once), of_mail, *contacts.warnings(settings)):
        if warning:
            say(warning)
    if kept:
        say(f"It takes over what an earlier one left behind: {kept}.")
    confirm("Go ahead? [yes/no]", "yes")
    if not account.bootstrapped:
        with step("Making what the CDK needs for itself"):
            toolkit.bootstrap(account)
    if not there:
        _make_room(account, settings, stack, template)
    _deploy(account, folder, settings, engine, stack.outputs if there else {})
    remove_former_images(account, settings, template)
    _publish(account, stack)
    smoke(os.environ.get("SITE_URL") or _own_address(account, stack), account.session)
    _tell(account, settings, stack)


def _make_room(account: Account, settings: Settings, stack: Stack, template: Template) -> None:
    """Remove a stack that never came to be, and begin one with what it or an earlier one left behind.

    CloudFormation imports nothing into a stack whose creation failed, and retains what holds data when that is deleted.
    """
    if stack.description:
        with step("Removing what an interrupted deployment left of the stack"):
            stack.remove()
    if kept := find(account, settings):
        with step("Taking over what is there"):
            adopt(account, settings.stage, template, kept)


def _generation(outputs: Mapping[str, str], settings: Settings) -> int:
    """Return the generation of the secret that the distribution sends at present."""
    return int(outputs.get("OriginSecretGeneration", settings.origin_secret_generation))


def _check_rotation(settings: Settings, outputs: Mapping[str, str]) -> None:
    sent = _generation(outputs, settings)
    if settings.origin_secret_generation - sent not in {0, 1}:
        raise ToolError(
            f"The distribution sends the secret of generation {sent}, and functions take that one and the next; "
            "change origin_secret_generation by one at a time."
        )


def _deploy(account: Account, folder: Path, settings: Settings, engine: str | None, outputs: Mapping[str, str]) -> None:
    """Make what the distribution needs first, and remove last what it needs no longer."""
    asked = edge.asked(folder, settings)
    if asked:
        with step("Making what the distribution needs in us-east-1"):
            settings = edge.deploy(account, folder, settings)
        folder = toolkit.synthesize(settings)
    if _generation(outputs, settings) != settings.origin_secret_generation:
        with step("Letting the functions know the distribution's next secret"):
            first = replace(settings, origin_secret_generation_sent=_generation(outputs, settings))
            toolkit.deploy(account, toolkit.synthesize(first), first, engine)
        folder = toolkit.synthesize(settings)
    with step("Building, uploading and deploying, which takes a quarter of an hour the first time"):
        toolkit.deploy(account, folder, settings, engine)
    edge.settle(account, settings.stage, asked)


def _check_machine() -> None:
    """Check that the page is built and the CDK's command line is there.

    Raises:
        ToolError: they are not.
    """
    if not (PAGE / "index.html").is_file():
        raise ToolError("The page is not built; run `make deploy`, or `npm --prefix frontend run build` before this.")
    if not toolkit.CDK.exists():
        raise ToolError("The CDK's command line is missing; run `make deploy`, or `npm ci --prefix infra` before this.")
    if not (assets.python_of_lambda() or assets.fetch_python()):
        say(f"({NO_BYTECODE}) ", end="")


def _check_nothing_is_lost(account: Account, stack: Stack, template: Template) -> None:
    # What was taken over has its names written out.
    names = {"AWS::AccountId": account.number, "AWS::Region": account.region}
    lost = replaced(resolved(stateful(stack.template), names), resolved(stateful(template), names))
    if lost:
        raise ToolError(
            f"This would put something new and empty in the place of {', '.join(lost)}. "
            "Nothing was changed; docs/deploying.md says what to do."
        )


def _publish(account: Account, stack: Stack) -> None:
    with step("Publishing the page"):
        publish(PAGE, stack.outputs["SiteBucketName"], account.client("s3"))


def _own_address(account: Account, stack: Stack) -> str:
    """Return the address that works before anybody has pointed a domain at it."""
    return f"https://{_distribution(account, stack)}"


def _distribution(account: Account, stack: Stack) -> str:
    answer = account.client("cloudfront").get_distribution(Id=stack.outputs["DistributionId"])
    return str(answer["Distribution"]["DomainName"])


def _tell(account: Account, settings: Settings, stack: Stack) -> None:
    """Say what is left to do, and last where the gallery is, by an address that works already."""
    address = stack.outputs["SiteUrl"]
    if settings.alarms_email:
        say(f"Amazon SNS asks {settings.alarms_email} whether it wants alarms; follow the links in its two mails.")
    if settings.domain_name and not answers(address):
        say(f"Point {settings.domain_name} at {_distribution(account, stack)} (CNAME, or an alias record in Route 53).")
        address = _own_address(account, stack)
    if settings.access_mode == "members":
        say(f"Make yourself an admin, who invites others: make admin STAGE={settings.stage} USER=you@example.org")
    say(f"The gallery is at {address}")


if __name__ == "__main__":
    sys.exit(main())
