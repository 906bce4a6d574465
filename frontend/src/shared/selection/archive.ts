import { makeZip } from 'client-zip';
import { inWords, Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import { findDownload } from '@/shared/pictures/findDownload';
import { freshName } from './freshName';

/** What becomes of an archive while it is made. */
export interface Packing {
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

async function* filesOf(images: readonly Image[], { signal, advance, onMissing }: Packing) {
  const used = new Set<string>();
  for (const image of images) {
    try {
      const { filename, url } = await findDownload(image.id);
      const input = await fetched(url, signal);
      yield { name: freshName(filename, used), input, lastModified: new Date(image.created_at) };
    } catch (error) {
      signal.throwIfAborted();
      onMissing(image, inWords(error));
    }
    advance();
  }
  if (used.size === 0) throw new Problem(404, 'None of these pictures could be had.');
}

/** GETs a picture from the storage. */
async function fetched(url: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(url, { signal }).catch(() => {
    throw new Problem(0, 'The storage can’t be reached.');
  });
  if (!answer.ok) throw new Problem(answer.status, `The storage answered with error ${answer.status}.`);
  return answer;
}
