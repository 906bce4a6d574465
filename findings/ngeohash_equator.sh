#!/bin/sh
# ngeohash 0.6.4: places on the equator or the meridian of Greenwich are in another cell than in other ports of Geohash.
#
# Geohash halves the ranges of longitude and latitude, and a place on the line between two halves has to go to one of them. The
# ports latlon-geohash 2.0.0 and pygeohash 3.5.1 give it to the upper half, and latitude 0, longitude 0 is in s000000, which is
# the cell whose lower corner it is. ngeohash gives it to the lower half, though it too decodes s000000 to what begins at 0:
#
#   latitude   longitude   ngeohash   latlon-geohash   pygeohash
#   0          0           7zzzzzz    s000000          s000000
#   0          -180        2pbpbpb    8000000          8000000
#   51.5       0           gcpuzzr    u10hbp2          u10hbp2
#   48.25      11.5        u284mxw    u284mxw          u284mxw
#
# Places of 0, 0 are frequent: cameras without a fix write them. With keys of two ports they are not found by each other's, not
# even by the first letter. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pygeohash==3.5.1
npm install --silent --no-audit --no-fund --prefix "$folder" ngeohash@0.6.4 latlon-geohash@2.0.0
cd "$folder"
cat > cells.mjs <<'JS'
import Geohash from 'latlon-geohash';
import ngeohash from 'ngeohash';

const places = JSON.parse(process.argv[2]);
console.log(JSON.stringify(places.map(([lat, lon]) => [ngeohash.encode(lat, lon, 7), Geohash.encode(lat, lon, 7)])));
JS
venv/bin/python - <<'PYTHON'
import json
import subprocess
import sys

import pygeohash

places = [(0, 0), (0, -180), (51.5, 0), (48.25, 11.5)]
by_node = json.loads(subprocess.check_output(["node", "cells.mjs", json.dumps(places)]))
cells = [(*pair, pygeohash.encode(lat, lon, 7)) for pair, (lat, lon) in zip(by_node, places, strict=True)]
print("latitude   longitude   ngeohash   latlon-geohash   pygeohash")
for (latitude, longitude), (first, second, third) in zip(places, cells, strict=True):
    print(f"{latitude:<10} {longitude:<11} {first:10} {second:16} {third}")
upper = ["s000000", "8000000"]
agree = all(second == third for _, second, third in cells) and [cell for _, cell, _ in cells[:2]] == upper
sys.exit(not agree or [first == second for first, second, _ in cells] != [False, False, False, True])
PYTHON
