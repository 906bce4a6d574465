"""The laptop's template is the cloud's template, but for what is listed here."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from infra.local.settings import LocalSettings
from infra.stages import STAGES, settings_of
from tests.assemblies import readdressed
from tests.infrastructure.conftest import Synthesized, kept, synthesized

ALLOWED = {
    "Resources/*/DeletionPolicy": "what is on a laptop goes with its stack",
    "Resources/*/UpdateReplacePolicy": "the same",
    "Resources/Catalog*/DeletionProtectionEnabled": "the same",
    "Resources/Identity*/DeletionProtection": "the same",
    "Resources/*/RetentionInDays": "a laptop forgets its logs sooner",
    "Resources/AccessLog*/ExpirationInDays": "the same",
    "Resources/*/Variables/ACCESS_MODE": "on a laptop nobody needs to sign in",
    "Resources/*/Variables/SIGN_UP": "nor to be invited where they want an account all the same",
    "Resources/Identity*/AllowAdminCreateUserOnly": "the same",
    "Resources/*/Variables/ORIGINALS_DOWNLOADABLE": "nor be kept from the originals",
    "Resources/*/Variables/DEFAULT_VISIBILITY": "on a laptop what people send without saying is for all to see",
    "Resources/*/Variables/S3_BROWSER_ENDPOINT": "browsers see S3 under another host",
    "Resources/*/Variables/IDENTITY_BROWSER_ENDPOINT": "the same for sign-in",
    "Resources/*/Variables/SITE_URL*": "nor does it reach its distribution by the distribution's own name",
    "Outputs/SiteUrl/Value*": "the same",
    "Resources/SitePage*/ContentSecurityPolicy/ContentSecurityPolicy*": "the same",
    "Resources/SiteLinks*/ContentSecurityPolicy/ContentSecurityPolicy*": "the same",
    "Resources/*/Variables/MODEL_NAME": "the image compiles a model of its own",
    "Resources/ApiAdmin*/Variables/MODELS": "the same",
    "Resources/OperationsSweep*/Variables/STUCK_SECONDS": "nobody wants to wait long after a crash",
    "Resources/OperationsSweep*/Variables/COMPARE_EVERY_DAYS": "the same",
    "Resources/EmbeddingEmbed*/Variables/STUCK_SECONDS": "the same",
    "Resources/OperationsSchedule*/ScheduleExpression": "the same",
    "Resources/OperationsSweep*/Timeout": "one sweep ends before the next begins",
    "Resources/OperationsTakeDown*": "a sweep a minute takes down as well",
    "Resources/OperationsSweepRole*/PolicyDocument/Statement/*": "where anybody may sign up, unconfirmed accounts go",
    "Resources/ApiImages*/Variables/UPLOADS_PER_HOUR": "on a laptop nobody spends another one's money",
    "Resources/*/Variables/CAPTIONS_*": "captions cost nothing on a laptop",
    "Resources/ApiImages*/Variables/PICTURE_DOLLARS": "nobody is charged on a laptop",
    "Resources/ApiImages*/Variables/EXPORT_GB_DOLLARS": "the same",
    "Resources/DemoClassify*/Variables/TRIALS_PER_HOUR": "the same",
    "Resources/CaptioningBatches*/MaximumConcurrency": "a laptop has few processors",
    "Resources/CaptioningCaption*/*Name": "it tells a zip file from an image",
    "Resources/DemoClassify*/*Name": "the same",
    "Resources/CaptioningCaptionFunction*/Code/*": "a zip file in place of an image, which would need Docker",
    "Resources/CaptioningCaptionFunction*/PackageType": "the same",
    "Resources/CaptioningCaptionFunction*/Handler": "the same",
    "Resources/CaptioningCaptionFunction*/Runtime": "the same",
    "Resources/CaptioningCaptionFunction*/Layers/0/Ref": "the same",
    "Resources/*/ImageConfig/*": "the same",
    "Resources/DemoClassifyFunction*/Code/*": "the same",
    "Resources/DemoClassifyFunction*/PackageType": "the same",
    "Resources/DemoClassifyFunction*/Handler": "the same",
    "Resources/DemoClassifyFunction*/Runtime": "the same",
    "Resources/DemoClassifyFunction*/Layers/0/Ref": "the same",
    "Resources/PackagesLayer*": "the laptop's functions find their packages in its environment",
    "Resources/*Function*/Layers/1/Ref": "the same",
    "Resources/SearchPackagesLayer*": "the same",
    "Resources/SearchFunction*/Layers/2/Ref": "the same",
    "Resources/EmbeddingPackagesLayer*": "the same",
    "Resources/EmbeddingEmbedFunction*/Layers/2/Ref": "the same",
    "Resources/MosaicPackagesLayer*": "the same",
    "Resources/MosaicFunction*/Layers/2/Ref": "the same",
    "Resources/AlbumsPackagesLayer*": "the same",
    "Resources/AlbumsFunction*/Layers/2/Ref": "the same",
    "Resources/PostsPackagesLayer*": "the same",
    "Resources/PostsFunction*/Layers/2/Ref": "the same",
}


def properties(template: Synthesized, stage: str) -> dict[str, object]:
    """Path → value, with the stage's name and what is made from it taken out."""
    text = template.template.read_text()
    text = re.sub(rf"(neural-gallery|NeuralGallery)-?{stage}", r"\1", text)
    # The CDK hashes the stack's name into these names.
    text = re.sub(r"((?:OperationsSchedule|BrakeFunction)Allow\w+?)[0-9A-F]{16}\b", r"\1", text)
    return dict(_flat(json.loads(text), ()))


