#!/bin/sh
# blurhash 2.0.5 (npm): the blur of a picture that is brighter at its right is flattened, that of its mirror image isn't.
#
# The second digit of a BlurHash is the largest of its components, by which all are scaled, so that it has to be the largest
# without signs: the project's own encoder in C takes it so, and with it blurhash-python 1.2.2. Its encoder in TypeScript takes
# the largest with the sign. What is brighter to the right or to the bottom has large negative components, and all beyond the
# largest positive one are cut off. Two grey slopes of 32 x 24, the one the other's mirror image, and the ends of their blurs:
#
#                        blurhash (npm)          blurhash-python
#   brighter leftward    digit 65, 249 ... 0     digit 65, 249 ... 0
#   brighter rightward   digit 13, 147 ... 192   digit 59, 0 ... 229
#
# (Issue 101 of woltapp/blurhash shows two hashes of one photograph, without the cause; whisperfish/blurhash-rs had the same,
# its issue 1.) So a placeholder made in the browser and one made by a server differ. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet blurhash-python==1.2.2 pillow==13.0.0
npm install --silent --no-audit --no-fund --prefix "$folder" blurhash@2.0.5
cd "$folder"
cat > hash.mjs <<'JS'
import { decode, encode } from 'blurhash';

const [width, height, row] = JSON.parse(process.argv[2]);
const pixels = Array.from({ length: height }, () => row.map((grey) => [grey, grey, grey, 255])).flat(2);
const hash = encode(Uint8ClampedArray.from(pixels), width, height, 4, 3);
const blur = decode(hash, width, height);
console.log(JSON.stringify([hash, blur[0], blur[(width - 1) * 4]]));
JS
venv/bin/python - <<'PYTHON'
import json
import subprocess
import sys

import blurhash
from PIL import Image

WIDTH, HEIGHT = 32, 24
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"


def by_npm(row):
    return json.loads(subprocess.check_output(["node", "hash.mjs", json.dumps([WIDTH, HEIGHT, row])]))


def by_python(row):
    image = Image.frombytes("L", (WIDTH, HEIGHT), bytes(row) * HEIGHT).convert("RGB")
    code = blurhash.encode(image, 4, 3)
    blur = blurhash.decode(code, WIDTH, HEIGHT)
    return code, blur.getpixel((0, 0))[0], blur.getpixel((WIDTH - 1, 0))[0]


def outcome(encoded):
    code, left, right = encoded
    return f"digit {DIGITS.index(code[1])}, {left} ... {right}"


rightward = [8 * x for x in range(WIDTH)]
rows = {"brighter leftward": rightward[::-1], "brighter rightward": rightward}
outcomes = {name: [outcome(by_npm(row)), outcome(by_python(row))] for name, row in rows.items()}
print(f"{'':20} {'blurhash (npm)':23} blurhash-python")
for name, (npm, python) in outcomes.items():
    print(f"{name:20} {npm:23} {python}")
known = [["digit 65, 249 ... 0", "digit 65, 249 ... 0"], ["digit 13, 147 ... 192", "digit 59, 0 ... 229"]]
sys.exit(list(outcomes.values()) != known)
PYTHON
