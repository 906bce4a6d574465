import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import { fileContent, hashOf } from './content';
import { idIn, namesFor, type Names } from './names';

const MOST_BYTES = 256 * 1024 * 1024;
const PART = /^[0-9A-HJKMNP-TV-Z]{26}\.(\d+)\.part$/;

/** Where a picture's file can be had, what it is called, and whether it is the very file that was uploaded. */
export interface Source {
  url: string;
  filename: string;
  original: boolean;
}

/**
 * The folder that pictures are saved in.
 *
 * A file has its picture's own name while that is free, else one with the picture's id in it. Nothing is ever overwritten, and
 * a name stands for whole files only: until then they are `….part`, named by the process that writes them.
 */
export class Target {
  readonly #folder: string;
  /** The files named by a picture's id. */
  readonly #unique: ReadonlyMap<string, string>;
  readonly #names: readonly string[];

  private constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    this.#names = names;
    this.#unique = new Map(names.map((name) => [idIn(name) ?? '', name]));
  }

  /** Makes the folder where there is none, and removes partial files whose process is no more. */
  static async open(folder: string): Promise<Target> {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    const orphans = names.filter(isOrphan);
    await Promise.all(orphans.map((name) => rm(join(folder, name), { force: true })));
    return new Target(folder, names);
  }

  /** Returns the name of the file that holds a picture already, or null. */
  async find(image: Image, signal: AbortSignal): Promise<string | null> {
    const unique = this.#unique.get(image.id);
    if (unique !== undefined) return unique;
    for (const name of this.#names) if (await this.#holds(name, image, signal)) return name;
    return null;
  }

  /**
   * Fetches a picture's bytes and returns the name of the file they are in.
   *
   * Raises a Problem where the storage or the network refuses, or where the bytes aren't those of the picture.
   */
  async take(image: Image, source: Source, signal: AbortSignal): Promise<string> {
    const part = join(this.#folder, `${image.id}.${process.pid}.part`);
    try {
      const identical = (await fetchInto(part, source.url, signal)) === image.sha256;
      if (source.original && !identical) throw new Problem(503, 'The picture arrived damaged.');
      return await this.#keep(part, image, namesFor(image.id, source.filename), identical, signal);
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Names a whole file, by its picture's id where only that tells later that it is the picture's. */
  async #keep(
    part: string,
    image: Image,
    { plain, unique }: Names,
    identical: boolean,
    signal: AbortSignal,
  ): Promise<string> {
    if (identical && (await this.#place(part, plain))) return plain;
    if (identical && (await this.#holds(plain, image, signal))) return plain;
    await this.#place(part, unique); // where that is taken, another process was quicker with the same picture
    return unique;
  }

  /** Gives a whole file its name, unless something has it. */
  async #place(part: string, name: string): Promise<boolean> {
    const path = join(this.#folder, name);
    try {
      await link(part, path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST' || (await lstat(path).catch(() => null))) return false;
      await rename(part, path); // a file system without links
    }
    return true;
  }

  async #holds(name: string, { size, sha256 }: Image, signal: AbortSignal): Promise<boolean> {
    const path = join(this.#folder, name);
    const existing = await lstat(path).catch(() => null);
    return (
      existing?.isFile() === true &&
      existing.size === size &&
      (await hashOf(await fileContent(path), signal)) === sha256
    );
  }
}

/** Fetches a file and returns its SHA-256. */
async function fetchInto(part: string, address: string, signal: AbortSignal): Promise<string> {
  const answer = await fetch(address, { signal }).catch(inWords);
  if (!answer.ok || answer.body === null)
    throw new Problem(answer.status >= 500 ? 503 : 404, `The storage answered with error ${answer.status}.`);
  const hash = createHash('sha256');
  let size = 0;
  const meter = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > MOST_BYTES) throw new Problem(413, 'The file is larger than a picture may be.');
      hash.update(chunk);
      yield chunk;
    }
  };
  const body = Readable.fromWeb(answer.body);
  await pipeline(body, meter, createWriteStream(part, { flags: 'wx' }), { signal }).catch(inWords);
  return hash.digest('hex');
}

/** Throws a Problem for what fetch throws where the network fails, and everything else as it is. */
function inWords(error: unknown): never {
  throw error instanceof TypeError ? new Problem(503, 'The connection broke while downloading.') : error;
}

/** Whether a name is that of a partial file which nobody writes any more. */
function isOrphan(name: string): boolean {
  const pid = PART.exec(name)?.[1];
  return pid !== undefined && !isAnotherAtWork(Number(pid));
}

/** Whether some process other than this one has this number, be it somebody else's. */
function isAnotherAtWork(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
