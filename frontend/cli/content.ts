import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes that can be read any number of times, wherever they lie; `size` in bytes, `modified` as Date.now() or null. */
export interface Content {
  size: number;
  modified: number | null;
  open: () => Promise<Readable>;
}

/** Returns the content of a file; raises what the file system says of one that can't be looked at. */
export async function fileContent(path: string | Buffer): Promise<Content> {
  const { size, mtimeMs } = await stat(path);
  return { size, modified: Math.trunc(mtimeMs), open: () => Promise.resolve(createReadStream(path)) };
}

/** Returns the SHA-256 of content in hexadecimal digits. */
export async function hashOf(content: Content, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(await content.open(), hash, { signal });
  return hash.digest('hex');
}

/** Returns the first bytes of content, at most so many. */
export async function headOf(content: Content, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of (await content.open()) as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) break; // which closes the stream
  }
  return Buffer.concat(chunks).subarray(0, most);
}
