"""Redeploy what is edited: a saved function or the shared layer, as the same template with that one asset changed."""

import hashlib
import tempfile
import threading
from pathlib import Path
from typing import Any

from watchfiles import watch

from infra import assets
from infra.local.assembly import Assembly, Template, pack, synthesize
from infra.local.cloud import Cloud
from infra.local.deployment import apply, deploy, upload_asset
from infra.local.repairs import repair
from infra.settings import ROOT
from infra.tools.console import ToolError, say, step

FUNCTIONS, LAYER, TEMPLATE = ROOT / "functions", ROOT / "layers", ROOT / "infra"
LAYER_NAME, TEMPLATE_NAME = "layer", "template"


def redeploy_on_save(cloud: Cloud, assembly: Assembly, stop: threading.Event) -> None:
    """Watch the sources until told to stop; what can't be deployed is said, and the last state goes on serving."""
    template = assembly.template
    for changes in watch(FUNCTIONS, LAYER, TEMPLATE, stop_event=stop, debounce=200, step=50, watch_filter=_is_source):
        edited = {part_of(Path(path)) for _, path in changes}
        try:
            with step(f"Redeploying {', '.join(sorted(edited))}"):
                if TEMPLATE_NAME in edited:
                    template = _redeploy_all(cloud, assembly)
                else:
                    redeploy(cloud, template, edited)
        except (ToolError, OSError) as trouble:
            say(f"Not redeployed: {trouble}")


def part_of(path: Path) -> str:
    """What an edited file belongs to: a function by its folder, `layer`, or `template` where all may change."""
    # The template names the models and the tiles.
    if path.is_relative_to(TEMPLATE) or {assets.MODEL, assets.MORE_MODELS} & set(path.parents) or path == assets.TILES:
        return TEMPLATE_NAME
    return LAYER_NAME if path.is_relative_to(LAYER) else path.relative_to(FUNCTIONS).parts[0]


def _redeploy_all(cloud: Cloud, assembly: Assembly) -> Template:
    synthesize(cloud.settings)
    deploy(cloud, assembly)
    repair(cloud, assembly.template)
    return assembly.template


def redeploy(cloud: Cloud, template: Template, edited: set[str]) -> None:
    """Deploy the template with the edited functions' assets (`layer` for the shared package) as they are on disk.

    Raises:
        ToolError: CloudFormation says no.
    """
    for name in edited:
        content = _packed(name)
        key = f"{hashlib.sha256(content).hexdigest()}.zip"
        upload_asset(cloud, key, content)
        for code in _code_of(template, name):
            code["S3Key"] = key
    apply(cloud, template)
    repair(cloud, template)


def _packed(name: str) -> bytes:
    contents = assets.domain_layer() if name == LAYER_NAME else assets.function(name)
    with tempfile.TemporaryDirectory() as folder:
        return pack(assets.stage(contents, Path(folder)))


def _code_of(template: Template, name: str) -> list[dict[str, Any]]:
    resources = [(resource["Type"], resource.get("Properties", {})) for resource in template["Resources"].values()]
    if name == LAYER_NAME:
        return [properties["Content"] for kind, properties in resources if kind == "AWS::Lambda::LayerVersion"]
    functions = [properties for kind, properties in resources if kind == "AWS::Lambda::Function"]
    return [resource["Code"] for resource in functions if resource.get("Handler", "").split(".")[0] == name]


def _is_source(_change: object, path: str) -> bool:
    source_path = Path(path)
    if (
        not assets.LEFT_OUT.isdisjoint(source_path.parts)
        or source_path.name.startswith((".", "~"))
        or source_path.name.endswith("~")
    ):
        return False
    # What a model's compiler writes counts once it is whole: its manifest is written last.
    if not set(assets.COMPILED).isdisjoint(source_path.parents):
        return source_path.name == "manifest.json"
    return bool(source_path.suffix) and Path(__file__).parent not in source_path.parents
