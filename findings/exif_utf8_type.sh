#!/bin/sh
# Exif 3.0's type for UTF-8 in five readers: Pillow 13.0.0, exifread 3.5.1, piexif 1.1.3, exif 1.6.1, exifr 7.1.3.
#
# Exif 3.0 (CIPA DC-008-2023) has a new type of values, 129, UTF-8, that ImageDescription, Artist, Copyright, Make, Model and
# other texts may have instead of ASCII. TIFF 6.0 asks readers to pass over fields of types that they don't know. One expects
# the texts, or at least the rest. A JPEG has an ImageDescription of that type, an Orientation of 6 and an ExifVersion of 0300:
#
#   Pillow     no description, orientation 6
#   exifread   no description, orientation 6
#   piexif     ValueError
#   exif       no description, no orientation
#   exifr      no description, no orientation
#
# The last two give a warning and a list of errors, and drop all tags of the directory. So descriptions of new cameras vanish,
# and with them the turn of the picture. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pillow==13.0.0 exifread==3.5.1 piexif==1.1.3 exif==1.6.1
npm install --silent --no-audit --no-fund --prefix "$folder" exifr@7.1.3
cd "$folder"
cat > exifr.mjs <<'JS'
import { readFileSync } from 'node:fs';
import exifr from 'exifr';

const tags = await exifr.parse(readFileSync('picture.jpg'), { translateValues: false });
console.log(JSON.stringify([tags?.ImageDescription ?? null, tags?.Orientation ?? null]));
JS
venv/bin/python - <<'PYTHON'
import io
import json
import struct
import subprocess
import sys
import warnings

import exif
import exifread
import piexif
from PIL import Image

text = "Grüße\0".encode()
# IFD 0 at 8 has 3 entries and ends at 50, the Exif IFD follows and ends at 68, then comes the text.
entries = [
    struct.pack("<HHII", 0x010E, 129, len(text), 68),
    struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0),
    struct.pack("<HHII", 0x8769, 4, 1, 50),
]
version = struct.pack("<HHHI4sI", 1, 0x9000, 7, 4, b"0300", 0)
block = b"II*\0" + struct.pack("<IH", 8, 3) + b"".join(entries) + bytes(4) + version + text
plain = io.BytesIO()
Image.new("RGB", (16, 8)).save(plain, "JPEG")
segment = b"Exif\0\0" + block
body = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain.getvalue()[2:]
with open("picture.jpg", "wb") as file:
    file.write(body)


def by_pillow():
    with Image.open("picture.jpg") as image:
        tags = image.getexif()
    return tags.get(0x010E), tags.get(0x0112)


def by_exifread():
    tags = exifread.process_file(io.BytesIO(body))
    return tags.get("Image ImageDescription"), tags["Image Orientation"].values[0]


def by_piexif():
    tags = piexif.load(body)["0th"]
    return tags.get(0x010E), tags.get(0x0112)


def by_exif():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = exif.Image(body)
    return image.get("image_description"), image.get("orientation")


def by_exifr():
    return tuple(json.loads(subprocess.check_output(["node", "exifr.mjs"])))


def outcome(read):
    try:
        description, orientation = read()
    except ValueError:
        return "ValueError"
    return f"{'a' if description else 'no'} description, {f'orientation {orientation}' if orientation else 'no orientation'}"


known = {
    by_pillow: "no description, orientation 6",
    by_exifread: "no description, orientation 6",
    by_piexif: "ValueError",
    by_exif: "no description, no orientation",
    by_exifr: "no description, no orientation",
}
outcomes = {read: outcome(read) for read in known}
for read, what in outcomes.items():
    print(f"{read.__name__[3:]:10} {what}")
sys.exit(outcomes != known)
PYTHON
