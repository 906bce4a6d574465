"""Objects of the media bucket: originals, records, renditions, and the addresses people reach them by.

| Key | What | Who reads it |
|---|---|---|
| `incoming/{id}` | what was sent with an upload form, until the captioner has seen it | the captioner alone |
| `originals/{id}` | the bytes as uploaded, written once; what nobody reads gets cheaper | by presigned URL alone |
| `media/{id}/{number}-{size}.{ext}` | renditions of public pictures | the CDN, under the same path |
| `private/{id}/{number}-{size}.{ext}` | renditions of private pictures | by presigned URL alone |
| `media/{id}/{number}-mosaic-{name}.jpg`, `private/…` | mosaics, see gallery.mosaics.mosaics | the same |
| `records/{id}.json` | the truth about a picture: all that its row cannot be rebuilt from the bytes | functions alone |
| `albums/{id}.json` | the truth about an album, see gallery.albums.albums | functions alone |
| `downloads/{id}/public-{number}` | what others save of a public picture | the CDN, under the same path |
| `downloads/{id}/{etag}`, `…-placed` | what others save of a private one; with its place | by presigned URL alone |
| `exports/{kind}/{job}.{ext}` | files that somebody asked for, kept for a day | by presigned URL alone |
| `parts/{sub}/{job}/{number}.zip` | somebody's originals as they asked for them, kept for a week | likewise |

A POST form has no `If-None-Match`, so whoever holds one may send as often as it is valid. Therefore its key lies under
`incoming/`, and the captioner stores the first bytes that it finds there as the original, by a conditional write.

What lies under `media/`, or in a file for everybody to save, is public to whoever knows its address. Therefore the
number in it is drawn at random for each set of renditions, and stands nowhere but in the picture's row: bytes become
public by that write, not by being stored.
"""

import json
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from itertools import islice
from mmap import ACCESS_READ, mmap
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Literal, cast
from urllib.parse import quote, urlencode

from gallery import limits, schema
from gallery.aws import sdk, signing
from gallery.aws.endpoints import bucket_endpoint
from gallery.aws.errors import code_of, service_error
from gallery.pictures.metadata import Location
from gallery.pictures.model import IMAGE_ID, SCHEMA, Membership, Picture
from gallery.settings import Visibility, settings
from gallery.sizes import Size, stand_ins

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

Body = bytes | mmap
_PIECE_BYTES = 2**23

LISTED = 1000
"""Most objects that S3 lists at a time."""

