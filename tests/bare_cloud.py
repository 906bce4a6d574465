"""A local cloud with nothing in it: an account for what is done before there is a gallery."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from infra.local.cloud import Cloud, running_cloud
from infra.local.key import key_in
from infra.local.settings import ACCOUNT, REGION, LocalSettings
from infra.tools.deploy.account import Account
from tests.endpoints import FoundCloud
from tests.local_cloud import ROOT, free_port


@dataclass(frozen=True)
class BareCloud:
    """An emulator that only what a test deploys is in."""

    cloud: Cloud

    @property
    def settings(self) -> LocalSettings:
        return self.cloud.settings

    @property
    def environment(self) -> dict[str, str]:
        """What `aws configure` and the variables of a deployment would say of it."""
        key = key_in(self.settings.key)
        return {
            "AWS_ACCESS_KEY_ID": key.access_key_id,
            "AWS_SECRET_ACCESS_KEY": key.secret_access_key,
            "AWS_REGION": REGION,
            "AWS_ENDPOINT_URL": self.settings.endpoint,
            "SITE_URL": self.settings.site_url,
            "BROWSER_ENDPOINT": self.settings.browser_endpoint,
        }

    @property
    def account(self) -> Account:
        """The same for code that is called here."""
        key = key_in(self.settings.key)
        return Account(boto3.Session(key.access_key_id, key.secret_access_key, None, REGION), ACCOUNT, "me", REGION)

    @property
    def gallery(self) -> FoundCloud:
        """The gallery that a test has deployed."""
        return FoundCloud(self.settings.endpoint, self.account.session, self.settings.site_url)

    def run(self, module: str, *words: str, says: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of ours as somebody who deploys does."""
        return subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=os.environ | self.environment | more,
            input=says,
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def bare_cloud(data: Path) -> Iterator[BareCloud]:
    """Run one on free ports for as long as the block takes."""
    settings = LocalSettings(free_port(), free_port(), data, dev_server=True)
    with ExitStack() as afterwards, running_cloud(settings) as cloud, pytest.MonkeyPatch.context() as patch:
        afterwards.callback(cloud.mail.close)
        patch.setenv("AWS_ENDPOINT_URL", settings.endpoint)
        yield BareCloud(cloud)
