"""Put the built page into the site bucket, so that a visitor in the middle of it never meets half of two versions."""

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

# The build names files below assets/ by their content, so they never change; everything else may at any time.
NEVER_CHANGES = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


def publish(page: Path, bucket: str, s3: "S3Client") -> int:
    """Upload the built page and return the number of its files; older assets stay for pages already open.

    Raises:
        FileNotFoundError: the page isn't built.
    """
    if not (page / "index.html").is_file():
        raise FileNotFoundError(f"There is no built page in {page}.")
    files = sorted((path for path in page.rglob("*") if path.is_file()), key=_index_last)
    for file in files:
        name = file.relative_to(page).as_posix()
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=file.read_bytes(),
            ContentType=mimetypes.guess_type(name)[0] or "application/octet-stream",
            CacheControl=NEVER_CHANGES if name.startswith("assets/") else ASK_FIRST,
        )
    return len(files)


def _index_last(file: Path) -> tuple[bool, str]:
    return file.name == "index.html", file.as_posix()
