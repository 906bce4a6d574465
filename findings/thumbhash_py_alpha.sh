#!/bin/sh
# thumbhash-py 0.1.2: a picture that is transparent anywhere gets no hash.
#
# ThumbHash was made for alpha as well, and the package offers `rgba_to_thumb_hash` and, from a hash, an average with alpha. But
# for each picture with alpha below 255 in one pixel it raises: for want of parentheses a conditional expression gives the
# channel of alpha as a tuple of tuples, which it can't round. The original in JavaScript (thumbhash 0.1.1) gives a hash. For a
# slope of colours of 32 x 24 in which one pixel has that alpha:
#
#   alpha   thumbhash            thumbhash-py
#   255     21 bytes             the same
#   254     25 bytes             TypeError
#   0       25 bytes             TypeError
#
# So there are no placeholders of logos and stickers by it. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet thumbhash-py==0.1.2
npm install --silent --no-audit --no-fund --prefix "$folder" thumbhash@0.1.1
cd "$folder"
cat > hash.mjs <<'JS'
import { rgbaToThumbHash } from 'thumbhash';

const [width, height, pixels] = JSON.parse(process.argv[2]);
console.log(JSON.stringify([...rgbaToThumbHash(width, height, Uint8Array.from(pixels))]));
JS
venv/bin/python - <<'PYTHON'
import json
import subprocess
import sys

import thumbhash

WIDTH, HEIGHT = 32, 24


def outcome(alpha):
    """Length of the original's hash, and what the port does."""
    pixels = [value for y in range(HEIGHT) for x in range(WIDTH) for value in (x * 7, y * 9, 40, 255)]
    pixels[3] = alpha
    original = json.loads(subprocess.check_output(["node", "hash.mjs", json.dumps([WIDTH, HEIGHT, pixels])]))
    try:
        port = "the same" if thumbhash.rgba_to_thumb_hash(WIDTH, HEIGHT, pixels) == original else "another"
    except TypeError:
        port = "TypeError"
    return len(original), port


outcomes = {alpha: outcome(alpha) for alpha in (255, 254, 0)}
print("alpha   thumbhash            thumbhash-py")
for alpha, (length, port) in outcomes.items():
    print(f"{alpha:<7} {f'{length} bytes':20} {port}")
sys.exit([port for _, port in outcomes.values()] != ["the same", "TypeError", "TypeError"])
PYTHON
