#!/bin/sh
# probe-image-size 7.5.0: the turn of an AVIF or HEIC comes out the wrong way round.
#
# It gives `orientation` as Exif numbers it, for these files from the property `irot`. HEIF (ISO/IEC 23008-12) counts quarter
# turns of `irot` anticlockwise, Exif's 6 is a quarter turn clockwise: three are 6, one is 8, as Pillow has it. The package
# mixes them up, though only where no mirroring comes with them, and only where the file has no Exif orientation to overrule
# it. libavif, and so Pillow, writes none:
#
#   saved with orientation   quarter turns in the file   probe-image-size says
#   3                        2                           3
#   6                        3                           8
#   8                        1                           6
#   7                        3, and mirrored             7
#
# So a picture held upright stands on its head: half a turn off, which width and height don't show. Exits with 1 where that
# has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pillow==13.0.0
npm install --silent --no-audit --no-fund --prefix "$folder" probe-image-size@7.5.0
cd "$folder"
cat > read.cjs <<'JS'
const { readFileSync } = require('node:fs');
const probe = require('probe-image-size');
console.log(probe.sync(readFileSync('picture.avif')).orientation);
JS
venv/bin/python - <<'PYTHON'
import io
import subprocess
import sys

from PIL import Image


def outcome(orientation):
    """Quarter turns that the file has, whether it is mirrored, and what the package makes of it."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    file = io.BytesIO()
    Image.new("RGB", (96, 64)).save(file, "AVIF", exif=tags)
    body = file.getvalue()
    with open("picture.avif", "wb") as copy:
        copy.write(body)
    with Image.open(io.BytesIO(body)) as image:
        assert image.getexif()[0x0112] == orientation
    turns = body[body.index(b"irot") + 4]
    return turns, b"imir" in body, int(subprocess.check_output(["node", "read.cjs"]))


outcomes = {orientation: outcome(orientation) for orientation in (3, 6, 8, 7)}
print("saved with orientation   quarter turns in the file   probe-image-size says")
for orientation, (turns, mirrored, answer) in outcomes.items():
    print(f"{orientation:<24} {f'{turns}, and mirrored' if mirrored else turns:<27} {answer}")
sys.exit(outcomes != {3: (2, False, 3), 6: (3, False, 8), 8: (1, False, 6), 7: (3, True, 7)})
PYTHON
