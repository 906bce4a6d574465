"""A gallery that people have used is brought from the version before to this one, and loses nothing."""

import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from infra.local import deployment
from infra.local.assembly import Assembly
from infra.local.repairs import repair
from infra.tools.deploy.stateful import replaced, stateful
from tests import photographs
from tests.accounts import Account, account
from tests.bare_cloud import BareCloud, bare_cloud
from tests.integration.posts import ask, posted
from tests.integration.votes import give
from tests.integration.waiting import settled
from tests.local_cloud import ROOT, LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.long, pytest.mark.timeout(300)]

Look = Callable[[], dict[str, Any]]

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


def used(cloud: LocalCloud) -> Look:
    """Have three people upload, post, like, follow and vote; return what looks at all of that."""
    anna, eve, admin = account(cloud), account(cloud), account(cloud, "admin")
    post = posted(cloud, anna, text="Look!")
    person, picture = post["author"], post["image"]["id"]
    assert settled(cloud, picture)["status"] == "captioned"
    for path in (f"/api/posts/{post['id']}/like", f"/api/users/{person}/follow"):
        assert ask(cloud, "PUT", path, eve).status_code == 204
    give(cloud, "dogs", by=eve, positive=[picture])
    paths: dict[str, Account | None] = {
        f"/api/images/{picture}": None,
        "/api/images": None,
        f"/api/posts/{post['id']}": eve,
        "/api/posts/most-liked": None,
        "/api/feed": eve,
        f"/api/users/{person}": eve,
        f"/api/users/{person}/followers": None,
        "/api/me": anna,
        "/api/analytics?query=dogs": admin,
    }
    return lambda: {path: ask(cloud, "GET", path, by).raise_for_status().json() for path, by in paths.items()}


def changed(before: object, after: object, path: str = "") -> Iterator[str]:
    """Where something that was there is gone or another; what is new besides does not count."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name, each in before.items():
            yield from changed(each, after.get(name), f"{path}/{name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, each in enumerate(before):
            yield from changed(each, after[number], f"{path}/{number}")
    elif before != after:
        yield f"{path}: {before} became {after}"


@needs_model
def test_what_people_did_in_the_version_before_is_all_still_there(tmp_path: Path) -> None:
    sources = older(tmp_path / "before")
    with bare_cloud(tmp_path / "data") as bare:
        old = assembly_of(sources, tmp_path / "old", bare.settings.browser_endpoint)
        new = assembly_of(ROOT, tmp_path / "new", bare.settings.browser_endpoint)
        assert replaced(stateful(old.template), stateful(new.template)) == []

        outputs = deploy(bare, old)
        look = used(bare.gallery)
        before = look()
        now = deploy(bare, new)
        names = ("TableName", "MediaBucketName", "SiteBucketName", "UserPoolId", "UserPoolClientId", "DistributionId")
        assert [now[name] for name in names] == [outputs[name] for name in names]
        assert list(changed(before, look())) == []
        with bare.gallery.http() as http:
            small = before["/api/images"]["images"][0]["urls"]["small"]
            assert http.get(small).headers["content-type"].startswith("image/")
        assert settled(bare.gallery, bare.gallery.upload(*photographs.some(1)[0]))["status"] == "captioned"
