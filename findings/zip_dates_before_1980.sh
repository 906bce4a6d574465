#!/bin/sh
# client-zip 2.5.1 and JSZip 3.10.2: a file of 1975 is of 2103 in their zip, one of 2110 of 1982.
#
# A zip's time has seven bits for the years from 1980 (the date and time of MS-DOS, APPNOTE 4.4.6), so that a writer has to
# clamp other years or refuse them. These two, whose documents name no bound, let the year run over into the next 128, and
# raise nothing. The year that four writers give to a file with such a `lastModified`, `date` or `mtime`:
#
#                       1975     1980     2107     2110
#   client-zip 2.5.1    2103     1980     2107     1982
#   JSZip 3.10.2        2103     1980     2107     1982
#   yazl 3.3.1          1980     1980     2107     2107
#   fflate 0.8.3        refused  1980     refused  refused
#
# Scans of old prints have such dates, and a downloaded album then sorts them as the newest. Exits with 1 where that has
# changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" client-zip@2.5.1 jszip@3.10.2 yazl@3.3.1 fflate@0.8.3
cd "$folder"
cat > years.mjs <<'JS'
import { buffer } from 'node:stream/consumers';
import { downloadZip } from 'client-zip';
import { zipSync } from 'fflate';
import JSZip from 'jszip';
import yazl from 'yazl';

const name = 'a.jpg';
const bytes = Buffer.from('picture');
const writers = {
  'client-zip 2.5.1': (date) => downloadZip([{ name, input: bytes, lastModified: date }]).arrayBuffer(),
  'JSZip 3.10.2': (date) => new JSZip().file(name, bytes, { date }).generateAsync({ type: 'uint8array' }),
  'yazl 3.3.1': (date) => {
    const archive = new yazl.ZipFile();
    archive.addBuffer(bytes, name, { mtime: date });
    archive.end();
    return buffer(archive.outputStream);
  },
  'fflate 0.8.3': (date) => zipSync({ [name]: [bytes, { mtime: date }] }),
};

// The local header has the date at 12, its upper seven bits are the year.
async function yearIn(write, year) {
  try {
    return 1980 + (Buffer.from(await write(new Date(year, 6, 1))).readUInt16LE(12) >> 9);
  } catch {
    return 'refused';
  }
}

const known = {
  'client-zip 2.5.1': [2103, 1980, 2107, 1982],
  'JSZip 3.10.2': [2103, 1980, 2107, 1982],
  'yazl 3.3.1': [1980, 1980, 2107, 2107],
  'fflate 0.8.3': ['refused', 1980, 'refused', 'refused'],
};
let changed = false;
console.log('                    1975     1980     2107     2110');
for (const [writer, write] of Object.entries(writers)) {
  const years = [];
  for (const year of [1975, 1980, 2107, 2110]) years.push(await yearIn(write, year));
  console.log(writer.padEnd(19), years.map((year) => String(year).padEnd(8)).join(' ').trimEnd());
  changed ||= String(years) !== String(known[writer]);
}
process.exit(changed ? 1 : 0);
JS
node years.mjs