def _flat(value: object, path: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _flat(each, (*path, name))
    elif isinstance(value, list):
        for position, each in enumerate(value):
            yield from _flat(each, (*path, str(position)))
    else:
        yield "/".join(path), value


@pytest.fixture(scope="session")
def differences(cloud: Synthesized, local: Synthesized) -> list[str]:
    there, here = properties(cloud, "prod"), properties(local, "local")
    assert there.keys() & here.keys()
    return sorted(path for path in there.keys() | here.keys() if there.get(path) != here.get(path))


def test_local_and_cloud_differ_only_where_that_is_meant(differences: list[str]) -> None:
    assert [path for path in differences if not any(fnmatchcase(path, pattern) for pattern in ALLOWED)] == []


def test_every_allowed_difference_is_one(differences: list[str]) -> None:
    # A model that happens to be named alike on both sides is no difference today.
    needed = [pattern for pattern in ALLOWED if not pattern.endswith(("MODEL_NAME", "MODELS"))]
    assert [pattern for pattern in needed if not any(fnmatchcase(path, pattern) for path in differences)] == []


@pytest.mark.slow
def test_a_domain_of_ones_own_brings_its_certificate_and_modern_tls(cloud: Synthesized, tmp_path: Path) -> None:
    certificate = "arn:aws:acm:us-east-1:123456789012:certificate/5e3c0a52-8f6e-4c6a-9d0e-1f2a3b4c5d6e"
    own = replace(STAGES["prod"], domain_name="pictures.example.org", certificate_arn=certificate)
    stage = synthesized(own, tmp_path)
    distribution = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    assert distribution["Aliases"] == ["pictures.example.org"]
    assert distribution["ViewerCertificate"]["AcmCertificateArn"] == certificate
    assert distribution["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert stage.content["Outputs"]["SiteUrl"]["Value"] == "https://pictures.example.org"
    assert "Aliases" not in cloud.only("AWS::CloudFront::Distribution")["DistributionConfig"]


def test_an_unknown_stage_is_refused_with_the_names_of_the_others() -> None:
    with pytest.raises(ValueError, match=r"'moon'.*local, prod"):
        settings_of("moon")


def test_another_s3_host_can_be_shown_to_browsers() -> None:
    assert settings_of("local", browser_endpoint="http://localhost:9999").browser_endpoint == "http://localhost:9999"
    assert settings_of("local").browser_endpoint == "http://localhost:4566"


def test_a_local_template_is_the_same_but_for_its_addresses(local: Synthesized) -> None:
    """So that tests give a cloud on other ports the template of the first."""
    own = LocalSettings(21000, 21001, Path("/nowhere"))
    other = kept(replace(STAGES["local"], browser_endpoint=own.browser_endpoint, site_url=own.site_url))
    assert json.loads(readdressed(local.template.read_text(), own)) == other.content
