"""What PNG files say in chunks of text: what ImageMagick names as EXIF does, and blocks of it in hexadecimal digits."""

import re
from collections.abc import Mapping

from caption.metadata.moments import spoken
from caption.metadata.tags import Tags

_NAMED = "exif:"
_WRITTEN = "creation time"
"""The keyword that the PNG specification has for when a picture came into being."""
_PROFILE = re.compile(r"\s*[\w.]+\s+\d+\s")
_LONGEST = 4_000_000
"""Digits of a block: EXIF of 2 MB, ten times of what any camera is known to write."""


def read(texts: Mapping[str, str]) -> Tags:
    """Return what texts say under EXIF's names, and under the one that PNG has for it."""
    texts_named = {name.removeprefix(_NAMED): text for name, text in texts.items() if name.startswith(_NAMED)}
    written = next((text for name, text in texts.items() if name.casefold() == _WRITTEN), None)
    if made := spoken(written):
        texts_named.setdefault("DateTimeOriginal", f"{made.at}{made.offset or ''}")
    return Tags(texts_named)


def profile(text: str) -> bytes:
    """Return the bytes of a block that a text holds as ImageMagick writes it: its kind, its length, then digits.

    Whatever else follows is left out.
    """
    digits = re.sub(r"[^0-9A-Fa-f]", "", _PROFILE.sub("", text[:_LONGEST], count=1))
    return bytes.fromhex(digits[: len(digits) // 2 * 2])
