"""Whether the captioner is deployed as a container image or as a zip file, and the images of it that are kept."""

import os
from dataclasses import replace
from typing import Any

from infra.settings import Settings
from infra.tools.console import ToolError
from infra.tools.deploy.account import Account
from infra.tools.deploy.confirmation import confirm
from infra.tools.deploy.toolkit import Template
from infra.tools.errors import ignored
from infra.tools.image import engine

CHOICES = ("image", "zip")
REPOSITORY = "cdk-hnb659fds-container-assets-{number}-{region}"
"""The CDK's own, which all of its apps in an account and region share."""
_MOST = 100
"""Images that ECR deletes at a time."""


def packaged(settings: Settings, deployed: Template, *, ask: bool) -> tuple[Settings, str | None]:
    """Return the settings with the captioner's packaging, and the engine that builds its image; None for a zip file.

    CAPTIONER=image or zip says which; else it stays as it is deployed, and is what the stage's file says at first.
    Where an image is meant and no engine is there, `ask` has a zip file offered in its place.

    Raises:
        ToolError: an image is meant, and there is no engine.
    """
    if not means_image(settings, deployed):
        return replace(settings, caption_image=False), None
    container_engine = engine()
    if container_engine:
        return replace(settings, caption_image=True), container_engine
    missing = "Docker is missing or not running"
    if not ask:
        raise ToolError(
            f"{missing}; start it, or install it from https://docs.docker.com/get-docker. "
            "Or have the captioner as a zip file, which needs none: CAPTIONER=zip."
        )
    confirm(f"{missing}. Deploy the captioner as a zip file, which needs none and does the same? [yes/no]", "yes")
    return replace(settings, caption_image=False), None


def means_image(settings: Settings, deployed: Template) -> bool:
    """Tell whether the captioner is meant to be an image.

    Raises:
        ToolError: CAPTIONER names neither an image nor a zip file.
    """
    choice = os.environ.get("CAPTIONER")
    if choice not in {None, "", *CHOICES}:
        raise ToolError(f"CAPTIONER is {choice!r}; it is image or zip.")
    if choice:
        return choice == "image"
    there = _functions(deployed)
    return settings.caption_image and (not there or any("ImageUri" in function["Code"] for function in there))


def remove_former_images(account: Account, settings: Settings, template: Template) -> int:
    """Delete the stage's images from the registry but those that a template names; return how many there were.

    They are known by the tags that the stack gives them, since others' images are in the same repository.
    """
    ecr, name = account.client("ecr"), REPOSITORY.format(number=account.number, region=account.region)
    named = {str(function["Code"].get("ImageUri")).rpartition(":")[2].rstrip("'}") for function in _functions(template)}
    former: list[str] = []
    with ignored("RepositoryNotFoundException"):
        pages = ecr.get_paginator("list_images").paginate(repositoryName=name, filter={"tagStatus": "TAGGED"})
        tags = [image_id["imageTag"] for page in pages for image_id in page["imageIds"]]
        former = [tag for tag in tags if tag.startswith(f"{settings.prefix}-") and tag not in named]
    for start in range(0, len(former), _MOST):
        ids = [{"imageTag": digest} for digest in former[start : start + _MOST]]
        ecr.batch_delete_image(repositoryName=name, imageIds=ids)
    return len(former)


def _functions(template: Template) -> list[dict[str, Any]]:
    resources = template.get("Resources", {}).values()
    return [function["Properties"] for function in resources if function["Type"] == "AWS::Lambda::Function"]
