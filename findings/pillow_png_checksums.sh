#!/bin/sh
# Pillow 13.0.0: of a PNG's checksums the one of a comment counts, the one of the pixels does not.
#
# A wrong checksum in an ancillary chunk (tEXt, tIME), which every browser passes over, makes Image.open fail as if the file
# were no picture; a wrong checksum in IDAT, for which libpng refuses it, is not looked at:
#
#   tEXt   UnidentifiedImageError
#   tIME   UnidentifiedImageError
#   PLTE   UnidentifiedImageError
#   IDAT   opened and loaded
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pillow==13.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import struct
import sys
import zlib

from PIL import Image, UnidentifiedImageError


def png(damaged):
    """A picture of one pixel, with a wrong checksum in one of its chunks."""
    chunks = [
        (b"IHDR", struct.pack("!IIBBBBB", 1, 1, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(3)),
        (b"tEXt", b"Comment\0hello"),
        (b"tIME", struct.pack("!HBBBBB", 2026, 1, 1, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ]
    packed = (
        struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data) ^ (kind == damaged))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def outcome(damaged):
    try:
        with Image.open(io.BytesIO(png(damaged))) as image:
            image.load()
    except UnidentifiedImageError:
        return "UnidentifiedImageError"
    return "opened and loaded"


found = {kind: outcome(kind) for kind in (b"tEXt", b"tIME", b"PLTE", b"IDAT")}
for kind, what in found.items():
    print(f"{kind.decode()}   {what}")
refused = "UnidentifiedImageError"
sys.exit(found != {b"tEXt": refused, b"tIME": refused, b"PLTE": refused, b"IDAT": "opened and loaded"})
PYTHON
