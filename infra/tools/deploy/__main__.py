"""`python -m infra.tools.deploy [STAGE]`: the whole gallery into the account that `aws configure` knows.

YES=1 asks nothing. SITE_URL is tried in place of the distribution's own address, AWS_ENDPOINT_URL names another cloud,
and BROWSER_ENDPOINT the S3 host that browsers see of that.
"""

import os
import sys

from infra.settings import Settings
from infra.stages import settings_of
from infra.tools.console import Trouble, say, step
from infra.tools.deploy import edge, toolkit
from infra.tools.deploy.account import Account, check_edge, check_region, concurrent_executions, or_trouble, signed_in
from infra.tools.deploy.adoption import adopt
from infra.tools.deploy.announcement import announce, of_concurrency
from infra.tools.deploy.confirmation import confirm
from infra.tools.deploy.kept import find
from infra.tools.deploy.stack import Stack
from infra.tools.deploy.stateful import replaced, stateful
from infra.tools.deploy.toolkit import Template
from infra.tools.publish import PAGE, publish
from infra.tools.smoke import smoke


def main() -> int:
    """Deploy the stage that is named, by default prod; return the exit code."""
    stage = sys.argv[1] if len(sys.argv) > 1 else "prod"
    try:
        with or_trouble("AWS says no"):
            deploy(settings_of(stage))
    except (Trouble, ValueError) as trouble:
        say(str(trouble))
        return 1
    return 0


def deploy(settings: Settings) -> None:
    """Check, announce, ask, make, try.

    Raises:
        Trouble: one of these failed; the sentence has the way out.
    """
    with step("Checking the credentials"):
        account = signed_in()
    with step(f"Checking that {account.region} has all that is needed"):
        check_region(account)
        check_edge(settings)
    with step("Checking this machine"):
        engine = _check_machine(settings)
    with step("Checking what is there"):
        at_once = concurrent_executions(account, settings)
        stack = Stack(account, settings.stage)
        there = stack.check_idle()
        left_behind = None if there else find(account, settings)
    with step("Making the template"):
        folder = toolkit.synthesize(settings, os.environ.get("BROWSER_ENDPOINT"))
        template = toolkit.template_in(folder, settings.stage)
    if there:
        _check_nothing_is_lost(stack, template)
    for line in announce(account, settings, template, there=there):
        say(line)
    say(of_concurrency(at_once))
    if left_behind:
        say(f"It takes over what an earlier one left behind: {left_behind}.")
    confirm("Go ahead? [yes/no]", "yes")
    if not account.bootstrapped:
        with step("Making what the CDK needs for itself"):
            toolkit.bootstrap(account)
    if left_behind:
        with step("Taking over what is there"):
            adopt(account, settings.stage, template, left_behind)
    if settings.makes_certificate or settings.makes_firewall:
        with step("Making what the distribution needs in us-east-1"):
            settings = edge.deploy(account, folder, settings)
        folder = toolkit.synthesize(settings, os.environ.get("BROWSER_ENDPOINT"))
    with step("Building, uploading and deploying, which takes a quarter of an hour the first time"):
        toolkit.deploy(account, folder, settings, engine)
    _publish(account, stack)
    smoke(os.environ.get("SITE_URL") or _own_address(account, stack), account.session)
    _tell(account, settings, stack)


def _check_machine(settings: Settings) -> str | None:
    """Return the container engine, where one is needed.

    Raises:
        Trouble: it is missing, or the page isn't built.
    """
    if not (PAGE / "index.html").is_file():
        raise Trouble("The page is not built; run `make deploy`, or `npm --prefix frontend run build` before this.")
    if not toolkit.CDK.exists():
        raise Trouble("The CDK's command line is missing; run `make deploy`, or `npm ci --prefix infra` before this.")
    engine = toolkit.engine_for(settings)
    if engine and toolkit.is_foreign(settings):
        say(f"(images for {settings.architecture} are built by emulation here, which is slow) ", end="")
    return engine


def _check_nothing_is_lost(stack: Stack, template: Template) -> None:
    lost = replaced(stateful(stack.template), stateful(template))
    if lost:
        raise Trouble(
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
    found = account.client("cloudfront").get_distribution(Id=stack.outputs["DistributionId"])
    return str(found["Distribution"]["DomainName"])


def _tell(account: Account, settings: Settings, stack: Stack) -> None:
    if settings.domain_name:
        say(f"Point {settings.domain_name} at {_distribution(account, stack)} (CNAME, or an alias record in Route 53).")
    if settings.access_mode == "members":
        say(f"Make yourself an admin, who invites others: make admin STAGE={settings.stage} USER=you@example.org")
    say(f"The gallery is at {stack.outputs['SiteUrl']}")


if __name__ == "__main__":
    sys.exit(main())
