#!/bin/sh
# An AVIF with a clean aperture has three sizes: 96 x 64 in Pillow 13.0.0, 60 x 40 in sharp 0.35.5, 95 x 64 in image-size 2.1.0.
#
# The property `clap` of HEIF (ISO/IEC 23008-12) crops a picture, and a reader has to apply it where it is marked essential.
# libheif, which sharp uses, does. Pillow's AVIF plugin doesn't, nor does anything in `info` tell (libavif leaves it to its
# callers; its issue 2427 asks it of avifdec). image-size reads the property too, but takes the denominator of the aperture's
# width, mostly 1, for the number of columns to cut off, and leaves the height:
#
#   Pillow (AVIF)        96 x 64
#   pillow-heif (HEIC)   60 x 40
#   sharp (AVIF)         60 x 40
#   image-size (AVIF)    95 x 64
#
# So a page that lays out by one reader and shows by another leaves gaps or distorts. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pillow==13.0.0 pillow-heif==1.8.1
npm install --silent --no-audit --no-fund --prefix "$folder" sharp@0.35.5 image-size@2.1.0
cd "$folder"
cat > sizes.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { imageSize } from 'image-size';
import sharp from 'sharp';

const { info } = await sharp('picture.avif').raw().toBuffer({ resolveWithObject: true });
const read = imageSize(readFileSync('picture.avif'));
console.log(JSON.stringify([`${info.width} x ${info.height}`, `${read.width} x ${read.height}`]));
JS
venv/bin/python - <<'PYTHON'
import io
import json
import struct
import subprocess
import sys

import pillow_heif
from PIL import Image


def boxes(body):
    """Kinds and contents of the boxes in it."""
    while body:
        size, kind = struct.unpack(">I4s", body[:8])
        yield kind, body[8:size]
        body = body[size:]


def box(kind, body):
    return struct.pack(">I4s", 8 + len(body), kind) + body


def associated(body, number):
    """An `ipma` of one item whose properties have numbers below 128, with one more, marked as essential."""
    head, count = body[:10], body[10]
    return head + bytes([count + 1]) + body[11 : 11 + count] + bytes([0x80 | number])


def cropped(body):
    """The file with a clean aperture of 60 x 40 in its upper left corner, all offsets moved by what it takes."""
    top = dict(boxes(body))
    parts = dict(boxes(top[b"meta"][4:]))
    properties = dict(boxes(parts[b"iprp"]))
    number = len(list(boxes(properties[b"ipco"]))) + 1
    # width, height, and the centre's distance from the picture's as fractions
    aperture = box(b"clap", struct.pack(">IIIIiIiI", 60, 1, 40, 1, (60 - 96) // 2, 1, (40 - 64) // 2, 1))
    parts[b"iprp"] = box(b"ipco", properties[b"ipco"] + aperture) + box(b"ipma", associated(properties[b"ipma"], number))
    location, start = parts[b"iloc"], body.index(b"mdat") + 4
    old = struct.pack(">I", start)
    assert location.count(old) == 1
    parts[b"iloc"] = location.replace(old, struct.pack(">I", start + len(aperture) + 1))
    top[b"meta"] = top[b"meta"][:4] + b"".join(box(kind, part) for kind, part in parts.items())
    return b"".join(box(kind, part) for kind, part in top.items())


def size(kind):
    file = io.BytesIO()
    Image.new("RGB", (96, 64), "teal").save(file, kind)
    body = cropped(file.getvalue())
    with open(f"picture.{kind.lower()}", "wb") as copy:
        copy.write(body)
    with Image.open(io.BytesIO(body)) as image:
        image.load()
        return f"{image.width} x {image.height}"


pillow_heif.register_heif_opener()
sizes = {"Pillow (AVIF)": size("AVIF"), "pillow-heif (HEIC)": size("HEIF")}
sizes["sharp (AVIF)"], sizes["image-size (AVIF)"] = json.loads(subprocess.check_output(["node", "sizes.mjs"]))
for reader, text in sizes.items():
    print(f"{reader:20} {text}")
sys.exit(list(sizes.values()) != ["96 x 64", "60 x 40", "60 x 40", "95 x 64"])
PYTHON
