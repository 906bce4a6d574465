"""`python -m infra.local`: the whole gallery on this machine, until Ctrl-C."""

import json
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import ExitStack, suppress

from infra.local.assembly import Assembly, is_current, synthesize
from infra.local.cloud import Cloud, running_cloud
from infra.local.deployment import deploy, outputs
from infra.local.key import close_to_others
from infra.local.llm import store_key
from infra.local.node import check_node
from infra.local.people import ready_made
from infra.local.repairs import repair
from infra.local.settings import LocalSettings, settings_from
from infra.local.watch import redeploy_on_save
from infra.tools.console import ToolError, say, step
from infra.tools.publish import PAGE, publish

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """Told to stop."""


def main() -> int:
    """Start, say where the gallery is, stay until told to stop; return the exit code."""
    for number in SIGNALS:
        signal.signal(number, _end)
    with suppress(Ended):
        try:
            serve(settings_from())
        except ToolError as trouble:
            say(str(trouble))
            return 1
    return 0


def serve(settings: LocalSettings) -> None:
    """Run the gallery until a signal comes or its cloud ends.

    Raises:
        ToolError: it can't be started, or its cloud ended by itself.
        Ended: a signal came.
    """
    check_node()
    with ExitStack() as running:
        with step("Starting the local cloud"):
            cloud = running.enter_context(running_cloud(settings))
        assembly = bring_up(cloud)
        stop = threading.Event()
        running.callback(stop.set)
        threading.Thread(target=redeploy_on_save, args=(cloud, assembly, stop), daemon=True).start()
        people = ready_made(cloud, outputs(cloud)["UserPoolId"])
        say(f"The gallery is at {settings.site_url}")
        for email, password in people.items():
            say(f"  {email:<18}  password {password}")
        threading.Thread(target=say_mail, args=(cloud.mail,), daemon=True).start()
        cloud.process.wait()
        raise ToolError(f"The local cloud ended by itself; {settings.log} says why.")


def bring_up(cloud: Cloud) -> Assembly:
    """Deploy the gallery as its sources are now, and its page where it is built; return what was deployed."""
    assembly = Assembly(cloud.settings.assembly)
    if not is_current(cloud.settings):
        with step("Making the template"):
            synthesize(cloud.settings)
    with step("Deploying the gallery"):
        store_key(cloud)
        deployed = deploy(cloud, assembly)
        repair(cloud, assembly.template)
    if (PAGE / "index.html").is_file():
        with step("Uploading the page"):
            publish(PAGE, deployed["SiteBucketName"], cloud.client("s3"))
    cloud.take_snapshot()
    close_to_others(cloud.settings.data)
    return assembly


def say_mail(mail: Iterable[str]) -> None:
    """Say what each e-mail says, which is nowhere else to be found."""
    for line in mail:
        message = json.loads(line)
        say(f"An e-mail to {message['to']}: {message['body']}")


def _end(*_: object) -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise Ended


if __name__ == "__main__":
    sys.exit(main())
