"""The built page, put into the site bucket as the cloud's deployment would."""

import hashlib
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.cloud import Cloud

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


def upload_site(cloud: Cloud, bucket: str, page: Path) -> None:
    """Make the bucket hold exactly the built page: new and changed files are sent, what is gone is removed."""
    s3: S3Client = cloud.client("s3")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    there = {item["Key"]: item["ETag"].strip('"') for listed in pages for item in listed.get("Contents", [])}
    files = {file.relative_to(page).as_posix(): file for file in page.rglob("*") if file.is_file()}
    # The page itself comes last: it names the others.
    for name in sorted(files, key=lambda name: (name == "index.html", name)):
        content = files[name].read_bytes()
        if there.get(name) != hashlib.md5(content, usedforsecurity=False).hexdigest():
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            s3.put_object(Bucket=bucket, Key=name, Body=content, ContentType=kind, CacheControl=caching(name))
    _remove(s3, bucket, there.keys() - files.keys())


def caching(name: str) -> str:
    """Files whose names carry a hash of their content never change; all others are asked for again."""
    return FOREVER if name.startswith("assets/") else ASK_AGAIN


def _remove(s3: "S3Client", bucket: str, names: Iterable[str]) -> None:
    for name in names:
        s3.delete_object(Bucket=bucket, Key=name)
