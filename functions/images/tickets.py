"""Upload tickets: the row and the record of a picture before its bytes, and the form that lets them in."""

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from ulid import ULID

from gallery import limits
from gallery.albums.albums import Album
from gallery.api.album_pictures import contributor_to, require_room
from gallery.api.quotas import Grant, granted
from gallery.people import people
from gallery.pictures import catalogue, duplicates, storage
from gallery.pictures.access import Caller, may_upload
from gallery.pictures.metadata import Location
from gallery.pictures.model import Membership, Picture
from gallery.problems import Problem
from gallery.settings import Visibility, settings
from gallery.timestamps import now, timestamp
from images.models import DuplicateUpload, FileToUpload, ReadyUpload, RejectedUpload, Upload

logger = Logger()

_UNKNOWN_TYPE = "application/octet-stream"
_OTHER_NAMES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/x-bmp": "image/bmp",
    "image/x-ms-bmp": "image/bmp",
    "image/x-tiff": "image/tiff",
}
_TELLS_NOTHING = {"", "application/octet-stream", "application/unknown", "application/x-unknown", "binary/octet-stream"}
"""What browsers and file systems say of files that they do not know."""
_RASTER = re.compile(r"image/(?!svg)[a-z0-9][a-z0-9.+_-]*")
"""Types of which the content may be a picture, whatever the type's name; SVG is a document that runs scripts."""


def admit(files: Sequence[FileToUpload], caller: Caller, request: APIGatewayProxyEventV2) -> list[Upload]:
    """Answer each file with a ticket, the picture it repeats, or why it cannot be taken, in order.

    Tickets alone are charged, and the sender's hour is filled as far as there is room: files beyond it are rejected one
    by one. Raises the 401 where the caller may not upload, or wants a private picture without being anybody, and the
    429 where every file was a new one and there was room for none; for an album 401, 403, 404 or 409 as for adding.
    """
    default = _default_visibility(caller)
    _require_uploader(files, caller, default)
    into = _albums(files, caller)
    answers: list[Upload | None] = [refusal(file) or _duplicate(file, caller) for file in files]
    fresh = [place for place, answer in enumerate(answers) if answer is None]
    with granted("uploads", len(fresh), caller, request) as grant:
        if grant.amount == 0 and len(fresh) == len(files):
            raise grant.too_many()
        tickets = {place: ticket(files[place], caller, default, into) for place in fresh[: grant.amount]}
        forms = {place: ready(answer, files[place]) for place, answer in tickets.items()}
        issue([*tickets.values()])
    return [answer or forms.get(place) or beyond(grant) for place, answer in enumerate(answers)]


def _albums(files: Sequence[FileToUpload], caller: Caller) -> Mapping[str, Album]:
    """Return the albums that files are for; raises what adding pictures to them would."""
    counted = Counter(file.album for file in files if file.album)
    into = {album_id: contributor_to(album_id, caller) for album_id in counted}
    for album_id, album in into.items():
        require_room(album, counted[album_id])
    return into


def _default_visibility(caller: Caller) -> Visibility:
    """Return who sees pictures of which their sender says nothing: what nobody owns can only be public."""
    if caller.sub is None:
        return "public"
    person = people.find(caller.sub)
    return (person and person.default_visibility) or settings().default_visibility


def _require_uploader(files: Sequence[FileToUpload], caller: Caller, default: Visibility) -> None:
    secret = any((file.visibility or default) == "private" for file in files)
    if not may_upload(caller, access=settings().access_mode):
        raise Problem(HTTPStatus.UNAUTHORIZED, "Sign in to upload.", headers={"WWW-Authenticate": "Bearer"})
    if secret and caller.sub is None:
        raise Problem(
            HTTPStatus.UNAUTHORIZED, "Sign in to upload private pictures.", headers={"WWW-Authenticate": "Bearer"}
        )


