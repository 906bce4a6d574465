"""Draw docs/architecture.svg, and the generated parts of docs/architecture.md, from the template."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

from infra.app import new_app, synthesize
from infra.settings import ROOT, Llm, stack_name
from infra.stages import STAGES
from infra.tools.diagram.drawing import draw
from infra.tools.diagram.links import Resources, contents, links
from infra.tools.diagram.mermaid import page

FILE = ROOT / "docs" / "architecture.svg"
PAGE = ROOT / "docs" / "architecture.md"
DRAWN = replace(
    STAGES["local"],
    llm=Llm(provider="bedrock", model="any", input_dollars=0, output_dollars=0, dollars_a_day=0),
)
"""With all there can be. Its links are the cloud's, as a test of the stages' differences has it."""


def drawing(resources: Resources) -> str:
    """Return the drawing of a template's resources."""
    return draw(links(resources), contents(resources))


def main() -> None:
    """Make the template and draw it."""
    with tempfile.TemporaryDirectory() as folder:
        synthesize(new_app(Path(folder)), DRAWN)
        template = json.loads((Path(folder) / f"{stack_name(DRAWN.stage)}.template.json").read_text())
    FILE.write_text(drawing(template["Resources"]))
    PAGE.write_text(page(PAGE.read_text(), template["Resources"]))


if __name__ == "__main__":
    main()
