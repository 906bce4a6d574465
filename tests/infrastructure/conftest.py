"""The template of each stage, synthesized once for all tests, without account, credentials or Docker."""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from infra import assets
from infra.app import new_app, synthesize
from infra.settings import Settings, stack_name
from infra.stages import STAGES

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


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    try:
        for requirements in ("layer", "search"):
            assets.packages(requirements, assets.PLATFORMS[STAGES["prod"].architecture])
    except RuntimeError as reason:
        pytest.skip(str(reason))
    return _synthesized_once("prod", tmp_path_factory)


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    return _synthesized_once("local", tmp_path_factory)


def _synthesized_once(stage: str, tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    """Synthesize a stage as it is, or take what another of the processes that run the tests at once has made of it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done = shared / f"{stage}.done"
    with (shared / f"{stage}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            synthesized(STAGES[stage], shared / stage)
            done.touch()
    return Synthesized(shared / stage, shared / stage / f"{stack_name(stage)}.template.json")


def synthesized(settings: Settings, folder: Path) -> Synthesized:
    """Synthesize a stage, with settings of one's own, into a folder."""
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
