"""The synthesized template with its assets, made anew only when something it is made of has changed."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from infra.fingerprint import fingerprint
from infra.local.llm import llm_of
from infra.local.settings import STACK, LocalSettings
from infra.settings import ROOT
from infra.tools.console import ToolError

EPOCH = (1980, 1, 1, 0, 0, 0)
JSII_ENVIRONMENT = {"JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1", "NODE_OPTIONS": "--no-deprecation"}

Template = dict[str, Any]


@dataclass(frozen=True)
class Assembly:
    """What a synthesis left behind."""

    folder: Path

    @property
    def template(self) -> Template:
        """The stack's template."""
        template: Template = json.loads((self.folder / f"{STACK}.template.json").read_text())
        return template

    @property
    def assets(self) -> dict[str, Path]:
        """Object key in the asset bucket → folder or file."""
        files = json.loads((self.folder / f"{STACK}.assets.json").read_text())["files"]
        return {
            destination["objectKey"]: self.folder / file["source"]["path"]
            for file in files.values()
            for destination in file["destinations"].values()
        }


def is_current(settings: LocalSettings) -> bool:
    """Whether the assembly on disk was made of what is there now."""
    made = stamp(settings)
    return made.is_file() and made.read_text() == made_of(settings)


def stamp(settings: LocalSettings) -> Path:
    """The file beside the assembly on disk that says what it was made of."""
    return settings.assembly / "made-of"


def made_of(settings: LocalSettings) -> str:
    """What this local cloud's assembly is made of, as one digest."""
    return fingerprint(_context(settings))


def synthesize(settings: LocalSettings) -> None:
    """Run the CDK app for this local cloud.

    Raises:
        ToolError: it failed.
    """
    sources, made = made_of(settings), stamp(settings)
    # What is killed in the middle is never taken for finished.
    made.unlink(missing_ok=True)
    environment = (
        os.environ
        | JSII_ENVIRONMENT
        | {
            "CDK_OUTDIR": str(settings.assembly),
            "CDK_CONTEXT_JSON": _context(settings),
        }
    )
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        log = settings.data / "synth.log"
        log.write_text(done.stdout + done.stderr)
        raise ToolError(f"The template could not be made; {log} says why.")
    made.write_text(sources)


def pack(asset: Path) -> bytes:
    """An asset as it is uploaded: a file as it is, a folder as a zip file that depends on nothing but its content."""
    if asset.is_file():
        return asset.read_bytes()
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for file in sorted(path for path in asset.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(asset).as_posix(), EPOCH)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED, 1)
    return archive.getvalue()


def _context(settings: LocalSettings) -> str:
    return json.dumps(
        {
            "stage": "local",
            "browser_endpoint": settings.browser_endpoint,
            "site_url": settings.site_url,
            "llm": llm_of(settings),
        }
    )