INCOMING, ORIGINALS, RECORDS = "incoming/", "originals/", "records/"
MEDIA, PRIVATE = "media/", "private/"
DOWNLOADS, EXPORTS, PARTS, ALBUMS = "downloads/", "exports/", "parts/", "albums/"
_FOR_EVERYBODY = "public-"
"""Beginning of the name of a download that the distribution may read; the others begin with a hexadecimal ETag."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of an original as they were when read; those of a large one are mapped from disk."""

    body: Body
    etag: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What was sent with an upload form: the bytes, the type they were let in as, and when S3 had received them."""

    original: Original
    media_type: str
    at: datetime


@cache
def client() -> "S3Client":
    """Return the S3 client of this process."""
    return cast("S3Client", sdk.client("s3", signature_version="s3v4"))


@cache
def browser_client() -> "S3Client":
    """Return the client that signs addresses for browsers, which may know S3 under another host."""
    endpoint = settings().s3_browser_endpoint
    # Left to itself the SDK signs for S3's global host, which redirects; a browser's form does not survive that.
    style: Literal["path", "virtual"] = "path" if endpoint else "virtual"
    options = {"signature_version": "s3v4", "s3": {"addressing_style": style}}
    return cast("S3Client", sdk.client("s3", endpoint_url=endpoint, **options))


def original_key(image_id: str) -> str:
    """Return where the original of a picture lies."""
    return f"{ORIGINALS}{image_id}"


def incoming_key(image_id: str) -> str:
    """Return where the upload form of a picture puts what is sent with it."""
    return f"{INCOMING}{image_id}"


def record_key(image_id: str) -> str:
    """Return where the record of a picture lies."""
    return f"{RECORDS}{image_id}.json"


def new_rendition() -> int:
    """Return the number of a new set of renditions: 96 random bits, which no two sets share and nobody can guess."""
    return secrets.randbits(96)


def rendition_prefix(image_id: str, visibility: Visibility, rendition: int) -> str:
    """Return how the keys begin of a set of renditions and of what is made of them."""
    prefix = MEDIA if visibility == "public" else PRIVATE
    return f"{prefix}{image_id}/{rendition}-"


def rendition_key(image_id: str, visibility: Visibility, rendition: int, size: Size, extension: str) -> str:
    """Return where a rendition lies; the number in it makes every address immutable."""
    return f"{rendition_prefix(image_id, visibility, rendition)}{size}.{extension}"


def rendition_keys(picture: Picture) -> dict[Size, str]:
    """Return where the renditions of a picture lie, one standing in for another of no other size.

    Empty before its bytes were examined.
    """
    content = picture.content
    if content is None:
        return {}
    return {
        size: rendition_key(picture.id, picture.visibility, content.rendition, made, content.extension)
        for size, made in stand_ins(content.made).items()
    }


def download_key(picture: Picture, *, placed: bool = False) -> str | None:
    """Return where the file lies that others than its owner save; None before its bytes were examined.

    That of a public picture is at an address that only its row tells. A `placed` one, which tells where the picture was
    taken, is for those whom its owner lets know, and never at a public address.
    """
    content = picture.content
    if content is None:
        return None
    if picture.visibility == "public" and not placed:
        return public_download_key(picture.id, content.rendition)
    return f"{DOWNLOADS}{picture.id}/{content.etag}{'-placed' if placed else ''}"


def public_download_key(image_id: str, rendition: int) -> str:
    """Return where the file for everybody lies that was made while a picture had these renditions."""
    return f"{DOWNLOADS}{image_id}/{_FOR_EVERYBODY}{rendition}"


def download_keys(picture: Picture) -> list[str]:
    """Return where such files of a picture may lie."""
    keys = (
        download_key(each, placed=placed)
        for each in (picture, replace(picture, visibility="private"))
        for placed in (False, True)
    )
    return [key for key in dict.fromkeys(keys) if key]


def is_public(key: str) -> bool:
    """Tell whether the distribution gives an object to whoever knows its address."""
    return key.startswith(MEDIA) or (key.startswith(DOWNLOADS) and key.split("/")[2].startswith(_FOR_EVERYBODY))


def mosaic_prefix(image_id: str, visibility: Visibility, rendition: int) -> str:
    """Return how the keys begin of mosaics made of a rendition."""
    return f"{rendition_prefix(image_id, visibility, rendition)}mosaic-"


def upload_form(image_id: str, media_type: str, size: int) -> dict[str, Any]:
    """Return `url` and `fields` of a presigned POST for exactly this key, type and number of bytes."""
    fields = {"Content-Type": media_type}
    return dict(
        browser_client().generate_presigned_post(
            settings().media_bucket,
            incoming_key(image_id),
            Fields=fields,
            Conditions=[{"Content-Type": media_type}, ["content-length-range", size, size]],
            ExpiresIn=limits.UPLOAD_SECONDS,
        )
    )


def address(key: str, *, seconds: int, filename: str | None = None, media_type: str | None = None) -> str:
    """Return a presigned GET that works for `seconds`; with a filename the browser saves instead of showing.

    With a media type it is answered as that, whatever type it was stored as.
    """
    return browser_client().generate_presigned_url(
        "get_object", Params=_read(key, filename, media_type), ExpiresIn=seconds
    )


def public_address(key: str, filename: str, media_type: str) -> str:
    """Return the address of public bytes at the distribution, from where browsers save it under a name.

    S3 sends a file itself at ten times the price beyond what is free, and nothing keeps it near those who ask. It takes
    the disposition from the query; the type it was stored with stands, whatever the query says.
    """
    address_ = _read(key, filename, media_type)
    query = {"response-content-disposition": address_["ResponseContentDisposition"]}
    query["response-content-type"] = address_["ResponseContentType"]
    return f"{settings().site_url}/{quote(key)}?{urlencode(query, quote_via=quote)}"


def lasting_address(key: str, *, seconds: int) -> str:
    """Return a presigned GET that is the same for minutes and works for `seconds` at the most."""
    bucket, browser_endpoint = settings().media_bucket, settings().s3_browser_endpoint
    host = f"{browser_endpoint}/{bucket}" if browser_endpoint else bucket_endpoint(bucket)
    return signing.signed_for_a_span(f"{host}/{quote(key, safe='/~')}", seconds=seconds)


def _read(key: str, filename: str | None = None, media_type: str | None = None) -> dict[str, str]:
    parameters = {"Bucket": settings().media_bucket, "Key": key}
    if filename is not None:
        parameters["ResponseContentDisposition"] = attachment(filename)
    if media_type is not None:
        parameters["ResponseContentType"] = media_type
    return parameters


def attachment(filename: str) -> str:
    """Return the Content-Disposition that saves under a name of any characters (RFC 6266, RFC 8187)."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " -_.()") else "_" for c in filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def read_original(image_id: str) -> Original | None:
    """Fetch an original, or None when it is not (or no longer) there."""
    body = _fetch(original_key(image_id))
    return None if body is None else Original(_body(body), body["ETag"].strip('"'))


