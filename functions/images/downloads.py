"""Addresses from which a picture's bytes can be saved.

Its owner and admins save the original. What others save, where they may have originals at all, is made from it at the
first request, without what tells of people and places (images.stripping), as an object of its own: it goes with
the picture and when that is no longer public, and no address that was given of it works any more. Making it twice, or
at the same time, writes the same bytes. Where they may not, or nothing can be made, they save the large rendition.
What they save of a public picture comes from the distribution, as what they see of it does.
"""

from datetime import UTC, datetime, timedelta

from gallery import limits
from gallery.pictures import duplicates, storage
from gallery.pictures.access import Caller, may, owns
from gallery.pictures.filenames import ENDINGS, saved_as
from gallery.pictures.model import Content, Picture
from gallery.pictures.viewing import find_shared
from gallery.problems import no_such_image
from gallery.settings import settings
from gallery.timestamps import timestamp
from images.models import DownloadAnswer
from images.stripping import cleanable, stripped, stripped_but_placed


def download(picture: Picture, caller: Caller) -> DownloadAnswer:
    """Return where to save the original from, or for others than its owner and admins what they may have of it.

    Raises the 404 as long as there is nothing to save.
    """
    if picture.status == "awaiting" or duplicates.is_duplicate(picture):
        raise no_such_image()
    content = picture.content
    if caller.admin or owns(caller, picture):
        media_type = content.media_type if content else "application/octet-stream"
        return _answer(
            picture, storage.original_key(picture.id), media_type, seconds=limits.DOWNLOAD_SECONDS, original=True
        )
    if content is None:
        raise no_such_image()
    originals = settings().originals_downloadable
    if may(caller, "download_original", picture, access=settings().access_mode, originals=originals):
        key, media_type = _for_others(picture, content, caller)
    else:
        key, media_type = _rendition(picture, content)
    return _answer(picture, key, media_type, seconds=limits.PRIVATE_URL_SECONDS, original=False)


def for_holder(picture: Picture, caller: Caller, *, originals: bool, placed: bool) -> DownloadAnswer:
    """Return where to save what a link hands out of a picture: as others get it, with its place if that is wanted.

    Raises the 404 as long as there is nothing to save.
    """
    content = picture.content
    if content is None:
        raise no_such_image()
    answer = _for_others(picture, content, caller, placed=placed) if originals else _rendition(picture, content)
    return _answer(picture, *answer, seconds=limits.PRIVATE_URL_SECONDS, original=False)


def _answer(picture: Picture, key: str, media_type: str, *, seconds: int, original: bool) -> DownloadAnswer:
    name = _name(picture, media_type)
    expires = datetime.now(UTC) + timedelta(seconds=seconds)
    url = (
        storage.public_address(key, name, media_type)
        if storage.is_public(key) and settings().downloads_from_site
        else storage.address(key, seconds=seconds, filename=name, media_type=media_type)
    )
    return DownloadAnswer(url=url, expires_at=timestamp(expires), filename=name, original=original)


def _name(picture: Picture, media_type: str) -> str:
    """Return the name to save under: by the title, which has no ending of its own, else by the uploaded file's name."""
    titled = picture.title and f"{picture.title}{ENDINGS.get(media_type, ('',))[0]}"
    return saved_as(titled or picture.filename, picture.id, media_type)


def _for_others(picture: Picture, content: Content, caller: Caller, *, placed: bool = False) -> tuple[str, str]:
    """Return where the file for others is, made now unless it is there, and its media type."""
    key = str(storage.download_key(picture, placed=placed))
    if not cleanable(content.media_type) or content.size > limits.IN_MEMORY_BYTES:
        return _rendition(picture, content)
    known = storage.type_of(key)
    if known is not None:
        return key, known
    made = _made(picture, content, placed=placed)
    if made is None:
        return _rendition(picture, content)
    storage.write_download(key, *made)
    try:
        # Taken away while it was made, it would stay; whoever takes it away later finds it.
        _check_place(picture.id, caller, key, placed=placed)
    except BaseException:
        storage.delete([key])
        raise
    return key, made[1]


def _check_place(image_id: str, caller: Caller, key: str, *, placed: bool) -> None:
    """Raise the 404 where a picture is no longer there for the caller, or its file for others lies elsewhere."""
    picture, _ = find_shared(image_id, caller)
    if storage.download_key(picture, placed=placed) != key:
        raise no_such_image()


def _made(picture: Picture, content: Content, *, placed: bool) -> tuple[bytes, str] | None:
    """Return the original without what others must not know, else the large rendition; None where they are gone."""
    original = storage.read_original(picture.id)
    if original is None or original.etag != content.etag:
        return None
    clean = (stripped_but_placed if placed else stripped)(original.body[:], content.media_type)
    if clean is not None:
        return clean, content.media_type
    key, media_type = _rendition(picture, content)
    large = storage.find_rendition(key)
    return None if large is None else (large, media_type)


def _rendition(picture: Picture, content: Content) -> tuple[str, str]:
    """Return where the large rendition is, and its media type."""
    ending = f".{content.extension}"
    return storage.rendition_keys(picture)["large"], next(kind for kind, known in ENDINGS.items() if ending in known)
