"""Objects of the media bucket that are too large for memory: read by ranges, written by S3's multipart uploads."""

from collections.abc import Iterator, Sequence
from typing import Any

from botocore.exceptions import ClientError

from gallery.aws.errors import code_of, ignored
from gallery.pictures.storage import client
from gallery.settings import settings

LEAST_BYTES = 5 * 2**20
"""Least that S3 takes as a part, the last one excepted."""
PART_BYTES = 2**23
"""Of which a long object is read and written; S3 takes up to 10 000 parts."""

_GONE = ("NoSuchUpload", "InvalidPart")


class UploadGone(Exception):
    """An upload was completed or aborted, or a part of it was replaced by another process."""


def begin(key: str, media_type: str) -> str:
    """Begin to write an object; return the id of the upload."""
    answer = client().create_multipart_upload(
        Bucket=settings().media_bucket, Key=key, ContentType=media_type, CacheControl="private, no-store"
    )
    return answer["UploadId"]


def put_part(key: str, upload_id: str, number: int, body: bytes) -> str:
    """Store a part, counted from 1, in the place of any of this number; return its ETag. Raises UploadGone."""
    request = {"Bucket": settings().media_bucket, "Key": key, "UploadId": upload_id, "PartNumber": number}
    return str(_while_it_lasts("upload_part", **request, Body=body)["ETag"])


def complete(key: str, upload_id: str, etags: Sequence[str]) -> None:
    """Make an object of the parts that have these ETags; raises UploadGone where one of them is another by now."""
    parts = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, 1)]
    request = {"Bucket": settings().media_bucket, "Key": key, "UploadId": upload_id}
    _while_it_lasts("complete_multipart_upload", **request, MultipartUpload={"Parts": parts})


def _while_it_lasts(action: str, **request: Any) -> Any:  # noqa: ANN401 - the SDK's own
    try:
        return getattr(client(), action)(**request)
    except ClientError as error:
        if code_of(error) in _GONE:
            raise UploadGone(request["Key"]) from error
        raise


def abort(key: str, upload_id: str) -> None:
    """Delete the parts of an upload; one that is over is no error."""
    with ignored("NoSuchUpload"):
        client().abort_multipart_upload(Bucket=settings().media_bucket, Key=key, UploadId=upload_id)


def size_of(key: str) -> int | None:
    """Return how many bytes an object has, or None where there is no such object."""
    with ignored("404", "NoSuchKey"):
        return client().head_object(Bucket=settings().media_bucket, Key=key)["ContentLength"]
    return None


def read(key: str, size: int) -> Iterator[bytes]:
    """Yield the bytes of an object, a range of PART_BYTES at a time."""
    for start in range(0, size, PART_BYTES):
        span = f"bytes={start}-{min(start + PART_BYTES, size) - 1}"
        yield client().get_object(Bucket=settings().media_bucket, Key=key, Range=span)["Body"].read()
