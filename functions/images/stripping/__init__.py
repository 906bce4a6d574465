"""Files for others than their owner: what they tell of the picture stays, what they tell of people and places goes.

Of a file's metadata only what an allow list names is kept: orientation, colour profile, pixel density, dates, author
and rights. Coded pixels are copied as they are. Each format has a module of its own, which names its specification; a
file of another format, or one that is in any way odd, is not given away at all.
"""

import struct
from collections.abc import Callable

from images.stripping import heif, jpeg, png, tiff, webp

_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": jpeg.cleaned,
    "image/png": png.cleaned,
    "image/apng": png.cleaned,
    "image/webp": webp.cleaned,
    "image/heic": heif.cleaned,
    "image/heif": heif.cleaned,
    "image/avif": heif.cleaned,
    "image/tiff": tiff.cleaned_file,
}


def cleanable(media_type: str) -> bool:
    """Tell whether files of a media type can be cleaned at all."""
    return media_type in _CLEANERS


def stripped(body: bytes, media_type: str) -> bytes | None:
    """Return a file without what nobody but its owner needs to know, or None where that can't be promised.

    A file that holds nothing else comes back byte for byte.
    """
    cleaner = _CLEANERS.get(media_type)
    if cleaner is None:
        return None
    try:
        return cleaner(body)
    except (ValueError, LookupError, struct.error):  # OddFileError, or a file that ends too early
        return None


def stripped_but_placed(body: bytes, media_type: str) -> bytes | None:
    """Return such a file with the coordinates in its Exif block, for those whom its owner lets know."""
    kept = tiff.KEEPS_PLACE.set(True)
    try:
        return stripped(body, media_type)
    finally:
        tiff.KEEPS_PLACE.reset(kept)