def _fetch(key: str) -> "GetObjectOutputTypeDef | None":
    try:
        return client().get_object(Bucket=settings().media_bucket, Key=key)
    except service_error() as error:
        if _is_missing(error):
            return None
        raise


def _body(answer: "GetObjectOutputTypeDef") -> Body:
    """Return what is answered; a large file goes to disk in pieces, as several are read at the same time."""
    if answer["ContentLength"] <= limits.IN_MEMORY_BYTES:
        return answer["Body"].read()
    with TemporaryFile() as file:
        shutil.copyfileobj(answer["Body"], file, _PIECE_BYTES)
        file.flush()
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def read_incoming(image_id: str) -> Arrival | None:
    """Fetch what was sent with a picture's upload form, or None when there is nothing (left) of it."""
    try:
        object_ = client().get_object(Bucket=settings().media_bucket, Key=incoming_key(image_id))
    except service_error() as error:
        if _is_missing(error):
            return None
        raise
    original = Original(_body(object_), object_["ETag"].strip('"'))
    return Arrival(original, object_["ContentType"], object_["LastModified"])


def keep_original(image_id: str, arrival: Arrival) -> bool:
    """Store the original of a picture unless there is one; tell whether the one there is now has these bytes.

    A conditional PutObject rather than a CopyObject: what was examined is what is stored, whatever happens under
    `incoming/` meanwhile, and not every implementation of S3 heeds If-None-Match in CopyObject
    (findings/copy_object_if_none_match.sh).
    """
    try:
        client().put_object(
            Bucket=settings().media_bucket,
            Key=original_key(image_id),
            Body=cast("bytes", arrival.original.body),  # or a file, which a mapped one is to the SDK
            ContentType=arrival.media_type,
            IfNoneMatch="*",
            # From the first write on: a lifecycle rule would pay for a request more.
            StorageClass="INTELLIGENT_TIERING",
        )
    except service_error() as error:
        if code_of(error) != "PreconditionFailed":
            raise
        return _etag_of(original_key(image_id)) == arrival.original.etag
    return True


def discard_incoming(image_id: str) -> None:
    """Delete what was sent with a picture's upload form, if anything was."""
    client().delete_object(Bucket=settings().media_bucket, Key=incoming_key(image_id))


def _etag_of(key: str) -> str | None:
    try:
        return client().head_object(Bucket=settings().media_bucket, Key=key)["ETag"].strip('"')
    except service_error() as error:
        if _is_missing(error):
            return None
        raise


def write_rendition(key: str, body: bytes, media_type: str) -> None:
    """Store a rendition; shared caches forget it within five minutes, so that deleted means gone."""
    client().put_object(
        Bucket=settings().media_bucket, Key=key, Body=body, ContentType=media_type, CacheControl=caching(key)
    )


def read_rendition(key: str) -> bytes:
    """Fetch a rendition that has to be there."""
    return client().get_object(Bucket=settings().media_bucket, Key=key)["Body"].read()


def copy_rendition(source: str, target: str) -> bool:
    """Copy a rendition to where it can be seen by others, or no longer; tell whether it was there."""
    try:
        _copy(source, target)
    except service_error() as error:
        if _is_missing(error):
            return False
        raise
    return True


