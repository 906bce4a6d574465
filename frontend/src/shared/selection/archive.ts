import { makeZip } from 'client-zip';
import { inWords, Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import { freshName } from './freshName';

/** What becomes of an archive while it is made. */
export interface Packing {
  /** Tells where a picture can be saved from, and under which name; asked just before, since addresses expire. */
  readonly find: (id: string) => Promise<{ filename: string; url: string }>;
  readonly signal: AbortSignal;
  /** Told of each picture that is in, or is not going to be. */
  readonly advance: () => void;
  /** Told of each picture that could not be had, and why. */
  readonly onMissing: (image: Image, reason: string) => void;
}

/**
 * Packs pictures into a ZIP archive as they come from the storage, never more than a piece of one at a time.
 *
 * They aren't compressed, since pictures are already. A picture that can't be had is left out; one that breaks off half
 * way breaks the stream, and so does an archive without any.
 */
export function archiveOf(images: readonly Image[], packing: Packing): ReadableStream<Uint8Array> {
  return makeZip(filesOf(images, packing));
}

async function* filesOf(images: readonly Image[], { find, signal, advance, onMissing }: Packing) {
  const used = new Set<string>();
  for (const image of images) {
    try {
      const { filename, input } = await fileOf(image.id, find, signal);
      yield { name: freshName(filename, used), input, lastModified: new Date(image.created_at) };
    } catch (error) {
      signal.throwIfAborted();
      onMissing(image, inWords(error));
    }
    advance();
  }
  if (used.size === 0) throw new Problem(404, 'None of these pictures could be had.');
}

/** Begins to fetch a picture; an address that has expired by then is renewed once. */
async function fileOf(id: string, find: Packing['find'], signal: AbortSignal) {
  const { filename, url } = await find(id);
  try {
    return { filename, input: await fetched(url, signal) };
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 403) throw error;
    return { filename, input: await fetched((await find(id)).url, signal) };
  }
}

/** GETs a picture from the storage. */
async function fetched(url: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(url, { signal }).catch(() => {
    throw new Problem(0, 'The storage can’t be reached.');
  });
  if (!answer.ok) throw new Problem(answer.status, `The storage answered with error ${answer.status}.`);
  return answer;
}
