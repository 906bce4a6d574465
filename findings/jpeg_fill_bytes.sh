#!/bin/sh
# Fill bytes in a JPEG hide its Exif from exifread 3.5.1, piexif 1.1.3 and exif-parser 0.1.12, and its size from image-size 2.1.0.
#
# ITU T.81, B.1.1.2: any marker may be preceded by any number of fill bytes, 0xFF. Decoders heed it, these four readers stop
# there, and two of them as if the file had no Exif at all. The same picture with an Orientation of 6, and with two fill
# bytes before its Exif segment:
#
#                without fill bytes   with two
#   Pillow       6                    6
#   exifr        6                    6
#   exifread     6                    none
#   piexif       6                    InvalidImageDataError
#   exif-parser  6                    none
#   image-size   6                    TypeError
#
# So a picture lies on its side, without date and place, depending on who reads it. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pillow==13.0.0 exifread==3.5.1 piexif==1.1.3
npm install --silent --no-audit --no-fund --prefix "$folder" exifr@7.1.3 exif-parser@0.1.12 image-size@2.1.0
cd "$folder"
cat > read.mjs <<'JS'
import { readFileSync } from 'node:fs';
import parser from 'exif-parser';
import exifr from 'exifr';
import { imageSize } from 'image-size';

const file = readFileSync(process.argv[2]);
const readers = {
  exifr: () => exifr.orientation(file),
  'exif-parser': () => parser.create(file).parse().tags.Orientation,
  'image-size': () => imageSize(file).orientation,
};
const outcomes = {};
for (const [name, read] of Object.entries(readers)) {
  try {
    outcomes[name] = String((await read()) ?? 'none');
  } catch (error) {
    outcomes[name] = error.constructor.name;
  }
}
console.log(JSON.stringify(outcomes));
JS
venv/bin/python - <<'PYTHON'
import io
import json
import subprocess
import sys

import exifread
import piexif
from PIL import Image


def outcomes(body):
    """The orientation that each reader gives, as text."""
    with open("picture.jpg", "wb") as file:
        file.write(body)
    with Image.open("picture.jpg") as image:
        image.load()
        pillow = image.getexif().get(0x0112, "none")
    tag = exifread.process_file(io.BytesIO(body)).get("Image Orientation")
    try:
        by_piexif = piexif.load(body)["0th"].get(0x0112, "none")
    except piexif.InvalidImageDataError as error:
        by_piexif = type(error).__name__
    python = {"Pillow": str(pillow), "exifread": str(tag.values[0]) if tag else "none", "piexif": str(by_piexif)}
    return python | json.loads(subprocess.check_output(["node", "read.mjs", "picture.jpg"]))


tags = Image.Exif()
tags[0x0112] = 6
file = io.BytesIO()
Image.new("RGB", (16, 8)).save(file, "JPEG", exif=tags)
plain = file.getvalue()
start = plain.index(b"\xff\xe1")
without, filled = outcomes(plain), outcomes(plain[:start] + b"\xff\xff" + plain[start:])
known = {
    "Pillow": "6",
    "exifr": "6",
    "exifread": "none",
    "piexif": "InvalidImageDataError",
    "exif-parser": "none",
    "image-size": "TypeError",
}
print("             without fill bytes   with two")
for name in known:
    print(f"{name:12} {without[name]:20} {filled[name]}")
sys.exit(set(without.values()) != {"6"} or filled != known)
PYTHON
