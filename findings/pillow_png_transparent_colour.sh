#!/bin/sh
# Pillow 13.0.0: the transparent colour of a PNG (tRNS) is given in the file's depth, the pixels in another.
#
# Pixels of 1, 2 and 4 bits come scaled to 8, pixels of 16-bit colour by their upper half; info["transparency"] stays as the
# file has it, so that convert("RGBA") finds no pixel transparent. Sixteen bits of grey are clipped by it to white besides:
#
#   2 bits of grey, tRNS 2              pixel 170, transparency 2                   (170, 170, 170, 255)
#   16 bits of colour, tRNS 0xaaab      pixel 170, transparency (43691, ...)        (170, 170, 170, 255)
#   16 bits of grey 0x5555, tRNS 0xaaaa pixel 21845, transparency 43690             (255, 255, 255, 255)
#
# Right are alpha 0 for the first two, and (85, 85, 85, 255) for the last, as libpng and browsers have it.
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

from PIL import Image


def png(depth, kind, row, transparent):
    """A picture of four equal pixels in a row."""
    header = struct.pack("!IIBBBBB", 4, 1, depth, kind, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"tRNS", transparent), (b"IDAT", zlib.compress(b"\0" + row)), (b"IEND", b"")]
    packed = (struct.pack("!I", len(d)) + k + d + struct.pack("!I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


cases = {
    "2 bits of grey": (png(2, 0, b"\xaa", b"\0\2"), (170, 170, 170, 255)),
    "16 bits of colour": (png(16, 2, b"\xaa\xab" * 12, b"\xaa\xab" * 3), (170, 170, 170, 255)),
    "16 bits of grey": (png(16, 0, b"\x55\x55" * 4, b"\xaa\xaa"), (255, 255, 255, 255)),
}
changed = False
for name, (body, known) in cases.items():
    with Image.open(io.BytesIO(body)) as image:
        found = image.convert("RGBA").getpixel((0, 0))
        print(f"{name:18} pixel {image.getpixel((0, 0))}, transparency {image.info['transparency']}: {found}")
    changed |= found != known
sys.exit(changed)
PYTHON
