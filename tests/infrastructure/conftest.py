"""The template of each stage, synthesized once for all tests, without account, credentials or Docker."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from infra import assets
from infra.fingerprint import fingerprint
from infra.settings import Settings, stack_name
from infra.stages import STAGES
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from tests import assemblies

Resource = dict[str, Any]


@dataclass(frozen=True)
class Synthesized:
    """What one stage became."""

    folder: Path
    template: Path

    @property
    def content(self) -> Resource:
        content: Resource = json.loads(self.template.read_text())
        return content

    def resources(self, kind: str) -> dict[str, Resource]:
        """Logical name → properties, of every resource of a kind such as `AWS::S3::Bucket`."""
        found = self.content["Resources"]
        return {name: each.get("Properties", {}) for name, each in found.items() if each["Type"] == kind}

    def statements(self) -> Iterator[Resource]:
        """Every statement of every policy, of roles, buckets and queues alike."""
        for policy in _policies(self.content["Resources"]):
            yield from policy["Statement"]

    def only(self, kind: str, word: str = "") -> Resource:
        """The properties of the one resource of a kind whose logical name contains a word."""
        found = [properties for name, properties in self.resources(kind).items() if word in name]
        assert len(found) == 1, f"{len(found)} resources of {kind} have {word!r} in their name"
        return found[0]


@pytest.fixture(autouse=True)
def empty_account() -> None:
    """Empty moto's services: a `mock_aws` inside that of the unit tests of the same process resets nothing itself."""
    BackendDict.reset()
    reset_model_data()


@pytest.fixture(scope="session")
def cloud() -> Synthesized:
    try:
        for requirements in ("layer", "search", "mosaic"):
            assets.packages(requirements, assets.PLATFORMS[STAGES["prod"].architecture])
    except RuntimeError as reason:
        pytest.skip(str(reason))
    return kept(STAGES["prod"])


@pytest.fixture(scope="session")
def local() -> Synthesized:
    return kept(STAGES["local"])


def kept(settings: Settings) -> Synthesized:
    """Synthesize a stage, or take what a test made of the same sources and settings, in this run or one before."""
    name = _fingerprint(json.dumps(asdict(settings), sort_keys=True, default=str))[:32]
    folder = assemblies.kept(name, lambda folder: synthesized(settings, folder))
    return Synthesized(folder, folder / f"{stack_name(settings.stage)}.template.json")


_fingerprint = cache(fingerprint)
"""What the sources are is asked once in a run."""


def synthesized(settings: Settings, folder: Path) -> Synthesized:
    """Synthesize a stage into a folder, whatever is kept."""
    from infra.app import new_app, synthesize  # noqa: PLC0415 - importing the CDK takes seconds

    synthesize(new_app(folder), settings)
    return Synthesized(folder, folder / f"{stack_name(settings.stage)}.template.json")


def _policies(found: object) -> Iterator[Resource]:
    if isinstance(found, dict):
        for name, value in found.items():
            if name in {"PolicyDocument", "AssumeRolePolicyDocument"}:
                yield value
            else:
                yield from _policies(value)
    elif isinstance(found, list):
        for value in found:
            yield from _policies(value)
