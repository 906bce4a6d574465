"""The CDK's command line, and the container engine that it builds images with."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from infra.settings import ROOT, Settings, stack_name
from infra.stages import STAGES
from infra.tools.console import ToolError
from infra.tools.deploy.account import Account

CDK = ROOT / "infra/node_modules/.bin/cdk"
LOGS = ROOT / "build/logs"
MACHINES = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
"""What processors are called by operating systems, and what Lambda calls them."""

Template = dict[str, Any]


def is_foreign(settings: Settings) -> bool:
    """Whether images are built for another processor than this machine's, which takes emulation and patience."""
    return MACHINES.get(platform.machine()) != settings.architecture


def synthesize(settings: Settings) -> Path:
    """Write the stage's cloud assembly, by its file and whatever these settings say otherwise; return its folder.

    Raises:
        ToolError: it can't be made.
    """
    folder = ROOT / "build/deploy" / settings.stage
    declared, chosen = asdict(STAGES[settings.stage]), asdict(settings)
    context = {"stage": settings.stage, **{name: chosen[name] for name in chosen if chosen[name] != declared[name]}}
    environment = {"CDK_OUTDIR": str(folder), "CDK_CONTEXT_JSON": json.dumps(context)}
    _run([sys.executable, "-m", "infra.app"], environment, "The template could not be made")
    return folder


def template_in(folder: Path, stage: str) -> Template:
    """Return the stage's template from its assembly."""
    template: Template = json.loads((folder / f"{stack_name(stage)}.template.json").read_text())
    return template


def bootstrap(account: Account) -> None:
    """Make what the CDK needs for itself in an account and region.

    Raises:
        ToolError: it can't be made.
    """
    command = [str(CDK), "bootstrap", f"aws://{account.number}/{account.region}", "--no-notices"]
    _run(command, _environment(account), "The CDK's own resources could not be made")


def deploy(account: Account, folder: Path, settings: Settings, engine: str | None) -> None:
    """Build the images, upload everything and have CloudFormation make or change the stack.

    Raises:
        ToolError: something of this went wrong; CloudFormation has put back what was.
    """
    command = [str(CDK), "deploy", "--app", str(folder), stack_name(settings.stage), "--no-notices"]
    command += ["--require-approval", "never", "--progress", "events"]
    environment = _environment(account) | ({"CDK_DOCKER": engine} if engine else {})
    _run(command, environment, "The gallery could not be deployed")


def diff(account: Account, folder: Path, settings: Settings) -> int:
    """Show what a deployment of an assembly would change; return the command line's exit code."""
    command = [str(CDK), "diff", "--app", str(folder), stack_name(settings.stage), "--no-notices"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | _environment(account), check=False).returncode  # noqa: S603


def _environment(account: Account) -> dict[str, str]:
    return {"AWS_REGION": account.region, "AWS_DEFAULT_REGION": account.region}


def _run(command: list[str], environment: Mapping[str, str], failure: str) -> None:
    """Run a command quietly.

    Raises:
        ToolError: it failed, with its last words and where all of them are.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{Path(command[0]).name}-{command[1].lstrip('-')}.log"
    with log.open("w") as output:
        done = subprocess.run(  # noqa: S603 (only our own words)
            command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        raise ToolError("\n".join([f"{failure}; {log.relative_to(ROOT)} says why. It ends:", *lines[-8:]]))
