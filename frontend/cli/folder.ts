import { fileTypeFromBlob } from 'file-type';
import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { UploadLimits } from '@/api/types';
import { refusalOf } from '@/shared/uploads/refusalOf';
import { sentenceOf, UsageError } from './exits';

/** A file that may be a picture. */
export interface Candidate {
  /** As the file system has it, where a name need not be text. */
  path: string | Buffer;
  /** What to call it in front of people: its path within the folder they named, in letters. */
  name: string;
  /** Whether they named the very file. */
  named: boolean;
}

/** A file that is a picture by its first bytes; `size` in bytes, `sha256` in hexadecimal digits, `modified` as Date.now(). */
export interface PictureFile extends Candidate {
  type: string;
  size: number;
  sha256: string;
  modified: number;
}

/** What there is to upload in some folders, and which of them could not be read. */
export interface Walk {
  files: Candidate[];
  unreadable: { name: string; detail: string }[];
}

const PICTURE_ENDINGS = /\.(jpe?g|png|webp|gif|apng|tiff?|bmp|avif|hei[cf]|hif)$/i;
const SEQUENCES: Record<string, string> = {
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heif',
};

/** Lists the files below some folders, and files named themselves, in the order of names; hidden ones and links are passed over. */
export async function walk(roots: readonly string[]): Promise<Walk> {
  const result: Walk = { files: [], unreadable: [] };
  for (const root of roots) {
    const kind = await stat(root).catch(() => null);
    if (kind === null) throw new UsageError(`There is no “${root}”.`);
    if (kind.isDirectory()) await visit(Buffer.from(root), '', root, result);
    else result.files.push({ path: root, name: basename(root), named: true });
  }
  return result;
}

async function visit(folder: Buffer, within: string, root: string, result: Walk): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch(
    (error: unknown) => {
      result.unreadable.push({ name: within || root, detail: sentenceOf(error) });
      return [];
    },
  );
  const named = entries.map((entry) => ({ entry, readableName: readable(entry.name) }));
  const shown = named.filter(({ readableName }) => !readableName.startsWith('.'));
  for (const { entry, readableName } of shown.toSorted((a, b) =>
    a.readableName < b.readableName ? -1 : 1,
  )) {
    const path = Buffer.concat([folder, Buffer.from(sep), entry.name]);
    const name = join(within, readableName);
    if (entry.isDirectory()) await visit(path, name, root, result);
    else if (entry.isFile()) result.files.push({ path, name, named: false });
  }
}

/** Returns a name in letters: UTF-8, or else, as in old archives, Windows' western code page, which takes any byte. */
function readable(name: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    return new TextDecoder('windows-1252').decode(name);
  }
}

/**
 * Looks into a file: returns the picture it is, why it can't be uploaded, or null where it doesn't even pretend to be one.
 *
 * Raises what the file system says of a file that can't be read.
 */
export async function inspect(
  file: Candidate,
  limits: UploadLimits,
  signal: AbortSignal,
): Promise<PictureFile | string | null> {
  const { size, mtimeMs } = await stat(file.path);
  const known = size > 0 ? (await fileTypeFromBlob(await openAsBlob(file.path)))?.mime : undefined;
  const type = (known && SEQUENCES[known]) ?? known ?? '';
  const claims = file.named || PICTURE_ENDINGS.test(extname(file.name)) || type.startsWith('image/');
  if (!claims) return null;
  const refusal = refusalOf({ size, type }, limits);
  if (refusal !== null) return refusal;
  if (type === '') return 'The file is no picture.';
  return { ...file, type, size, sha256: await hashOf(file.path, signal), modified: Math.trunc(mtimeMs) };
}

/** Returns the SHA-256 of a file in hexadecimal digits. */
export async function hashOf(path: string | Buffer, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}
