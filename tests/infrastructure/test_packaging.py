"""The captioner's image or zip file: which it is, what builds it, and which images are kept."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from infra.stages import STAGES
from infra.tools.console import ToolError
from infra.tools.deploy.packaging import REPOSITORY, packaged, remove_former_images
from infra.tools.deploy.toolkit import Template
from moto import mock_aws
from tests.infrastructure.accounts import REGION, account
from tests.infrastructure.conftest import Synthesized

PROD = STAGES["prod"]
ZIPPED = replace(PROD, caption_image=False)
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
REGISTRY = REPOSITORY.format(number="123456789012", region=REGION)


@pytest.fixture(autouse=True)
def engines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder in which all programs of this machine are, none at first."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("ENGINE", "CAPTIONER", "YES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def program(file: Path, text: str) -> None:
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def deployed(*, image: bool) -> Template:
    code = {"ImageUri": "registry:tag"} if image else {"S3Key": "a.zip"}
    return {"Resources": {"Captioner": {"Type": "AWS::Lambda::Function", "Properties": {"Code": code}}}}


def test_an_image_needs_an_engine_and_a_zip_file_none(engines: Path) -> None:
    with pytest.raises(ToolError, match=r"Docker is missing or not running.*docs\.docker\.com.*CAPTIONER=zip"):
        packaged(PROD, {}, ask=False)
    assert packaged(ZIPPED, {}, ask=False) == (ZIPPED, None)
    program(engines / "docker", "exit 1")
    program(engines / "podman", "exit 0")
    assert packaged(PROD, {}, ask=False) == (PROD, "podman")


@pytest.mark.parametrize(("answer", "accepted"), [("yes", True), ("no", False)])
def test_where_there_is_no_engine_a_zip_file_is_offered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, *, accepted: bool
) -> None:
    monkeypatch.setattr("builtins.input", lambda: answer)
    if accepted:
        assert packaged(PROD, {}, ask=True) == (ZIPPED, None)
    else:
        with pytest.raises(ToolError, match="Nothing was changed"):
            packaged(PROD, {}, ask=True)
    assert "Docker is missing or not running" in capsys.readouterr().out


def test_it_stays_what_it_is_unless_somebody_says_otherwise(monkeypatch: pytest.MonkeyPatch, engines: Path) -> None:
    program(engines / "docker", "exit 0")
    assert packaged(PROD, deployed(image=False), ask=True) == (ZIPPED, None)
    assert packaged(PROD, deployed(image=True), ask=True) == (PROD, "docker")
    monkeypatch.setenv("CAPTIONER", "image")
    assert packaged(PROD, deployed(image=False), ask=True) == (PROD, "docker")
    monkeypatch.setenv("CAPTIONER", "zip")
    assert packaged(PROD, deployed(image=True), ask=True) == (ZIPPED, None)
    monkeypatch.setenv("CAPTIONER", "jar")
    with pytest.raises(ToolError, match="image or zip"):
        packaged(PROD, {}, ask=True)


def tags_of(ecr: Any) -> set[str]:  # noqa: ANN401 - boto3's own
    return {each["imageTag"] for each in ecr.list_images(repositoryName=REGISTRY)["imageIds"]}


def test_images_of_former_deployments_are_removed_and_nobody_else_s(cloud: Synthesized) -> None:
    with mock_aws():
        assert remove_former_images(account(), PROD, cloud.content) == 0, "there is no registry yet"
        ecr = account().client("ecr")
        ecr.create_repository(repositoryName=REGISTRY)
        (present,) = {
            each["Code"]["ImageUri"]["Fn::Sub"].rpartition(":")[2]
            for each in cloud.resources("AWS::Lambda::Function").values()
            if "ImageUri" in each["Code"]
        }
        assert present.startswith("neural-gallery-prod-")
        others = {"neural-gallery-production-1", "neural-gallery-beta-1", "a" * 64}
        former = {f"neural-gallery-prod-{number}" for number in range(120)}
        for number, tag in enumerate(sorted({present} | others | former)):
            manifest = json.dumps(
                {"schemaVersion": 2, "mediaType": MANIFEST, "config": {"digest": f"sha256:{number:064}"}, "layers": []}
            )
            ecr.put_image(repositoryName=REGISTRY, imageManifest=manifest, imageTag=tag)
        assert remove_former_images(account(), PROD, cloud.content) == len(former)
        assert tags_of(ecr) == others | {present}
        assert remove_former_images(account(), PROD, cloud.content) == 0
        assert remove_former_images(account(), PROD, deployed(image=False)) == 1, "it is a zip file now"
        assert tags_of(ecr) == others
