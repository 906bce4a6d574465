"""The gallery's buckets and queues on LocalStack, another cloud than the one that the other tests run on."""

import os
import subprocess
import sys

import pytest
from infra.assets import packages
from tests.local_cloud import ROOT, free_port

pytestmark = [pytest.mark.cloud, pytest.mark.long, pytest.mark.timeout(400)]


def test_localstack_takes_what_of_the_gallery_it_has_services_for() -> None:
    try:
        packages("localstack")
    except RuntimeError as reason:
        pytest.skip(f"needs LocalStack's packages: {reason}")
    without_containers = {"ENGINE": "none", "CLOUD_PORT": str(free_port())}
    done = subprocess.run(
        [sys.executable, "-m", "infra.localstack"],
        cwd=ROOT,
        env=os.environ | without_containers,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "7 passed, 3 skipped" in done.stdout
    assert "has no DynamoDB, Cognito, ApiGatewayV2, CloudFront, ECR" in done.stdout
