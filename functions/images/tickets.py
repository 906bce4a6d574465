"""Upload tickets: the row and the record of a picture before its bytes, and the form that lets them in."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from ulid import ULID

from gallery import catalogue, limits, storage
from gallery.access import Caller, may_upload
from gallery.pictures import Picture, now, timestamp
from gallery.problems import Problem
from gallery.quotas import charge
from gallery.settings import Visibility, settings
from images.models import DuplicateUpload, FileToUpload, ReadyUpload, RejectedUpload, Upload

logger = Logger()

_UNKNOWN_TYPE = "application/octet-stream"
_OTHER_NAMES = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-ms-bmp": "image/bmp"}


def admit(files: Sequence[FileToUpload], caller: Caller, request: APIGatewayProxyEventV2) -> list[Upload]:
    """Answer each file with a ticket, the picture it repeats, or why it cannot be taken, in order.

    Raises the 401 where the caller may not upload, or wants a private picture without being anybody, and the 429 where
    the caller has had too many within the hour.
    """
    _require_uploader(files, caller)
    charge("uploads", len(files), caller, request)
    answers: list[Upload] = []
    tickets: list[Picture] = []
    for file in files:
        refused = _refusal(file) or _duplicate(file, caller)
        if refused is None:
            tickets.append(_ticket(file, caller))
        answers.append(refused or _ready(tickets[-1], file))
    _keep(tickets)
    return answers


def _require_uploader(files: Sequence[FileToUpload], caller: Caller) -> None:
    secret = any(_visibility(file) == "private" for file in files)
    if not may_upload(caller, access=settings().access_mode):
        raise Problem(HTTPStatus.UNAUTHORIZED, "Sign in to upload.", headers={"WWW-Authenticate": "Bearer"})
    if secret and caller.sub is None:
        raise Problem(
            HTTPStatus.UNAUTHORIZED, "Sign in to upload private pictures.", headers={"WWW-Authenticate": "Bearer"}
        )


def _visibility(file: FileToUpload) -> Visibility:
    return file.visibility or settings().default_visibility


def _refusal(file: FileToUpload) -> RejectedUpload | None:
    if file.size == 0:
        return RejectedUpload(code="not_an_image", detail="The file is empty.")
    if file.size > limits.MAX_UPLOAD_BYTES:
        most = limits.MAX_UPLOAD_BYTES // 2**20
        return RejectedUpload(code="too_large", detail=f"The file is larger than {most} MB, the most a picture may be.")
    if file.type and _media_type(file) not in limits.MEDIA_TYPES:
        return RejectedUpload(code="unsupported_format", detail=f"Files of type {file.type} cannot be captioned.")
    return None


def _media_type(file: FileToUpload) -> str:
    declared = file.type.partition(";")[0].strip().lower()
    return _OTHER_NAMES.get(declared, declared)


def _duplicate(file: FileToUpload, caller: Caller) -> DuplicateUpload | None:
    if file.sha256 is None:
        return None
    scopes = ["public", caller.sub] if caller.sub else ["public"]
    held = catalogue.same_bytes(file.sha256, scopes)
    return DuplicateUpload(duplicate_of=held) if held else None


def _ticket(file: FileToUpload, caller: Caller) -> Picture:
    return Picture(
        id=str(ULID()),
        owner=caller.sub,
        visibility=_visibility(file),
        created_at=now(),
        filename=file.name,
        title=file.title or None,
        attribution=file.attribution or None,
        declared_sha256=file.sha256,
        expires_at=int(time.time()) + limits.UNUSED_TICKET_SECONDS,
    )


def _keep(tickets: Sequence[Picture]) -> None:
    """Store what the uploaders said, first where it is safe and then where it is found."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(storage.write_record, tickets))
    catalogue.issue(tickets)
    for each in tickets:
        logger.info("ticket", extra={"correlation_id": each.id})


def _ready(ticket: Picture, file: FileToUpload) -> ReadyUpload:
    form = storage.upload_form(ticket.id, _media_type(file) or _UNKNOWN_TYPE)
    expires = datetime.now(UTC) + timedelta(seconds=limits.UPLOAD_SECONDS)
    return ReadyUpload(image_id=ticket.id, url=form["url"], fields=form["fields"], expires_at=timestamp(expires))