def _copy(source: str, target: str) -> None:
    bucket = settings().media_bucket
    kept = client().head_object(Bucket=bucket, Key=source)["ContentType"]
    client().copy_object(
        Bucket=bucket,
        Key=target,
        CopySource={"Bucket": bucket, "Key": source},
        MetadataDirective="REPLACE",
        ContentType=kept,
        CacheControl=caching(target),
    )


def caching(key: str) -> str:
    """Return the Cache-Control that a rendition is stored with."""
    return "public, max-age=300, s-maxage=300" if is_public(key) else "private, max-age=300"


def find_rendition(key: str) -> bytes | None:
    """Fetch a rendition, or None when it is not (or no longer) there.

    To a function that may not list the bucket S3 says of what is missing that it is forbidden.
    """
    try:
        body = _fetch(key)
    except service_error() as error:
        if code_of(error) in {"AccessDenied", "403"}:
            return None
        raise
    return None if body is None else body["Body"].read()


def write_download(key: str, body: bytes, media_type: str) -> None:
    """Store what others than its owner save of a picture; written again it is the same.

    Without any query it is saved as well: the distribution gives it from the page's own host, where nothing opens that
    was not encoded anew.
    """
    client().put_object(
        Bucket=settings().media_bucket,
        Key=key,
        Body=body,
        ContentType=media_type,
        ContentDisposition="attachment",
        CacheControl=caching(key) if is_public(key) else "private, no-store",
    )


def type_of(key: str) -> str | None:
    """Return the media type that an object was stored as, or None where there is no such object."""
    try:
        return client().head_object(Bucket=settings().media_bucket, Key=key)["ContentType"]
    except service_error() as error:
        if _is_missing(error):
            return None
        raise


def write_export(key: str, body: IO[bytes], media_type: str) -> None:
    """Store a file that somebody asked for, read from where it stands, a piece at a time."""
    client().put_object(
        Bucket=settings().media_bucket, Key=key, Body=body, ContentType=media_type, CacheControl="private, no-store"
    )


def write_snapshot(key: str, body: bytes) -> None:
    """Store what a job that is not finished goes on from."""
    client().put_object(Bucket=settings().media_bucket, Key=key, Body=body)


def read_snapshot(key: str) -> bytes | None:
    """Fetch it, or None where there is none."""
    found = _fetch(key)
    return None if found is None else found["Body"].read()


def write_record(picture: Picture) -> None:
    """Store what the uploader said of a picture and what changed since."""
    write_document(record_key(picture.id), record(picture))


def write_document(key: str, document: Mapping[str, Any]) -> None:
    """Store what functions alone read, as JSON."""
    body = json.dumps(document, ensure_ascii=False).encode()
    client().put_object(Bucket=settings().media_bucket, Key=key, Body=body, ContentType="application/json")


def read_document(key: str) -> dict[str, Any] | None:
    """Fetch what such an object says, or None where there is none."""
    body = _fetch(key)
    return None if body is None else json.loads(body["Body"].read())


_SAID = (
    "id",
    "owner",
    "visibility",
    "created_at",
    "filename",
    "title",
    "owner_description",
    "attribution",
    "declared_sha256",
    "owner_labels",
    "hidden",
    "trashed",
    "trashed_at",
    "favourite_at",
    "caption_hidden",
    "archived",
    "modified_at",
)
_DATED = ("taken_at", "taken_offset", "taken_from")
"""What its bytes tell as well, unless somebody said it."""
_PLACED = ("location", "located_by_people")
"""Likewise."""


_SHARED = ("albums", "guest_name", "stack", "stack_front_at", "stands_alone")
"""What is said of pictures alone that are in an album, that a guest added, or that have near copies."""


def record(picture: Picture) -> dict[str, Any]:
    """Return the record of a picture: schema version and everything that its bytes cannot tell."""
    everything = asdict(picture)
    names = (*_SAID, *(_DATED if picture.is_dated_by_people else ()), *(_PLACED if picture.located_by_people else ()))
    shared = {name: everything[name] for name in _SHARED if everything[name]}
    return {"schema": SCHEMA, **{name: everything[name] for name in names}, **shared}


