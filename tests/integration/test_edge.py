"""What a gallery's distribution needs in us-east-1, made and removed in the local cloud by what `make deploy` calls."""

from dataclasses import replace
from pathlib import Path

import pytest
from infra.app import new_app
from infra.edge_stack import EdgeStack
from infra.stages import STAGES
from infra.tools.deploy import edge
from infra.tools.deploy.account import Account
from tests.local_cloud import LocalCloud

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(180)]

ASKING = replace(STAGES["prod"], domain_name="pictures.example.org", firewall=True)


def test_certificate_and_firewall_are_made_once_changed_and_removed(
    local_cloud: LocalCloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", local_cloud.endpoint)
    monkeypatch.setattr(edge, "EVERY_SECONDS", 0.1)
    account = Account(local_cloud.session, "000000000000", "me", "us-east-1")
    both, firewall = tmp_path / "both", tmp_path / "firewall"
    for settings, folder in ((ASKING, both), (replace(ASKING, domain_name=""), firewall)):
        app = new_app(folder)
        EdgeStack(app, settings)
        app.synth()
    made = edge.deploy(account, both, ASKING)
    assert made.certificate_arn.startswith("arn:aws:acm:us-east-1:")
    assert "webacl/" in made.web_acl_arn
    assert edge.deploy(account, both, ASKING) == made
    without = edge.deploy(account, firewall, replace(ASKING, domain_name=""))
    assert (without.certificate_arn, without.web_acl_arn) == ("", made.web_acl_arn)
    edge.of(account, "prod").remove()
    assert edge.of(account, "prod").description is None
