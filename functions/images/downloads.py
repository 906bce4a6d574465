"""Addresses from which a picture's bytes can be saved."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import PurePath

from gallery import copies, limits, storage
from gallery.access import Caller, may
from gallery.pictures import Picture, timestamp
from gallery.problems import no_such_image
from gallery.settings import settings
from images.models import DownloadAnswer

_NAME_OF_A_PICTURE = re.compile(r"(?is)[^.]*|.*\.(jpe?g|jpe|jfif|a?png|webp|gif|tiff?|bmp|dib|avif|hei[cf]|hif)")


def download(picture: Picture, caller: Caller) -> DownloadAnswer:
    """Return where to save the original from, or the large rendition for whom originals are not meant.

    Raises the 404 as long as there is nothing to save.
    """
    if picture.status == "awaiting" or copies.is_copy(picture):
        raise no_such_image()
    original = may(
        caller, "download_original", picture, access=settings().access_mode, originals=settings().originals_downloadable
    )
    key = storage.original_key(picture.id) if original else storage.rendition_keys(picture).get("large")
    if key is None:
        raise no_such_image()
    name = _original_name(picture) if original else _rendition_name(picture)
    expires = datetime.now(UTC) + timedelta(seconds=limits.DOWNLOAD_SECONDS)
    return DownloadAnswer(
        url=storage.address(key, seconds=limits.DOWNLOAD_SECONDS, filename=name), expires_at=timestamp(expires)
    )


def _original_name(picture: Picture) -> str:
    """The name it came with, unless a computer would open that as something else than a picture, such as a page."""
    name = picture.filename or picture.id
    if _NAME_OF_A_PICTURE.fullmatch(name):
        return name
    kind = picture.content.media_type.removeprefix("image/") if picture.content else "bin"
    return f"{name}.{kind}"


def _rendition_name(picture: Picture) -> str:
    extension = picture.content.extension if picture.content else ""
    return f"{PurePath(picture.filename or picture.id).stem}.{extension}"
