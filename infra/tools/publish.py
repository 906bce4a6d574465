"""Put the built page into the site bucket: `python -m infra.tools.publish STAGE` after `cdk deploy`."""

import hashlib
import mimetypes
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from infra.settings import ROOT, stack_name

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PAGE = ROOT / "frontend/dist"

# The build names files below assets/ by their content, so they never change; everything else may at any time.
NEVER_CHANGES = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


def publish(page: Path, bucket: str, s3: "S3Client") -> int:
    """Upload what changed of the built page and return how many files that were.

    The files come first and the pages that name them last; older assets stay for whoever has an older page open.

    Raises:
        FileNotFoundError: the page isn't built.
    """
    if not (page / "index.html").is_file():
        raise FileNotFoundError(f"There is no built page in {page}.")
    files = {file.relative_to(page).as_posix(): file.read_bytes() for file in page.rglob("*") if file.is_file()}
    there = _digests(bucket, s3)
    changed = [name for name, content in files.items() if there.get(name) != _digest(content)]
    for name in sorted(changed, key=lambda name: (name.endswith(".html"), name)):
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=files[name],
            ContentType=mimetypes.guess_type(name)[0] or "application/octet-stream",
            CacheControl=NEVER_CHANGES if name.startswith("assets/") else ASK_FIRST,
        )
    return len(changed)


def _digests(bucket: str, s3: "S3Client") -> dict[str, str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {
        stored_object["Key"]: stored_object["ETag"].strip('"')
        for page in pages
        for stored_object in page.get("Contents", [])
    }


def _digest(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def main() -> None:
    """Publish the page to a stage that is deployed."""
    stage = sys.argv[1] if len(sys.argv) > 1 else "prod"
    stack = boto3.client("cloudformation").describe_stacks(StackName=stack_name(stage))["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
    changed = publish(PAGE, outputs["SiteBucketName"], boto3.client("s3"))
    print(f"{changed} files of the page were changed; the gallery is at {outputs['SiteUrl']}")  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