def refusal(file: FileToUpload) -> RejectedUpload | None:
    """Return why a file cannot be taken, as far as that is known before it is sent; None for all others."""
    if file.size == 0:
        return RejectedUpload(code="not_an_image", detail="The file is empty.")
    most = settings().max_upload_mb
    if file.size > most * 2**20:
        return RejectedUpload(code="too_large", detail=f"The file is larger than {most} MB, the most a picture may be.")
    if not _may_be_a_picture(_declared(file)):
        return RejectedUpload(code="unsupported_format", detail=f"Files of type {file.type} cannot be captioned.")
    return None


def _may_be_a_picture(declared: str) -> bool:
    """Tell whether a type leaves it open that the captioner finds a picture in the content."""
    return declared in _TELLS_NOTHING or _RASTER.fullmatch(declared) is not None


def _declared(file: FileToUpload) -> str:
    return file.type.partition(";")[0].strip().lower()


def _media_type(file: FileToUpload) -> str:
    """Return the type to store a file under: one of a picture, or one that no browser shows or runs."""
    declared = _OTHER_NAMES.get(_declared(file), _declared(file))
    return declared if declared in limits.MEDIA_TYPES else _UNKNOWN_TYPE


def _duplicate(file: FileToUpload, caller: Caller) -> DuplicateUpload | None:
    if file.sha256 is None:
        return None
    duplicate = catalogue.find_duplicate(file.sha256, duplicates.scope_of(caller.sub))
    return (
        DuplicateUpload(duplicate_of=duplicate.id, trashed=True if duplicate.trashed_at else None)
        if duplicate
        else None
    )


def beyond(grant: Grant) -> RejectedUpload:
    """Return the answer for a file for which the sender's hour has no room."""
    detail = f"{grant.most} pictures an hour is the most one person may send: try again after {grant.ends_at}."
    return RejectedUpload(code="rate_limited", detail=detail)


def ticket(file: FileToUpload, caller: Caller, default: Visibility, into: Mapping[str, Album]) -> Picture:
    """Return the picture of a file before its bytes have arrived, as its sender describes it."""
    return Picture(
        id=str(ULID()),
        owner=caller.sub,
        visibility=file.visibility or default,
        created_at=now(),
        filename=file.name,
        title=file.title or None,
        attribution=file.attribution or None,
        owner_description=file.description or None,
        owner_labels=file.labels,
        favourite_at=now() if file.favourite and caller.sub is not None else None,
        archived=bool(file.archived) and caller.sub is not None,
        caption_hidden=bool(file.caption_hidden),
        location=Location(**file.location.model_dump()) if file.location else None,
        located_by_people=file.location is not None,
        declared_sha256=file.sha256,
        taken_at=file.taken_at,
        taken_offset=file.taken_offset,
        taken_from=(file.taken_source or "owner") if file.taken_at else None,
        modified_at=file.modified_at,
        expires_at=int(time.time()) + limits.UNUSED_TICKET_SECONDS,
        albums=_memberships(into[file.album], caller) if file.album else {},
    )


def _memberships(album: Album, caller: Caller) -> Mapping[str, Membership]:
    return {album.id: Membership(since=now(), by=caller.sub, originals=caller.sub == album.owner)}


def issue(tickets: Sequence[Picture]) -> None:
    """Store what the uploaders said, first where it is safe and then where it is found."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(storage.write_record, tickets))
    catalogue.issue(tickets)
    for issued in tickets:
        logger.info("ticket", extra={"correlation_id": issued.id})


def ready(picture: Picture, file: FileToUpload) -> ReadyUpload:
    """Return the form that lets in the file of a ticket."""
    form = storage.upload_form(picture.id, _media_type(file), file.size)
    expires = datetime.now(UTC) + timedelta(seconds=limits.UPLOAD_SECONDS)
    return ReadyUpload(image_id=picture.id, url=form["url"], fields=form["fields"], expires_at=timestamp(expires))
