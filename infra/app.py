"""Entry point of the CDK app: `cdk synth -c stage=prod|local [-c browser_endpoint=URL]`."""

import tempfile
from pathlib import Path

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks

from infra.gallery_stack import GalleryStack
from infra.settings import settings_of

FLAGS = {
    # Server access logs are let in by the log bucket's policy; access lists are off.
    "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": True,
    "@aws-cdk/aws-iam:minimizePolicies": True,
}


def main() -> None:
    """Write the cloud assembly of one stage; what AWS's own rules find wrong with it is an error."""
    app = App(context=FLAGS, analytics_reporting=False, tree_metadata=False, stack_traces=False)
    settings = settings_of(app.node.try_get_context("stage") or "prod", app.node.try_get_context("browser_endpoint"))
    with tempfile.TemporaryDirectory() as build:
        GalleryStack(app, settings, Path(build))
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        app.synth()


if __name__ == "__main__":
    main()
