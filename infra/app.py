"""Entry point of the CDK app: `cdk synth -c stage=prod|local [-c NAME=VALUE]`, for each setting that is to be another.

So `make deploy` hands on what only the account can tell: `certificate_arn` and `web_acl_arn` of what was made in
us-east-1, `captioner_concurrency`, whom to tell of alarms.
"""

import tempfile
from dataclasses import fields, replace
from pathlib import Path

from aws_cdk import App, Validations
from aws_cdk.cx_api import CloudAssembly
from cdk_nag import AwsSolutionsChecks

from infra.edge_stack import EdgeStack
from infra.gallery_stack import GalleryStack
from infra.settings import Llm, Settings
from infra.stages import settings_of

FLAGS = {
    # Server access logs are let in by the log bucket's policy; access lists are off.
    "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": True,
    "@aws-cdk/aws-iam:minimizePolicies": True,
}


def new_app(folder: Path | None = None) -> App:
    """An app that writes to a folder, or to where the CDK's command line wants it."""
    return App(
        context=FLAGS,
        outdir=str(folder) if folder else None,
        analytics_reporting=False,
        tree_metadata=False,
        stack_traces=False,
    )


def synthesize(app: App, settings: Settings) -> CloudAssembly:
    """Write the cloud assembly of one stage.

    Raises:
        RuntimeError: AWS's own rules find something wrong with it, or an asset could not be built.
    """
    with tempfile.TemporaryDirectory() as build:
        GalleryStack(app, settings, Path(build))
        if settings.makes_certificate or settings.makes_firewall:
            EdgeStack(app, settings)
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        return app.synth()


def main() -> None:
    """Write the stage that the context asks for."""
    app = new_app()
    asked = {field.name: app.node.try_get_context(field.name) for field in fields(Settings)}
    settings = settings_of(asked.pop("stage") or "prod", **asked)
    synthesize(app, replace(settings, llm=Llm(**asked["llm"])) if asked["llm"] else settings)


if __name__ == "__main__":
    main()
