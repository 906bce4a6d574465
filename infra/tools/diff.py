"""`python -m infra.tools.diff [STAGE]`: what `make deploy` would change, by the CDK's own command line."""

import sys
from dataclasses import replace

from infra.settings import Settings
from infra.stages import settings_of
from infra.tools.console import ToolError, say
from infra.tools.deploy import contacts, edge, toolkit
from infra.tools.deploy.account import Account, concurrent_executions, fitted, or_trouble, signed_in
from infra.tools.deploy.packaging import means_image
from infra.tools.deploy.stack import Stack


def main() -> int:
    """Show it for the stage that is named, by default prod; return the exit code."""
    stage = sys.argv[1] if len(sys.argv) > 1 else "prod"
    try:
        with or_trouble("AWS says no"):
            account = signed_in()
            settings = as_deployed(account, settings_of(stage))
        return toolkit.diff(account, toolkit.synthesize(settings), settings)
    except (ToolError, ValueError) as trouble:
        say(str(trouble))
        return 1


def as_deployed(account: Account, settings: Settings) -> Settings:
    """Return the settings that a deployment would end with if nobody were asked.

    Without the certificate and the firewall that there are in us-east-1 the distribution would seem to lose both.
    """
    stack, at_the_edge = Stack(account, settings.stage), edge.of(account, settings.stage)
    settings = fitted(settings, concurrent_executions(account, settings))
    deployed = stack.template if stack.description else {}
    settings = replace(settings, caption_image=means_image(settings, deployed))
    settings = contacts.known(settings, deployed, ask=False)
    return edge.named(settings, at_the_edge) if at_the_edge.description else settings


if __name__ == "__main__":
    sys.exit(main())