def read_record(image_id: str) -> Picture | None:
    """Return the picture as its record tells it, still without content, or None where there is no record.

    Raises schema.Newer for one that a later version wrote.
    """
    stored = read_document(record_key(image_id))
    if stored is None:
        return None
    schema.require_known(stored.get("schema", 1), SCHEMA, record_key(image_id))
    fields_: dict[str, Any] = {name: stored.get(name) for name in (*_SAID, *_DATED, *_SHARED)}
    flags = {
        name: stored.get(name, False) for name in ("caption_hidden", "archived", "located_by_people", "stands_alone")
    }
    location = stored.get("location")
    albums = {album_id: Membership(**membership) for album_id, membership in (fields_.pop("albums") or {}).items()}
    return Picture(**fields_ | flags, location=location and Location(**location), albums=albums)


def delete(keys: Iterable[str | None]) -> None:
    """Delete objects, up to 1000; one that is not there is no error."""
    objects = [{"Key": key} for key in dict.fromkeys(keys) if key is not None]
    if not objects:
        return
    answer = client().delete_objects(
        Bucket=settings().media_bucket,
        Delete={"Objects": objects, "Quiet": True},  # type: ignore[typeddict-item] # the stub wants its own TypedDict
    )
    if answer.get("Errors"):
        raise RuntimeError(f"S3 kept {len(answer['Errors'])} objects: {answer['Errors'][0]}")


def delete_under(prefix: str) -> None:
    """Delete every object whose key begins with `prefix`."""
    keys = keys_under(prefix)
    while some := list(islice(keys, LISTED)):
        delete(some)


def keys_of(image_id: str) -> list[str]:
    """Return every key stored for a picture, of any version."""
    fixed = (incoming_key(image_id), original_key(image_id), record_key(image_id))
    exact = [key for key in fixed if _exists(key)]
    prefixes = (MEDIA, PRIVATE, DOWNLOADS)
    return [*exact, *(key for prefix in prefixes for key in keys_under(f"{prefix}{image_id}/"))]


def keys_under(prefix: str) -> Iterator[str]:
    """Yield the keys that begin with `prefix`, in order."""
    pages = client().get_paginator("list_objects_v2").paginate(Bucket=settings().media_bucket, Prefix=prefix)
    for page in pages:
        yield from (object_["Key"] for object_ in page.get("Contents", ()))


@dataclass(frozen=True, slots=True)
class Stored:
    """An object of the bucket: its key, the picture it belongs to, and when it was written."""

    key: str
    image_id: str
    modified: datetime


def listing(prefix: str, after: str | None) -> tuple[list[Stored], str | None]:
    """Return up to LISTED of a prefix's objects, in order, and the key to go on behind, None at the end.

    Objects that belong to no picture, since their names hold no id, are left out.
    """
    answer = client().list_objects_v2(
        Bucket=settings().media_bucket, Prefix=prefix, StartAfter=after or prefix, MaxKeys=LISTED
    )
    contents = answer.get("Contents", [])
    objects = [
        Stored(object_["Key"], image_id, object_["LastModified"])
        for object_ in contents
        if re.fullmatch(IMAGE_ID, image_id := re.split(r"[/.]", object_["Key"].removeprefix(prefix))[0])
    ]
    return objects, contents[-1]["Key"] if answer["IsTruncated"] else None


def ids_between(prefix: str, first: str, last: str) -> set[str]:
    """Return which ids from `first` to `last` have an object below a prefix."""
    ids: set[str] = set()
    after: str | None = f"{prefix}{first}"[:-1]
    while after is not None and after < f"{prefix}{last}":
        objects, after = listing(prefix, after)
        ids |= {object_.image_id for object_ in objects}
    return ids


def recorded(beginning: str) -> list[str]:
    """Return the ids that begin so of which there is a record."""
    return [key.removeprefix(RECORDS).removesuffix(".json") for key in keys_under(f"{RECORDS}{beginning}")]


def _exists(key: str) -> bool:
    return next((True for key_ in keys_under(key) if key_ == key), False)


def _is_missing(error: Exception) -> bool:
    return code_of(error) in {"NoSuchKey", "404"}
