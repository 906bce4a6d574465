import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Files of a made-up archive by their paths. */
export type Files = Record<string, Buffer | string | object>;

/** Writes a zip of files; what is no bytes and no text becomes JSON. */
export async function zip(path: string, files: Files, compress = true): Promise<void> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files))
    archive.addBuffer(bytesOf(content), name, { compress });
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(path));
}

export function bytesOf(content: Buffer | string | object): Buffer {
  if (Buffer.isBuffer(content)) return content;
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
}

/** What Google writes beside a picture. */
export function document(title: string, more: object = {}): object {
  const written = { timestamp: '1600596727', formatted: 'Sep 20, 2020, 10:12:07 AM UTC' };
  const nowhere = { latitude: 0, longitude: 0, altitude: 0, latitudeSpan: 0, longitudeSpan: 0 };
  return {
    title,
    description: '',
    imageViews: '1',
    creationTime: written,
    photoTakenTime: written,
    geoData: nowhere,
    ...more,
  };
}

export function takenOn(seconds: number): object {
  return { photoTakenTime: { timestamp: String(seconds), formatted: '' } };
}

/** A JPEG of each number with what its camera wrote of when: EXIF's DateTimeOriginal, and nothing else of a picture. */
export function jpeg(number: number, clock: string | null = null): Buffer {
  const end = Buffer.from(`ffd9${number.toString(16).padStart(8, '0')}`, 'hex');
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    clock === null ? Buffer.from('ffe000104a46494600010100000100010000', 'hex') : exif(clock),
    end,
  ]);
}

/** An APP1 segment: a TIFF whose first directory leads to an EXIF directory with one date. */
function exif(clock: string): Buffer {
  const tiff = Buffer.alloc(64);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16BE(1, at);
    tiff.writeUInt16BE(tag, at + 2);
    tiff.writeUInt16BE(type, at + 4);
    tiff.writeUInt32BE(count, at + 6);
    tiff.writeUInt32BE(value, at + 10);
  };
  entry(8, 0x8769, 4, 1, 26);
  entry(26, 0x9003, 2, 20, 44);
  tiff.write(`${clock}\0`, 44, 'latin1');
  const head = Buffer.from('ffe10000457869660000', 'hex');
  head.writeUInt16BE(2 + 6 + tiff.length, 2);
  return Buffer.concat([head, tiff]);
}
