#!/bin/sh
# exif-parser 0.1.12: all tags that it has no name for share one key, "undefined", and the first of them wins.
#
# It promises names for tags (`enableTagNames`, on by default), and its table ends before Exif 2.31 (2016). What is not in it is
# neither left out nor kept by its number, but stored under the text "undefined", the first one only. So of the three offsets
# of time zones one is left, without a word whose it is; dates are taken for UTC, as seconds:
#
#   in the file                                    what the package gives
#   DateTimeOriginal     2024:05:06 07:08:09       DateTimeOriginal 1714979289, which is 07:08:09 UTC
#   OffsetTime           +01:00                    undefined +01:00
#   OffsetTimeOriginal   +05:30
#   OffsetTimeDigitized  +09:00
#
# The picture was taken at 01:38:09 UTC. exifr 7.1.3 names all three. With `enableTagNames(false)` the tags come with their
# numbers. Exits with 1 where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" exif-parser@0.1.12 exifr@7.1.3
cd "$folder"
cat > read.mjs <<'JS'
import parser from 'exif-parser';
import exifr from 'exifr';

const tags = [
  [0x9003, '2024:05:06 07:08:09'],
  [0x9010, '+01:00'],
  [0x9011, '+05:30'],
  [0x9012, '+09:00'],
];

// A TIFF of one IFD at 8 that leads to the Exif IFD at 26, behind which the texts lie; as the only segment of a JPEG.
function jpeg() {
  const block = Buffer.alloc(256);
  block.write('II*\0', 'latin1');
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(1, 8);
  entry(block, 10, 0x8769, 4, 1, 26);
  block.writeUInt16LE(tags.length, 26);
  let end = 28 + 12 * tags.length + 4;
  tags.forEach(([tag, text], index) => {
    entry(block, 28 + 12 * index, tag, 2, text.length + 1, end);
    end += block.write(`${text}\0`, end, 'latin1');
    end += end % 2;
  });
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block.subarray(0, end)]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([head, body, Buffer.from([0xff, 0xd9])]);
}

function entry(block, at, tag, type, count, value) {
  block.writeUInt16LE(tag, at);
  block.writeUInt16LE(type, at + 2);
  block.writeUInt32LE(count, at + 4);
  block.writeUInt32LE(value, at + 8);
}

const file = jpeg();
const read = parser.create(file).parse().tags;
console.log('exif-parser', read);
const other = await exifr.parse(file, { reviveValues: false });
console.log('exifr', other);
const known = { DateTimeOriginal: Date.UTC(2024, 4, 6, 7, 8, 9) / 1000, undefined: '+01:00' };
const named = { DateTimeOriginal: tags[0][1], OffsetTime: '+01:00', OffsetTimeOriginal: '+05:30', OffsetTimeDigitized: '+09:00' };
const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);
process.exit(same(read, known) && same(other, named) ? 0 : 1);
JS
node read.mjs
