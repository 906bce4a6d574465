import { fileTypeFromBuffer } from 'file-type';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import type { FileToUpload, UploadLimits } from '@/api/types';
import { refusalOf } from '@/shared/uploads/refusalOf';
import { fileContent, hashOf, headOf, type Content } from './content';
import { sentenceOf, UsageError } from './exits';

/** What a ticket may say of a picture besides what its bytes are. */
export type TicketFields = Partial<Omit<FileToUpload, 'size' | 'type' | 'sha256'>>;

/** A file that may be a picture. */
export interface Candidate {
  /** Looks at it; raises what the file system says of a file that can't be looked at. */
  content: () => Promise<Content>;
  /** What to call it in front of people: its path within the folder they named, in letters. */
  name: string;
  /** Whether they named the very file. */
  named: boolean;
  /** What else is known of it, given its first bytes. */
  describe?: (head: Buffer) => TicketFields;
}

/** A file that is a picture by its first bytes; `sha256` in hexadecimal digits. */
export interface PictureFile {
  name: string;
  content: Content;
  type: string;
  sha256: string;
  fields: TicketFields;
}

/** A file in a folder; its path is what the file system has, where a name need not be text. */
export interface WalkedFile extends Candidate {
  path: string | Buffer;
}

/** What there is to upload in some folders, and which of them could not be read. */
export interface Walk {
  files: WalkedFile[];
  unreadable: { name: string; detail: string }[];
}

/** As many first bytes as tell what a file is, and when its camera says that it was taken. */
const HEAD_BYTES = 2 ** 20;
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
    else result.files.push(walked(root, basename(root), true));
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
    else if (entry.isFile()) result.files.push(walked(path, name, false));
  }
}

function walked(path: string | Buffer, name: string, named: boolean): WalkedFile {
  return { path, content: () => fileContent(path), name, named };
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
  const content = await file.content();
  const head = await headOf(content, HEAD_BYTES);
  const known = (await fileTypeFromBuffer(head))?.mime;
  const type = (known && SEQUENCES[known]) ?? known ?? '';
  const claims = file.named || PICTURE_ENDINGS.test(extname(file.name)) || type.startsWith('image/');
  if (!claims) return null;
  const refusal = refusalOf({ size: content.size, type }, limits);
  if (refusal !== null) return refusal;
  if (type === '') return 'The file is no picture.';
  const fields = file.describe?.(head) ?? {};
  return { name: file.name, content, type, sha256: await hashOf(content, signal), fields };
}
