"""The names that files are saved under: the uploader's own stem, and the ending of what a file is."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

ENDINGS: Mapping[str, Sequence[str]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/apng": (".apng", ".png"),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
    "image/tiff": (".tif", ".tiff"),
    "image/bmp": (".bmp", ".dib"),
    "image/avif": (".avif",),
    "image/heic": (".heic", ".heif", ".hif"),
    "image/heif": (".heif", ".heic", ".hif"),
    "image/x-adobe-dng": (".dng",),
    "image/x-nikon-nef": (".nef", ".nrw"),
    "image/x-canon-cr2": (".cr2",),
    "image/x-canon-cr3": (".cr3",),
    "image/x-sony-arw": (".arw",),
    "image/x-fuji-raf": (".raf",),
    "image/x-olympus-orf": (".orf",),
    "image/x-panasonic-rw2": (".rw2", ".rwl"),
}
"""The endings of each media type; the first is given to what has none of them."""

_OF_PICTURES = {ending for endings in ENDINGS.values() for ending in endings}
_ENDING = re.compile(r"\.(?=[0-9]*[A-Za-z])[0-9A-Za-z]{1,11}$")
_LONGEST = 200
"""Bytes of a name without its ending; file systems allow 255 of the whole, and browsers add numbers."""
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
"""Names that Windows takes for devices, whatever follows a dot in them."""
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of controls, of what turns the direction of text, and of halves of characters."""
_JOINERS = "\u200c\u200d"
"""Unseen as well, but parts of emoji and of words in some scripts."""


def saved_as(filename: str | None, otherwise: str, media_type: str | None) -> str:
    """Return a name that is safe on every system and ends as files of this media type do, unknown ones in `.bin`.

    An ending that is the type's own stays as it is written; any other one goes, since a computer would open the file as
    something else. `otherwise` is the stem where no name was given, or nothing of it can be kept.
    """
    endings = ENDINGS.get(media_type or "", (".bin",))
    name = _plain(filename or "")
    ending = next((name[-len(ending) :] for ending in endings if name.lower().endswith(ending)), None)
    stem = name[: -len(ending)] if ending else _without_ending(name)
    return f"{_safe(stem) or otherwise}{ending or endings[0]}"


def _plain(name: str) -> str:
    visible = "".join(
        character for character in name if unicodedata.category(character) not in _UNSEEN or character in _JOINERS
    )
    return _FORBIDDEN.sub("_", visible).rstrip(". ")


def _without_ending(name: str) -> str:
    stem = _ENDING.sub("", name)
    while (match := _ENDING.search(stem)) and match[0].lower() in _OF_PICTURES:
        stem = stem[: match.start()]
    return stem


def _safe(stem: str) -> str:
    """Return a stem that begins as no hidden file, option or home does, is no device's name, and is not too long."""
    short = stem.lstrip("~-. ").encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    return f"_{short}" if _RESERVED.fullmatch(short) else short
