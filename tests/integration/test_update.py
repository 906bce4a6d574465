"""A gallery that people have used is brought from the version before to this one, and loses nothing."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import httpx
import pytest
from infra.deploy.stateful import replaced, stateful
from infra.local import deployment
from infra.local.assembly import Assembly
from infra.local.repairs import repair
from tests import photographs
from tests.bare_cloud import BareCloud, bare_cloud
from tests.local_cloud import ROOT, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(300)]

MODELS = ("functions/caption/model", "functions/search/model")


def git(*words: str) -> bytes | None:
    """What git says, or None where it can't."""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def before() -> str | None:
    """The version before: the last one tagged, else the commit before this one; None where neither is known."""
    tag = git("describe", "--tags", "--abbrev=0", "HEAD~1")
    return tag.decode().strip() if tag else "HEAD~1" if git("rev-parse", "--verify", "HEAD~1^{commit}") else None


def assembly_of(sources: Path, folder: Path, endpoint: str) -> Assembly:
    """The local template of some version's sources."""
    paths = [str(sources / each) for each in ("functions", "layers/gallery", "layers/compiler", "")]
    context = f'{{"stage": "local", "browser_endpoint": "{endpoint}"}}'
    environment = {"CDK_OUTDIR": str(folder), "CDK_CONTEXT_JSON": context, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-m", "infra.app"]
    done = subprocess.run(
        command, cwd=sources, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Assembly(folder)


def older(folder: Path) -> Path:
    """The sources of the version before, with the models that are compiled here."""
    version = before()
    if version is None:
        pytest.skip("needs the commit before this one, which a shallow clone does not have")
    sources = git("archive", version)
    assert sources
    with tarfile.open(fileobj=io.BytesIO(sources)) as archive:
        archive.extractall(folder, filter="data")
    for model in MODELS:
        shutil.copytree(ROOT / model, folder / model)
    return folder


def deploy(bare: BareCloud, assembly: Assembly) -> dict[str, str]:
    outputs = deployment.deploy(bare.cloud, assembly)
    repair(bare.cloud, assembly.template)
    return outputs


def upload(http: httpx.Client, name: str, content: bytes) -> str:
    asked = {"files": [{"name": name, "type": "image/jpeg", "size": len(content)}]}
    (ticket,) = http.post("/api/uploads", json=asked).raise_for_status().json()["uploads"]
    file = {"file": (name, content, "image/jpeg")}
    httpx.post(ticket["url"], data=ticket["fields"], files=file, timeout=30).raise_for_status()
    return str(ticket["image_id"])


@needs_model
def test_pictures_people_and_rows_of_the_version_before_are_still_there(tmp_path: Path) -> None:
    sources = older(tmp_path / "before")
    with bare_cloud(tmp_path / "data") as bare, httpx.Client(base_url=bare.settings.site_url, timeout=30) as http:
        old = assembly_of(sources, tmp_path / "old", bare.settings.browser_endpoint)
        outputs = deploy(bare, old)
        image_id = upload(http, *photographs.some(1)[0])
        assert eventually(lambda: http.get(f"/api/images/{image_id}").json()["status"] == "captioned", 60)
        image = http.get(f"/api/images/{image_id}").json()
        cognito, dynamodb = bare.account.client("cognito-idp"), bare.account.client("dynamodb")
        cognito.admin_create_user(
            UserPoolId=outputs["UserPoolId"], Username="ada@example.org", MessageAction="SUPPRESS"
        )
        post = {"pk": {"S": "POST#1"}, "sk": {"S": "POST"}, "text": {"S": "hello"}}
        dynamodb.put_item(TableName=outputs["TableName"], Item=post)

        new = assembly_of(ROOT, tmp_path / "new", bare.settings.browser_endpoint)
        assert replaced(stateful(old.template), stateful(new.template)) == []
        now = deploy(bare, new)

        names = ("TableName", "MediaBucketName", "SiteBucketName", "UserPoolId", "UserPoolClientId", "DistributionId")
        assert [now[name] for name in names] == [outputs[name] for name in names]
        still = http.get(f"/api/images/{image_id}").raise_for_status().json()
        assert [still[name] for name in ("id", "caption", "sha256")] == [
            image[name] for name in ("id", "caption", "sha256")
        ]
        assert [each["id"] for each in http.get("/api/images").json()["images"]] == [image_id]
        assert http.get(still["urls"]["small"]).status_code == 200
        key = {name: post[name] for name in ("pk", "sk")}
        assert dynamodb.get_item(TableName=now["TableName"], Key=key)["Item"] == post
        assert len(cognito.list_users(UserPoolId=now["UserPoolId"])["Users"]) == 1
        assert upload(http, *photographs.some(1)[0]) != image_id
