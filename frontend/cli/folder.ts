import { fileTypeFromFile } from 'file-type';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { UploadLimits } from '@/api/types';
import { refusalOf } from '@/shared/uploads/refusalOf';
import { sentenceOf, UsageError } from './exits';

/** A file that may be a picture. */
export interface Candidate {
  path: string;
  /** What to call it in front of people: its path within the folder they named. */
  name: string;
  /** Whether they named the very file. */
  named: boolean;
}

/** A file that is a picture by its first bytes; `size` in bytes, `sha256` in hexadecimal digits. */
export interface PictureFile extends Candidate {
  type: string;
  size: number;
  sha256: string;
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
  const found: Walk = { files: [], unreadable: [] };
  for (const root of roots) {
    const kind = await stat(root).catch(() => null);
    if (kind === null) throw new UsageError(`There is no “${root}”.`);
    if (kind.isDirectory()) await visit(root, root, found);
    else found.files.push({ path: root, name: basename(root), named: true });
  }
  return found;
}

async function visit(folder: string, root: string, found: Walk): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    found.unreadable.push({ name: relative(root, folder) || root, detail: sentenceOf(error) });
    return [];
  });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  for (const entry of shown.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await visit(path, root, found);
    else if (entry.isFile()) found.files.push({ path, name: relative(root, path), named: false });
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
  const { size } = await stat(file.path);
  const known = size > 0 ? (await fileTypeFromFile(file.path))?.mime : undefined;
  const type = (known && SEQUENCES[known]) ?? known ?? '';
  const claims = file.named || PICTURE_ENDINGS.test(extname(file.path)) || type.startsWith('image/');
  if (!claims) return null;
  const refusal = refusalOf({ size, type }, limits);
  if (refusal !== null) return refusal;
  if (type === '') return 'The file is no picture.';
  return { ...file, type, size, sha256: await hashOf(file.path, signal) };
}

/** Returns the SHA-256 of a file in hexadecimal digits. */
export async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}
